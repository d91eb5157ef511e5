"""The demo's profiles: companies and agents, persons with documents and consents, some twice, one unwelcome."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, replace
from datetime import date, timedelta
from decimal import Decimal

from django.db import transaction

from hotel.accounts.models import User
from hotel.core.locks import LockSpace, advisory_lock
from hotel.guests.choices import (
    CompanyKind,
    ConsentChannel,
    ConsentPurpose,
    ConsentSource,
    DocumentKind,
    RelationshipKind,
)
from hotel.guests.domain.demo import Person, people
from hotel.guests.models import Company, Guest
from hotel.guests.services.companies import CompanyData, company_create, company_link
from hotel.guests.services.consents import consent_record, consent_withdraw
from hotel.guests.services.documents import DocumentData, document_record
from hotel.guests.services.guests import GuestData, guest_create
from hotel.guests.services.relationships import relationship_add
from hotel.guests.services.restrictions import guest_restrict
from hotel.properties.models import Property
from hotel.properties.services.demo import demo_places

PEOPLE = 60
SEED = 1
COMPANIES = (
    CompanyData(name="Donau Maschinenbau AG", code="DONAU", city="Linz", country="AT", ar_number="1001"),
    CompanyData(name="Alpen Versicherung", code="ALPEN", city="Wien", country="AT", ar_number="1002"),
    CompanyData(
        name="Nordwind Software GmbH", code="NORDWIND", city="Hamburg", country="DE", ar_number="1003"
    ),
    CompanyData(name="Fuji Precision K.K.", code="FUJI", city="Yokohama", country="JP", ar_number="1004"),
    CompanyData(
        name="Wanderlust Reisen",
        kind=CompanyKind.TRAVEL_AGENT,
        code="WANDER",
        country="DE",
        iata_number="23200001",
        commission_rate=Decimal("0.10"),
    ),
    CompanyData(
        name="Sunrise Travel",
        kind=CompanyKind.TRAVEL_AGENT,
        code="SUNRISE",
        country="JP",
        iata_number="16300002",
        commission_rate=Decimal("0.12"),
    ),
    CompanyData(
        name="Roomfinder", kind=CompanyKind.SOURCE, code="ROOMFINDER", commission_rate=Decimal("0.15")
    ),
    CompanyData(name="StayNow", kind=CompanyKind.SOURCE, code="STAYNOW", commission_rate=Decimal("0.17")),
)
UNWELCOME = "Left without paying after damaging the room; see the police report of the stay."


def demo_seed(*, say: Callable[[str], None], people_each: int = PEOPLE) -> None:
    """Make the profiles of both properties. Repeatable: a chain with companies is left alone.

    Args:
        say: prints progress.
        people_each: persons per property.
    """
    places = demo_places()
    if _seeded(places, people_each):
        say(f"{2 * people_each} guests, {len(COMPANIES)} companies and agents, known to the whole chain")


@transaction.atomic
def _seeded(places: Sequence[Property], people_each: int) -> bool:
    chain = places[0].chain
    advisory_lock(LockSpace.DEMO, f"guests:{chain.pk}")
    if Company.objects.filter(chain=chain).exists():
        return False
    companies = [company_create(place=places[0], data=data) for data in COMPANIES]
    for company in companies:
        company_link(company=company, place=places[1])
    for place in places:
        persons = list(people(place.code, people_each, born_before=place.business_date, seed=SEED))
        guests = [guest_create(place=place, data=_data(person)) for person in persons]
        _agreed(guests)
        _identified(guests, place.business_date)
        _twice(place, persons)
        _employed(guests, companies[:4])
    manager = User.objects.filter(role_assignments__role__code="general_manager").order_by("pk").first()
    unwelcome = guest_create(place=places[0], data=GuestData(first_name="Rudi", last_name="Ratlos"))
    guest_restrict(guest=unwelcome, reason=UNWELCOME, by=manager)
    return True


def _data(person: Person) -> GuestData:
    return GuestData(**asdict(person), country=person.nationality)


def _agreed(guests: Sequence[Guest]) -> None:
    """Every third agreed to letters of marketing, every tenth took it back."""
    channel, purpose = ConsentChannel.EMAIL, ConsentPurpose.MARKETING
    for number, guest in enumerate(guests[::3]):
        consent_record(
            guest=guest,
            channel=channel,
            purpose=purpose,
            source=ConsentSource.BOOKING,
            evidence="Box on the booking page",
        )
        if number % 10 == 9:
            consent_withdraw(guest=guest, channel=channel, purpose=purpose, source=ConsentSource.LINK)


def _identified(guests: Sequence[Guest], today: date) -> None:
    for number, guest in enumerate(guests[::4]):
        kind = DocumentKind.ID_CARD if guest.nationality in {"AT", "DE", "IT"} else DocumentKind.PASSPORT
        data = DocumentData(
            kind=kind,
            number=f"{guest.nationality}{7100000 + 37 * guest.pk}",
            issuing_country=guest.nationality,
            issued_on=today - timedelta(days=365 + 11 * number),
            expires_on=today + timedelta(days=3000 - 11 * number),
        )
        document_record(guest=guest, data=data)


def _twice(place: Property, persons: Sequence[Person]) -> None:
    """A few came in again by other ways: for the list of suspected duplicates."""
    for number, person in enumerate(persons[5::20]):
        again = replace(_data(person), street="", postal_code="", city="", salutation="")
        if number % 2:
            again = replace(again, email="", first_name=f"{person.first_name[0]}.")
        guest_create(place=place, data=again)


def _employed(guests: Sequence[Guest], companies: Sequence[Company]) -> None:
    for number, guest in enumerate(guests[2::12]):
        company = companies[number % len(companies)]
        relationship_add(guest=guest, kind=RelationshipKind.WORKS_FOR, company=company)
