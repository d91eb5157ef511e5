"""The link of a profile to a property and its search text."""

from collections.abc import Iterable

from django.db import transaction

from hotel.core.exceptions import RuleBroken
from hotel.core.words import _
from hotel.guests.domain.names import search_text
from hotel.guests.models import Company, Guest, ProfileAtProperty
from hotel.properties.models import Property


def guest_search_text(guest: Guest, companies: Iterable[str] = ()) -> str:
    """What a guest is found by: last name first, then first name and companies; no contact data."""
    return search_text(guest.last_name, guest.first_name, *companies)


def company_search_text(company: Company) -> str:
    """What a company is found by: name first, then code and its numbers; no contact data."""
    return search_text(company.name, company.code, company.iata_number, company.ar_number)


@transaction.atomic
def profile_link(*, place: Property, guest: Guest | None = None, company: Company | None = None) -> bool:
    """Make a guest or a company visible at a property; repeatable.

    Returns:
        Whether the link is new.

    Raises:
        RuleBroken: the profile belongs to another chain.
    """
    owner = guest or company
    if owner is None or owner.chain_id != place.chain_id:
        raise RuleBroken(_("A profile is known within its own chain only."), code="other_chain")
    text = ""
    if guest is not None:
        text = guest_search_text(guest, company_names(guest))
    elif company is not None:
        text = company_search_text(company)
    _profile, is_new = ProfileAtProperty.objects.get_or_create(
        property=place, guest=guest, company=company, defaults={"search_text": text}
    )
    return is_new


def company_names(guest: Guest) -> list[str]:
    """Names of the companies the guest works for, oldest relationship first."""
    jobs = guest.relationships.select_related("company")
    return [row.company.name for row in jobs if row.company is not None]


def guest_reindex(guest: Guest) -> None:
    """Write the search text of a guest at all his properties.

    Not found at all are tombstones, the erased, and those whose processing is restricted.
    """
    is_hidden = guest.merged_into_id or guest.erased_at or guest.processing_restricted_at
    text = "" if is_hidden else guest_search_text(guest, company_names(guest))
    ProfileAtProperty.objects.filter(guest=guest).update(search_text=text)


def company_reindex(company: Company) -> None:
    """Write the search text of a company and of the guests who work for it."""
    ProfileAtProperty.objects.filter(company=company).update(search_text=company_search_text(company))
    people = Guest.objects.filter(relationships__company=company, merged_into=None)
    for guest in people.prefetch_related("relationships__company"):
        guest_reindex(guest)
