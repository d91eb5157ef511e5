"""Who a guest is now, whether he is restricted, and how he is found."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from hotel.guests.domain.search import search_terms
from hotel.guests.models import Guest

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
    """Find guests by name, e-mail, telephone or company, best first, typing errors forgiven.

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


def _search(property_ids: Iterable[int], text: str, *, of_companies: bool, limit: int) -> list[int]:
    terms, places = search_terms(text), sorted(property_ids)
    if not terms.wanted or not places:
        return []
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
