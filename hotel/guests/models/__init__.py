"""Models of guests."""

from hotel.guests.models.companies import Company
from hotel.guests.models.consents import GuestConsent
from hotel.guests.models.documents import GuestDocument
from hotel.guests.models.guests import Guest
from hotel.guests.models.merges import GuestMatch, GuestMerge
from hotel.guests.models.profiles import ProfileAtProperty
from hotel.guests.models.relationships import GuestRelationship

__all__ = [
    "Company",
    "Guest",
    "GuestConsent",
    "GuestDocument",
    "GuestMatch",
    "GuestMerge",
    "GuestRelationship",
    "ProfileAtProperty",
]
