"""Guests are found fast, forgivingly and at one's own properties only."""

import pytest
from django.db import connection

from hotel.core.clock import now
from hotel.guests.domain.names import search_text
from hotel.guests.models import Guest, ProfileAtProperty
from hotel.guests.selectors.profiles import companies_search, guest_visible, guests_search
from hotel.guests.services.documents import DocumentData, document_record
from hotel.guests.services.guests import guest_link
from hotel.properties.tenancy import tenant_scope
from tests.factories.guests import company_make, guest_make
from tests.structure import by_owner


@pytest.fixture
def people(cast):
    make = {
        "anna": guest_make(
            cast.alpha, last_name="Müller", first_name="Anna", email="anna@example.com", phone="+4366412345"
        ),
        "muller": guest_make(cast.alpha, last_name="Muller", first_name="Zoe"),
        "smith": guest_make(cast.alpha, last_name="Smith", first_name="John"),
        "wei": guest_make(cast.alpha, last_name="Li", first_name="Wei"),
        "percent": guest_make(cast.alpha, last_name="100%_er"),
        "tokyo": guest_make(cast.beta, last_name="Müller", first_name="Kenji"),
    }
    company_make(cast.alpha, name="Müller Reisen", code="MR")
    return make


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("müller", ["anna", "muller"]),
        ("MULLER zoe", ["muller"]),
        ("anna muller", ["anna"]),
        ("mu", ["anna", "muller"]),
        ("example.com", []),
        ("0664 123 45", ["anna"]),
        ("+43 664 12345", ["anna"]),
        ("smyth", ["smith"]),
        ("jhon smith", ["smith"]),
        ("mueller", ["anna", "muller"]),
        ("li wei", ["wei"]),
        ("100%", ["percent"]),
        ("%", []),
        ("_", []),
        ("", []),
        ("qqqqqqqq", []),
    ],
)
def test_guests_are_found(cast, people, text, names):
    found = guests_search([cast.alpha.pk], text)
    assert sorted(found) == sorted(people[name].pk for name in names)


def test_the_best_come_first(cast, people):
    assert guests_search([cast.alpha.pk], "muller zo")[0] == people["muller"].pk
    found = guests_search([cast.alpha.pk], "anna")
    assert found == [people["anna"].pk]


def test_nobody_is_found_at_other_properties(cast, people):
    assert guests_search([cast.beta.pk], "muller") == [people["tokyo"].pk]
    assert guests_search([], "muller") == []
    guest_link(guest=people["tokyo"], place=cast.alpha)
    both = guests_search([cast.alpha.pk, cast.beta.pk], "kenji")
    assert both == [people["tokyo"].pk]


def test_a_document_is_found_by_its_whole_number(cast, people):
    data = DocumentData(kind="passport", number="P1234567", issuing_country="AT")
    document_record(guest=people["anna"], data=data)
    document_record(guest=people["tokyo"], data=data)
    assert guests_search([cast.alpha.pk], "p 123-4567") == [people["anna"].pk]
    assert guests_search([cast.beta.pk], "P1234567") == [people["tokyo"].pk]
    for part in ("P123456", "234567"):
        assert guests_search([cast.alpha.pk], part) == []
    assert companies_search([cast.alpha.pk], "P1234567") == []
    Guest.objects.filter(pk=people["anna"].pk).update(processing_restricted_at=now())
    assert guests_search([cast.alpha.pk], "P1234567") == []


def test_digits_are_a_telephone_or_a_document(cast, people):
    document_record(
        guest=people["wei"], data=DocumentData(kind="id_card", number="066412399", issuing_country="AT")
    )
    assert guests_search([cast.alpha.pk], "0664 123 99") == [people["wei"].pk]
    assert guests_search([cast.alpha.pk], "0664 123 45") == [people["anna"].pk]


def test_the_limit_is_kept(cast, people):
    assert len(guests_search([cast.alpha.pk], "muller", limit=1)) == 1
    assert len(guests_search([cast.alpha.pk], "muller", limit=-5)) == 1


