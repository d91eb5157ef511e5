"""Guests: made, linked to properties, changed."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.db import transaction

from hotel.contracts.guests import GuestChanged
from hotel.core.exceptions import Conflict, InvalidInput, VersionConflict
from hotel.core.facts import publish
from hotel.core.locks import lock_rows
from hotel.core.words import _
from hotel.guests.domain.names import name_key
from hotel.guests.models import Guest, ProfileAtProperty
from hotel.guests.selectors.profiles import guest_resolved
from hotel.guests.services.contacts import guest_contact_columns
from hotel.guests.services.matches import matches_refresh
from hotel.guests.services.profiles import guest_reindex, profile_link
from hotel.properties.models import Property


@dataclass(frozen=True, kw_only=True)
class GuestData:
    """A person as told by himself, by a desk or by a channel; only the last name is needed.

    Attributes:
        phone: as written; read in the property's country when it has no country code.
        country, nationality: ISO 3166 codes; the country is that of the address.
        birth_date: calendar day.
    """

    last_name: str
    first_name: str = ""
    salutation: str = ""
    email: str = ""
    phone: str = ""
    birth_date: date | None = None
    nationality: str = ""
    language: str = ""
    street: str = ""
    postal_code: str = ""
    city: str = ""
    region: str = ""
    country: str = ""


CHANGEABLE = frozenset(GuestData.__dataclass_fields__)


@transaction.atomic
def guest_create(*, place: Property, data: GuestData) -> Guest:
    """Make a guest of the property's chain, linked to the property. Duplicates are suggested, not refused.

    Raises:
        InvalidInput: no last name, or contact data that cannot be read.
    """
    columns = guest_columns(asdict(data), country=place.country)
    guest = Guest(chain_id=place.chain_id, **columns)
    guest.name_key = name_key(first_name=guest.first_name, last_name=guest.last_name)
    guest.save()
    profile_link(guest=guest, place=place)
    matches_refresh(guest=guest)
    guest_publish(guest)
    return guest


@transaction.atomic
def guest_link(*, guest: Guest, place: Property) -> Guest:
    """Make a guest visible at a further property of his chain; repeatable.

    Returns:
        The profile that lives on, when the guest given was merged.

    Raises:
        RuleBroken: the property belongs to another chain.
    """
    guest = guest_resolved(guest)
    if profile_link(guest=guest, place=place):
        publish(_changed(guest, place.pk))
    return guest


@transaction.atomic
def guest_change(
    *, guest: Guest, changes: Mapping[str, Any], country: str = "", expected_version: int | None = None
) -> Guest:
    """Change what a guest told about himself; locks the guest.

    Args:
        guest: the profile to change.
        changes: fields of ``GuestData`` to their new values.
        country: ISO 3166 code that national telephone numbers are read in; the guest's own when empty.
        expected_version: the version the caller saw; None for whichever.

    Returns:
        The guest as stored now.

    Raises:
        Conflict: the profile was merged into another one.
        VersionConflict: somebody else was faster.
        InvalidInput: unreadable values.
    """
    guest = guest_locked(guest.pk)
    if expected_version is not None and guest.version != expected_version:
        raise VersionConflict(
            _("The guest is at version %(version)s now. Read it again, then repeat.")
            % {"version": guest.version}
        )
    if unknown := changes.keys() - CHANGEABLE:
        raise InvalidInput(
            _("These are not changed here: %(unknown)s.") % {"unknown": ", ".join(sorted(unknown))}
        )
    columns = guest_columns(changes, country=country or guest.country)
    columns = {name: value for name, value in columns.items() if getattr(guest, name) != value}
    if not columns:
        return guest
    guest_write(guest, columns)
    matches_refresh(guest=guest)
    return guest


def guest_write(guest: Guest, columns: Mapping[str, Any]) -> None:
    """Write columns of a locked guest with all that follows: version, name key, search text and fact."""
    for name, value in columns.items():
        setattr(guest, name, value)
    guest.name_key = name_key(first_name=guest.first_name, last_name=guest.last_name)
    guest.version += 1
    guest.save()
    guest_reindex(guest)
    guest_publish(guest)


def guest_columns(values: Mapping[str, Any], *, country: str) -> dict[str, Any]:
    """Checked and normalised columns of a guest.

    Raises:
        InvalidInput: an empty last name, or contact data that cannot be read.
    """
    columns = guest_contact_columns(values, country=country)
    columns = {name: value.strip() if isinstance(value, str) else value for name, value in columns.items()}
    if not columns.get("last_name", "-"):
        text = _("A guest needs a last name.")
        raise InvalidInput(text, fields={"last_name": [text]})
    return columns


def guest_locked(guest_id: int) -> Guest:
    """Lock a guest who lives on.

    Raises:
        Conflict: the profile was merged; ``extra`` names the one that lives on.
    """
    return guests_locked(guest_id)[0]


def guests_locked(*guest_ids: int) -> list[Guest]:
    """Lock guests in order of their ids and return them in the order asked for.

    Raises:
        Conflict: one of them was merged; ``extra`` names the one that lives on.
    """
    rows = {guest.pk: guest for guest in lock_rows(Guest.objects.filter(pk__in=guest_ids))}
    for guest in rows.values():
        refuse_merged(guest)
    return [rows[pk] for pk in guest_ids]


def refuse_merged(guest: Guest) -> None:
    """Refuse a profile that lives on in another one.

    Raises:
        Conflict: ``guest_merged``; ``extra`` names the one that lives on.
    """
    if guest.merged_into_id:
        raise Conflict(
            _("This profile was merged into another one. Use that one."),
            code="guest_merged",
            extra={"guest": guest.pk, "merged_into": guest_resolved(guest).pk},
        )


def guest_publish(guest: Guest) -> None:
    """Tell every property that knows the guest."""
    places = ProfileAtProperty.objects.filter(guest=guest).order_by("property_id")
    publish(*(_changed(guest, place) for place in places.values_list("property_id", flat=True)))


def _changed(guest: Guest, property_id: int) -> GuestChanged:
    return GuestChanged(
        property_id=property_id,
        guest_id=guest.pk,
        version=guest.version,
        merged_into_id=guest.merged_into_id,
    )
