"""What a guest may ask of his data: given out, restricted, objected to, erased (GDPR 15–21)."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction

from hotel.core.clock import now
from hotel.core.exceptions import Conflict
from hotel.core.locks import lock_rows
from hotel.core.personal import declared_rows
from hotel.core.words import _
from hotel.guests.choices import ConsentPurpose
from hotel.guests.domain.names import name_key
from hotel.guests.models import (
    Guest,
    GuestConsent,
    GuestDocument,
    GuestMatch,
    GuestMerge,
    GuestRelationship,
    ProfileAtProperty,
)
from hotel.guests.services.guests import guest_locked, guest_publish
from hotel.guests.services.profiles import guest_reindex

ERASED = "Erased"
EMPTY: dict[str, Any] = {
    **dict.fromkeys(
        (
            "birth_date_fingerprint",
            "salutation", "first_name", "email", "email_fingerprint", "email_kind", "phone", "phone_fingerprint",
            "street", "postal_code", "city", "region", "country", "nationality", "language", "do_not_rent_reason",
        ),
        "",
    ),
    **dict.fromkeys(("birth_date", "do_not_rent_at", "do_not_rent_by", "processing_restricted_at"), None),
    "last_name": ERASED,
    "name_key": name_key(first_name="", last_name=ERASED),
    "is_do_not_rent": False,
}  # fmt: skip


def profiles_of(guest_id: int) -> list[int]:
    """The guest and every profile that was merged into him, over all merges that stand; ascending."""
    found, fresh = {guest_id}, [guest_id]
    while fresh:
        fresh = list(
            Guest.objects.filter(merged_into__in=fresh).exclude(pk__in=found).values_list("pk", flat=True)
        )
        found.update(fresh)
    return sorted(found)


def guest_export(*, guest_id: int) -> list[dict[str, Any]]:
    """What this app declares of the guest and of all profiles merged into him, as plain values."""
    return declared_rows("guests", profiles_of(guest_id))


def erasure_blockers(*, guest_id: int) -> list[str]:
    """Why the profile cannot be erased now: it lives on in another one, or is empty already."""
    guest = Guest.objects.filter(pk=guest_id).first()
    if guest is None or guest.erased_at is not None:
        return ["The guest was erased already."]
    return ["The profile was merged into another one; erase that one."] if guest.merged_into_id else []


@transaction.atomic
def guest_erase(*, guest_id: int) -> int:
    """Empty the profile, those merged into it, and all that hangs on them; the rows stay under a pseudonym.

    Stays and invoices keep pointing to a row without a name. Merges cannot be undone any more. Repeatable.

    Returns:
        How many rows were emptied or deleted.

    Locks: the profiles in order of their ids.
    """
    rows = lock_rows(Guest.objects.filter(pk__in=profiles_of(guest_id)))
    ids, moment = [row.pk for row in rows], now()
    Guest.objects.filter(pk__in=ids).update(**EMPTY, erased_at=moment, updated_at=moment)
    done = len(ids) + _hangers_on_erase(ids, moment)
    guest_publish(Guest.objects.get(pk=guest_id))
    return done


def _hangers_on_erase(ids: Iterable[int], moment: datetime) -> int:
    gone = [
        GuestDocument.objects.filter(guest__in=ids),
        GuestMatch.objects.filter(first__in=ids),
        GuestMatch.objects.filter(second__in=ids),
        GuestRelationship.objects.filter(guest__in=ids),
        GuestRelationship.objects.filter(other__in=ids),
    ]
    merges = GuestMerge.objects.filter(kept__in=ids) | GuestMerge.objects.filter(merged__in=ids)
    done = sum(rows.delete()[0] for rows in gone)
    done += GuestConsent.objects.filter(guest__in=ids).exclude(evidence="").update(evidence="")
    # Row by row: each snapshot is ciphertext of its own.
    for merge in merges:
        merge.reason, merge.snapshot, merge.unmerge_until = ERASED, "{}", moment
        merge.save(update_fields=["reason", "snapshot", "unmerge_until", "updated_at"])
        done += 1
    return done + ProfileAtProperty.objects.filter(guest__in=ids).update(search_text="")


@transaction.atomic
def processing_restrict(*, guest: Guest) -> Guest:
    """Hide a guest from all but those who answer for data and accounts, and from all marketing; repeatable.

    Raises:
        Conflict: the profile was merged.
    """
    guest = guest_locked(guest.pk)
    return _flag(guest, "processing_restricted_at", guest.processing_restricted_at or now())


@transaction.atomic
def processing_resume(*, guest: Guest) -> Guest:
    """Lift a restriction of processing; he is told before (GDPR 18(3)). Repeatable.

    Raises:
        Conflict: the profile was merged.
    """
    return _flag(guest_locked(guest.pk), "processing_restricted_at", None)


@transaction.atomic
def objection_record(*, guest: Guest, purpose: str) -> Guest:
    """Note that a guest objects to a purpose, whatever he agreed to before; repeatable.

    Raises:
        Conflict: the profile was merged or erased, or nobody can object to this purpose.
    """
    guest = guest_locked(guest.pk)
    if purpose == ConsentPurpose.PROFILING:
        return _flag(guest, "profiling_objected_at", guest.profiling_objected_at or now())
    if purpose == ConsentPurpose.MARKETING:
        return _flag(guest, "marketing_objected_at", guest.marketing_objected_at or now())
    raise Conflict(_("An objection is to marketing or to profiling."), code="no_such_objection")


def _flag(guest: Guest, column: str, value: datetime | None) -> Guest:
    if guest.erased_at is not None:
        raise Conflict(_("The guest was erased."), code="guest_erased")
    if getattr(guest, column) != value:
        setattr(guest, column, value)
        guest.version += 1
        guest.save(update_fields=[column, "version", "updated_at"])
        guest_reindex(guest)
        guest_publish(guest)
    return guest