def test_companies_are_found_apart(cast, people):
    assert len(companies_search([cast.alpha.pk], "muler")) == 1
    assert companies_search([cast.beta.pk], "muller") == []


def many(cast, count: int) -> None:
    """Guests with names made of syllables, half of them at each property."""
    syllables = [a + b for a in "bdfgklmnprstvz" for b in "aeiou"]

    def name(n: int) -> str:
        return "".join(syllables[n // 70**k % 70] for k in range(3))

    guests = Guest.objects.bulk_create(
        Guest(chain=cast.chain, last_name=name(n * 7919), first_name=name(n * 104729), name_key="-")
        for n in range(count)
    )
    ProfileAtProperty.objects.bulk_create(
        ProfileAtProperty(
            property=cast.alpha if n % 2 else cast.beta,
            guest=guest,
            search_text=search_text(guest.last_name, guest.first_name),
        )
        for n, guest in enumerate(guests)
    )
    with by_owner(), connection.cursor() as cursor:
        cursor.execute("ANALYZE guests_profileatproperty")


def scans(cursor) -> tuple[int, int, int]:
    """Scans of the two search indexes and of the whole table, in this transaction."""
    cursor.execute(
        "SELECT pg_stat_get_xact_numscans('profile_search'::regclass),"
        " pg_stat_get_xact_numscans('profile_prefix'::regclass),"
        " pg_stat_get_xact_numscans('guests_profileatproperty'::regclass)"
    )
    return cursor.fetchone()


def rows_found(cursor) -> int:
    """How many rows the index of words gave, in this transaction."""
    cursor.execute("SELECT pg_stat_get_xact_tuples_returned('profile_search'::regclass)")
    return cursor.fetchone()[0]


def test_a_search_among_many_reads_the_indexes_only(cast):
    many(cast, 6000)
    with tenant_scope([cast.alpha.pk]), connection.cursor() as cursor:
        before, rows_before = scans(cursor), rows_found(cursor)
        guests_search([cast.alpha.pk], "zuzuzuzu")
        words = scans(cursor)
        assert rows_found(cursor) - rows_before < 1000  # of 3,000 here, in two scans
        assert len(guests_search([cast.alpha.pk], "bab", limit=3)) == 3
        prefix = scans(cursor)
    assert (words[0] - before[0], words[1] - before[1]) == (2, 0)  # the words, then the similar ones
    assert prefix[0] + prefix[1] > words[0] + words[1]
    assert prefix[2] == before[2]  # the table was never read from end to end


def test_a_search_keeps_to_the_properties_that_were_told(cast, people):
    both = [cast.alpha.pk, cast.beta.pk]
    everywhere = {people[name].pk for name in ("anna", "muller", "tokyo")}
    assert set(guests_search(both, "müller")) == everywhere
    for place, names in ((cast.alpha, {"anna", "muller"}), (cast.beta, {"tokyo"})):
        with tenant_scope([place.pk]):
            assert set(guests_search(both, "müller")) == {people[name].pk for name in names}
            assert set(guests_search(both, "mulelr")) <= {people[name].pk for name in names}  # similar ones


def test_a_guest_is_visible_by_himself_to_whom_the_long_way_shows_him(cast):
    guests = [guest_make(place) for place in (cast.alpha, cast.alpha, cast.beta, cast.beta)]
    Guest.objects.filter(pk__in=[guests[1].pk, guests[3].pk]).update(processing_restricted_at=now())
    people = [cast.ada, cast.bo, cast.cy, cast.di, cast.rae, cast.val, cast.eve, cast.ida]
    seen = {
        (user.username, guest.pk): guest_visible(guest.pk, user) == guest
        for user in people
        for guest in guests
    }
    assert seen == {
        (user.username, guest.pk): Guest.objects.visible_to(user).filter(pk=guest.pk).exists()
        for user in people
        for guest in guests
    }
    assert len({tuple(seen[user.username, guest.pk] for guest in guests) for user in people}) > 2
    assert guest_visible(2**40, cast.ada) is None
