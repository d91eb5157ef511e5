"""Stays share a room by its page; a refusal is told there and changes nothing."""

import pytest

from hotel.rates.domain.quotes import Occupancy
from hotel.reservations.models import Reservation, ReservationNight
from tests.contracts.queries import queries_of
from tests.factories.guests import guest_make
from tests.hotel.dashboard.views.test_together import fresh, text_of

ONE = Occupancy(adults=1)


@pytest.fixture
def pair(house):
    """Two stays of one booking, nights 1–2 and 2–3."""
    booking = house.book(
        house.stay(1, 2, occupancy=ONE, primary_guest=guest_make(house.place, last_name="Moser")),
        house.stay(2, 2, occupancy=ONE),
    ).booking
    return list(booking.reservations.order_by("pk"))


def page_of(stay) -> str:
    return f"/dashboard/reservations/{stay.pk}/share"


def act(client, stay, name, **values):
    data = {"do": name, f"{name}-version": fresh(stay).version}
    return client.post(page_of(stay), data | {f"{name}-{key}": v for key, v in values.items()}, follow=True)


def prices(stay):
    rows = ReservationNight.objects.filter(reservation=stay).order_by("night")
    return [int(night.total.amount) for night in rows]


def test_two_stays_share_a_room_divide_its_price_and_part(desk, pair):
    first, second = pair
    shown = text_of(desk.get(page_of(first)))
    assert "This stay has a room of its own" in shown
    assert second.number in shown

    answer = act(desk, first, "share", others=[second.pk], split="custom", percent="70")

    assert f"{first.number}: the room is shared." in text_of(answer)
    assert "Custom: the room in parts as agreed" in text_of(answer)
    assert (prices(first), prices(second)) == ([100, 70], [30, 100])
    detail = text_of(desk.get(f"/dashboard/reservations/{first.pk}"))
    assert "Room shared" in detail

    answer = act(desk, first, "share", split="entire")
    assert (prices(first), prices(second)) == ([100, 100], [0, 100])

    answer = act(desk, second, "unshare")
    assert f"{second.number}: the stay has a room of its own." in text_of(answer)
    assert fresh(first).share is None


def test_a_custom_split_without_a_percentage_is_asked_for_it(desk, pair):
    answer = act(desk, pair[0], "share", others=[pair[1].pk], split="custom")

    assert "Say how much this stay pays." in text_of(answer)
    assert fresh(pair[0]).share is None


def test_a_refusal_is_told_on_the_page(desk, house, pair):
    Reservation.objects.filter(pk=pair[1].pk).update(adults=3)

    answer = act(desk, pair[0], "share", others=[pair[1].pk], split="full")

    assert "take" in text_of(answer)
    assert fresh(pair[0]).share is None


def test_a_stay_is_looked_for_by_its_number(desk, house, pair):
    other = house.reserve(1, 1, occupancy=ONE)
    assert other.number not in text_of(desk.get(page_of(pair[0])))

    assert other.number in text_of(desk.get(page_of(pair[0]), {"text": other.number}))


def test_the_page_asks_no_more_for_more_who_share(desk, house, pair):
    act(desk, pair[0], "share", others=[pair[1].pk], split="full")
    few = len(queries_of(lambda: desk.get(page_of(pair[0]))))
    other = house.reserve(1, 1, occupancy=ONE)
    act(desk, pair[0], "share", others=[other.pk], split="full")

    assert fresh(other).share == fresh(pair[0]).share is not None
    assert len(queries_of(lambda: desk.get(page_of(pair[0])))) == few
    assert few <= 18
