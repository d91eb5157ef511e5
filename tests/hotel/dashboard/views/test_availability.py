from datetime import timedelta

import pytest

from tests.cast import TODAY
from tests.factories.rates import restriction_make
from tests.factories.reservations import house_make


def text_of(response) -> str:
    return response.content.decode()


def night(house, day=1):
    return f"/dashboard/availability/{house.double.pk}/{TODAY + timedelta(days=day)}"


def test_a_full_night_tells_what_takes_the_rooms(house, desk):
    house.reserve(1, 1)
    house.reserve(1, 1)

    page = text_of(desk.get(night(house)))

    assert "Nothing is left. What sets the limit: this room type." in page
    assert '<td class="num">−2</td>' in page


def test_a_free_night_tells_how_many_are_left(house, desk):
    house.reserve(1, 1)

    page = text_of(desk.get(night(house)))

    assert "1 room of this type can still be sold." in page
    assert "No rule stands against it." in page


def test_a_rule_that_closes_a_plan_is_named_with_its_level(house, desk):
    restriction_make(house.place, "closed", TODAY, TODAY + timedelta(days=3), room_type=house.double)

    page = text_of(desk.get(night(house)))

    assert "(room type, 15 Mar)" in page
    assert '<span class="tag bad">closed</span>' in page
    assert "1 rule" in text_of(desk.get("/dashboard/availability"))


def test_a_night_beyond_the_opened_ones_says_so(house, desk):
    assert "This night is not open for sale." in text_of(desk.get(night(house, 200)))
    assert "not open for sale" in text_of(
        desk.get(f"/dashboard/availability?from={TODAY + timedelta(days=55)}")
    )


@pytest.mark.parametrize("day", ["nonsense", "2027-02-30", "0001-01-01", "9999-12-31"])
def test_what_is_no_night_is_not_found(house, desk, day):
    assert desk.get(f"/dashboard/availability/{house.double.pk}/{day}").status_code == 404


def test_anothers_room_type_is_not_found(house, desk, cast):
    other = house_make(cast.beta)

    assert desk.get(night(other)).status_code == 404
