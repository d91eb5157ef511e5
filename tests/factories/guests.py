"""The least valid guest and company, made by the services."""

from hotel.guests.models import Company, Guest
from hotel.guests.services.companies import CompanyData, company_create
from hotel.guests.services.guests import GuestData, guest_create


def guest_make(place, **over) -> Guest:
    """A guest linked to the property; fields of GuestData may be given."""
    return guest_create(place=place, data=GuestData(**{"last_name": "Guest", **over}))


def company_make(place, **over) -> Company:
    """A company linked to the property; fields of CompanyData may be given."""
    return company_create(place=place, data=CompanyData(**{"name": "Acme", **over}))
