"""What every resource of guests does, by contract."""

from hotel.guests.models import (
    Company,
    Guest,
    GuestConsent,
    GuestDocument,
    GuestMatch,
    GuestMerge,
    GuestRelationship,
)
from hotel.guests.services.consents import consent_record
from hotel.guests.services.documents import DocumentData, document_record
from hotel.guests.services.merges import guest_merge
from hotel.guests.services.relationships import relationship_add
from tests.contracts.crud import CreateContract, CrudContract, DeleteContract, ReadContract
from tests.contracts.queries import QueryContract
from tests.factories.guests import company_make, guest_make


class TestGuests(CrudContract):
    model, url, area = Guest, "/api/v1/guests", "guests"
    factory = guest_make
    update = {"first_name": "Änne", "city": "Graz"}
    is_deletable = False

    def create(self, place):
        return {
            "property": place.pk,
            "last_name": "Berg",
            "first_name": "Anna",
            "email": "anna@example.com",
            "phone": "+4315550100",
            "birth_date": "1980-05-01",
            "country": "AT",
            "postal_code": "1010",
        }


class TestCompanies(CrudContract):
    model, url, area = Company, "/api/v1/companies", "guests"
    factory = company_make
    update = {"name": "Acme & Co", "commission_rate": "0.1000"}
    is_deletable = False

    def create(self, place):
        return {
            "property": place.pk,
            "kind": "travel_agent",
            "name": "Acme",
            "code": "ACME",
            "phone": "+4315550100",
            "commission_rate": "0.0800",
        }


class TestDocuments(ReadContract, CreateContract, QueryContract):
    model, url, area = GuestDocument, "/api/v1/guests/documents", "guests"

    def make(self, place, n):
        data = DocumentData(kind="passport", number=f"P{n}000", issuing_country="AT")
        return document_record(guest=guest_make(place), data=data)

    def create(self, place):
        return {
            "guest": guest_make(place).pk,
            "kind": "passport",
            "number": "P123456",
            "issuing_country": "AT",
            "issued_on": "2020-01-01",
            "expires_on": "2030-01-01",
        }


class TestConsents(ReadContract, CreateContract, QueryContract):
    model, url, area = GuestConsent, "/api/v1/guests/consents", "guests"

    def make(self, place, n):
        return consent_record(guest=guest_make(place), channel="email", purpose="marketing", source="website")

    def create(self, place):
        return {
            "guest": guest_make(place).pk,
            "channel": "email",
            "purpose": "marketing",
            "decision": "given",
            "source": "front_desk",
            "evidence": "Yes, please.",
            "at": "2026-01-01T10:00:00Z",
        }


class TestRelationships(ReadContract, CreateContract, DeleteContract, QueryContract):
    model, url, area = GuestRelationship, "/api/v1/guests/relationships", "guests"

    def make(self, place, n):
        return relationship_add(
            guest=guest_make(place), kind="works_for", company=company_make(place, name=f"Company {n}")
        )

    def create(self, place):
        return {"guest": guest_make(place).pk, "kind": "works_for", "company": company_make(place).pk}


class TestMatches(ReadContract, QueryContract):
    model, url, area = GuestMatch, "/api/v1/guests/matches", "guests"

    def make(self, place, n):
        over = {"last_name": f"Name{n}", "first_name": "Anna", "email": f"{place.code}{n}@example.com"}
        guest_make(place, **over)
        second = guest_make(place, **over)
        return GuestMatch.objects.get(second=second)


class TestMerges(ReadContract, QueryContract):
    model, url, area = GuestMerge, "/api/v1/guests/merges", "guests"

    def make(self, place, n):
        return guest_merge(
            kept=guest_make(place), merged=guest_make(place), by=None, reason="The same person"
        )
