"""Suspected duplicates come from the chain, by indexed traits, and never from relay addresses."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from hotel.guests.domain.matching import Identity
from hotel.guests.models import Guest, GuestMatch
from hotel.guests.selectors.matches import is_same_person, matches_among, matches_of
from hotel.guests.services.guests import guest_change
from hotel.properties.models import Chain
from tests.cast import make_property
from tests.factories.guests import guest_make

ANNA = {"last_name": "Müller", "first_name": "Anna"}


def found(guest) -> list[tuple[int, Decimal]]:
    return [(match.guest.pk, match.likeness.score) for match in matches_of(guest)]


@pytest.mark.parametrize(
    ("case", "one", "other", "score"),
    [
        ("e-mail", {"email": "a@example.com"}, {"email": "A@Example.com"}, "0.750"),
        ("telephone", {"phone": "+43 1 5550100"}, {"phone": "01 5550100"}, "0.600"),
        ("birth date", {"birth_date": date(1980, 1, 1)}, {"birth_date": date(1980, 1, 1)}, "0.550"),
        (
            "postal code",
            {"postal_code": "1010", "country": "AT"},
            {"postal_code": "1010", "country": "AT"},
            "0.550",
        ),
    ],
)
def test_a_trait_and_the_name_make_a_match(cast, case, one, other, score):
    first, second = guest_make(cast.alpha, **ANNA, **one), guest_make(cast.alpha, **ANNA, **other)
    assert found(first) == [(second.pk, Decimal(score))]
    assert found(second) == [(first.pk, Decimal(score))]
    row = GuestMatch.objects.get()
    assert (row.first, row.second, row.score, row.status) == (first, second, Decimal(score), "open")


@pytest.mark.parametrize(
    "email", ["x@guest.booking.com", "m1@m.expediapartnercentral.com", "info@example.com"]
)
def test_relay_and_shared_addresses_never_match(cast, email):
    for _ in range(3):
        guest_make(cast.alpha, **ANNA, email=email)
    assert [found(guest) for guest in Guest.objects.all()] == [[], [], []]
    assert not GuestMatch.objects.exists()


def test_a_namesake_is_no_match(cast):
    assert found(guest_make(cast.alpha, **ANNA)) == found(guest_make(cast.alpha, **ANNA)) == []


def test_typing_errors_are_forgiven(cast):
    one = guest_make(cast.alpha, **ANNA, birth_date=date(1980, 1, 1), postal_code="1010", country="AT")
    two = guest_make(
        cast.alpha,
        last_name="Mueller",
        first_name="Ana",
        birth_date=date(1980, 1, 1),
        postal_code="1010",
        country="AT",
    )
    assert found(two) == [(one.pk, Decimal("0.692"))]


def test_chains_never_match(cast):
    other = make_property(
        Chain.objects.create(code="OTHER", name="Other"),
        "GAMMA",
        name="Gamma",
        time_zone="Europe/Rome",
        currency="EUR",
        country="IT",
    )
    guest_make(cast.alpha, **ANNA, email="a@example.com")
    assert found(guest_make(other, **ANNA, email="a@example.com")) == []


def test_a_change_updates_the_queue(cast):
    one, two = (guest_make(cast.alpha, **ANNA, email="a@example.com") for _ in range(2))
    guest_change(guest=two, changes={"birth_date": date(1980, 1, 1)})
    guest_change(guest=one, changes={"birth_date": date(1980, 1, 1)})
    assert GuestMatch.objects.get().score == Decimal("0.950")
    guest_change(guest=one, changes={"email": "b@example.com", "birth_date": None})
    assert not GuestMatch.objects.exists()


def test_looking_for_matches_costs_a_constant_number_of_queries(cast, django_assert_num_queries):
    guest = guest_make(
        cast.alpha, **ANNA, email="a@example.com", phone="+4315550100", birth_date=date(1980, 1, 1)
    )
    for _ in range(8):
        guest_make(cast.alpha, **ANNA, email="a@example.com")
    with django_assert_num_queries(7):
        assert len(matches_of(Guest.objects.get(pk=guest.pk))) == 8


def test_persons_of_a_list_are_found_by_mail_or_by_name_and_birth_date(cast, django_assert_num_queries):
    day = date(1980, 1, 1)
    anna = guest_make(cast.alpha, **ANNA, email="anna@example.com")
    born = guest_make(cast.alpha, **ANNA, birth_date=day)
    guest_make(cast.alpha, last_name="Other", birth_date=day)
    guest_make(cast.beta, **ANNA, email="anna@example.com")
    told = {
        2: Identity(last_name="Muller", first_name="Anna", email="anna@example.com"),
        3: Identity(last_name="Müller", first_name="ANNA", birth_date=day),
        4: Identity(last_name="Planner", email="anna@example.com"),
        5: Identity(last_name="Müller", first_name="Anna"),
    }
    with django_assert_num_queries(2):
        found = matches_among(cast.alpha.pk, told)
    assert {line: [match.guest for match in matches] for line, matches in found.items()} == {
        2: [anna],
        3: [born],
        4: [anna],
    }
    sure = {line: is_same_person(told[line], found[line][0]) for line in found}
    assert sure == {2: True, 3: True, 4: False}


def test_guests_whose_data_is_kept_from_use_are_not_found_for_a_list(cast):
    guest = guest_make(cast.alpha, **ANNA, email="anna@example.com")
    told = {2: Identity(last_name="Müller", first_name="Anna", email="anna@example.com")}
    assert list(matches_among(cast.alpha.pk, told)) == [2]
    Guest.objects.filter(pk=guest.pk).update(processing_restricted_at=datetime(2027, 1, 1, tzinfo=UTC))
    assert matches_among(cast.alpha.pk, told) == {}
