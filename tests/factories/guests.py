"""The least valid guest, company and what hangs on them, made by the services."""

from hotel.core.clock import now
from hotel.guests.models import (
    Company,
    Guest,
    GuestConsent,
    GuestDocument,
    GuestMatch,
    GuestMerge,
    GuestRelationship,
    ProfileAtProperty,
)
from hotel.guests.services.companies import CompanyData, company_create
from hotel.guests.services.consents import consent_record
from hotel.guests.services.documents import DocumentData, document_record
from hotel.guests.services.guests import GuestData, guest_create
from hotel.guests.services.merges import guest_merge
from hotel.guests.services.relationships import relationship_add


def guest_make(place, **over) -> Guest:
    """A guest linked to the property; fields of GuestData may be given."""
    return guest_create(place=place, data=GuestData(**{"last_name": "Guest", **over}))


def company_make(place, **over) -> Company:
    """A company linked to the property; fields of CompanyData may be given."""
    return company_create(place=place, data=CompanyData(**{"name": "Acme", **over}))


def profile_at_property_make(place, **over) -> ProfileAtProperty:
    """The link of a new guest to the property."""
    return ProfileAtProperty.objects.get(property=place, guest=guest_make(place, **over))


def guest_document_make(place, guest: Guest | None = None, **over) -> GuestDocument:
    """A passport of a new guest, or of this one."""
    values = {"kind": "passport", "number": "P1234567", "issuing_country": "AT", **over}
    return document_record(guest=guest or guest_make(place), data=DocumentData(**values))


def guest_consent_make(place, **over) -> GuestConsent:
    """A new guest wants letters by e-mail."""
    values = {"channel": "email", "purpose": "marketing", "source": "website", **over}
    return consent_record(guest=guest_make(place), **values)


def guest_relationship_make(place, **over) -> GuestRelationship:
    """A new guest works for a new company."""
    values = {"kind": "works_for", "company": company_make(place), **over}
    return relationship_add(guest=guest_make(place), **values)


def guest_match_make(place) -> GuestMatch:
    """Two guests who may be one person."""
    first, second = (guest_make(place, first_name="Anna", phone="+4315550100") for _ in range(2))
    return GuestMatch.objects.get(first=first, second=second)


def guest_merge_make(place) -> GuestMerge:
    """Two guests made one."""
    kept, merged = guest_make(place), guest_make(place)
    return guest_merge(kept=kept, merged=merged, by=None, reason=f"Said so at the desk on {now():%d %B}")
