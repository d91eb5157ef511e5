"""Who a guest is now, whether he is restricted, and how he is found."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import Q

from hotel.core.crypto import key_ring
from hotel.core.plugs import area_of
from hotel.guests.domain.contacts import normal_email, number_or_none
from hotel.guests.domain.documents import number_searched
from hotel.guests.domain.search import is_number, search_terms
from hotel.guests.models import Company, Guest
from hotel.guests.querysets import sees_restricted
from hotel.properties.models import Property
from hotel.properties.scoping import grants_of

MAX_FOUND = 200


@dataclass(frozen=True)
class Restriction:
    """A guest is not to be taken: why, since when, and who said so."""

    guest_id: int
    reason: str
    since: datetime
    by_id: int | None


def guest_resolved(guest: Guest) -> Guest:
    """The profile that lives on: the guest himself, or the last one in his line of merges."""
    while guest.merged_into_id:
        guest = Guest.objects.get(pk=guest.merged_into_id)
    return guest


# As ``GuestQuerySet.visible_to`` says it, which takes longer to compose than to answer.
VISIBLE_SQL = """
    SELECT * FROM guests_guest AS guest
     WHERE id = %s AND (%s OR processing_restricted_at IS NULL)
       AND EXISTS (SELECT FROM guests_profileatproperty WHERE guest_id = guest.id AND property_id = ANY (%s))
"""


def guest_visible(guest_id: int, user: Any) -> Guest | None:
    """The guest if the user may see him, as ``Guest.objects.visible_to(user)`` would find him."""
    grants = grants_of(user)
    held = sorted(grants.property_ids("view", area_of("guests")))
    return next(iter(Guest.objects.raw(VISIBLE_SQL, [guest_id, sees_restricted(grants), held])), None)


def guest_known_at(guest_id: int, property_ids: Iterable[int]) -> bool:
    """Whether the guest is linked to one of these properties."""
    return Guest.objects.filter(pk=guest_id).linked_to(property_ids).exists()


def restriction_of(guest: Guest) -> Restriction | None:
    """The do-not-rent flag of the profile that lives on; None when he is welcome."""
    found = guest_resolved(guest)
    if not found.is_do_not_rent or found.do_not_rent_at is None:
        return None
    return Restriction(found.pk, found.do_not_rent_reason, found.do_not_rent_at, found.do_not_rent_by_id)


def guests_search(property_ids: Iterable[int], text: str, limit: int = 50) -> list[int]:
    """Find guests by name or company, best first, typing errors forgiven; or by what is encrypted, exactly.

    That is a whole e-mail address, telephone number or number of a document.

    Rows that begin with the text come first, then rows that contain every word, then similar ones.

    Args:
        property_ids: where the caller may look; a guest known at several is found once.
        text: as typed; 120 characters and 8 words count.
        limit: 1–200.

    Returns:
        Ids of guests; no tombstones.

    Source:
        docs of the index: ``profile_search`` and ``profile_prefix`` on ProfileAtProperty.
    """
    return _search(property_ids, text, of_companies=False, limit=limit)


def companies_search(property_ids: Iterable[int], text: str, limit: int = 50) -> list[int]:
    """Find companies by name, code, e-mail, telephone or numbers; otherwise as ``guests_search``."""
    return _search(property_ids, text, of_companies=True, limit=limit)


def _by_document(places: list[int], text: str) -> list[int]:
    """Whoever showed a document with exactly this number."""
    number = number_searched(text)
    if not number:
        return []
    prints = key_ring().fingerprints(number, context="guests.document_number")
    return _found(Guest.objects.current().filter(documents__number_fingerprint__in=prints).distinct(), places)


def _by_contact(places: list[int], text: str, *, of_companies: bool) -> list[int] | None:
    """Whoever has exactly this e-mail address or telephone number; None when the text is neither.

    Contact data is encrypted, so that only whole addresses and numbers are found; numbers with or without country
    code, which is then that of the properties.
    """
    prints = key_ring().fingerprints
    if "@" in text:
        found = Q(email_fingerprint__in=prints(normal_email(text), context="guests.email"))
    elif is_number(text):
        countries = Property.objects.filter(pk__in=places).values_list("country", flat=True).distinct()
        numbers = {number for country in countries if (number := number_or_none(text, country))}
        if not numbers:
            return None
        wanted = [each for number in numbers for each in prints(number, context="guests.phone")]
        found = Q(phone_fingerprint__in=wanted)
    else:
        return None
    rows = Company.objects if of_companies else Guest.objects.current()
    return _found(rows.filter(found), places)


def _found(rows: Any, places: list[int]) -> list[int]:
    if rows.model is Guest:
        rows = rows.filter(erased_at=None, processing_restricted_at=None)
    return list(rows.linked_to(places).order_by("-pk").values_list("pk", flat=True)[:MAX_FOUND])


def _search(property_ids: Iterable[int], text: str, *, of_companies: bool, limit: int) -> list[int]:
    terms, places = search_terms(text), sorted(property_ids)
    if not terms.wanted or not places:
        return []
    if not of_companies and (shown := _by_document(places, text)):
        return shown[:limit]
    if (exact := _by_contact(places, text, of_companies=of_companies)) is not None:
        return exact[:limit]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT profile_id FROM guests_search(%s::bigint[], %s, %s::text[], %s, %s, %s)",
            [
                places,
                terms.wanted,
                list(terms.patterns),
                terms.prefix,
                of_companies,
                max(1, min(limit, MAX_FOUND)),
            ],
        )
        return [row[0] for row in cursor.fetchall()]
