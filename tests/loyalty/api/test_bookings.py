"""Stays are booked with points over the API by who may book, and quoted before."""

import pytest

from hotel.reservations.models import Reservation
from tests.contracts.base import assert_problem
from tests.factories.loyalty import loyalty_member_make, points_make, reward_make
from tests.factories.reservations import house_make
from tests.loyalty.api.test_resources import ENROL, URL, VIEW, post

BOOK = (
    VIEW,
    ENROL,
    "view_reservations_area",
    "manage_reservations_area",
    "view_rooms_area",
    "view_rates_area",
)


@pytest.fixture
def wanted(stage):
    house = house_make(stage.alpha)
    member = loyalty_member_make(stage.alpha)
    points_make(member, 2500)
    reward = reward_make(stage.alpha, kind="free_night")
    return member, {
        "property": stage.alpha.pk, "reward": reward.pk, "room_type": house.double.pk, "rate_plan": house.plan.pk,
        "arrival": "2027-03-15", "departure": "2027-03-18", "adults": 2, "past_day": "2027-03-17",
    }  # fmt: skip


def test_it_is_quoted_and_booked_once(stage, wanted):
    member, body = wanted
    desk = stage.client_of(BOOK, stage.alpha)
    path = f"members/{member.pk}/book"
    quoted = desk.post(f"{URL}/{path}/quote", body, format="json")
    expected = {
        "points": 2000, "price": 1000, "because": [{"reason": "base", "points": 1000}], "free_nights": 2,
        "cash": "0.000", "to_pay": "100.000",
    }  # fmt: skip
    assert (quoted.status_code, quoted.json(), Reservation.objects.count()) == (200, expected, 0)
    booked = post(desk, path, body)
    stay = Reservation.objects.get()
    assert (booked.status_code, booked.json()["reservation"], booked.json()["number"]) == (
        201,
        stay.pk,
        stay.number,
    )
    assert {name: booked.json()[name] for name in expected} == expected
    assert post(desk, path, body).json() == booked.json()
    assert_problem(post(desk, path, body, key="2"), 409, "points_missing")
    assert Reservation.objects.count() == 1


def test_who_may_not_book_does_not_book_with_points(stage, wanted):
    member, body = wanted
    desk = stage.client_of([right for right in BOOK if not right.startswith("manage")], stage.alpha)
    for path in ("book", "book/quote"):
        assert_problem(post(desk, f"members/{member.pk}/{path}", body, key=path), 403, "permission_denied")
    assert Reservation.objects.count() == 0
