"""Package elements: rhythm, basis, and never more than the rate."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotel.rates.domain.packages import element_amount, elements_charged, is_charged
from tests.factories.rate_terms import CENT, dec, element, party


@pytest.mark.parametrize(
    ("over", "nights"),
    [
        ({"rhythm": "every_night"}, [0, 1, 2, 3, 4, 5, 6]),
        ({"rhythm": "once"}, [0]),
        ({"rhythm": "arrival"}, [0]),
        ({"rhythm": "departure"}, [6]),
        ({"rhythm": "every_n_nights", "every_nights": 3}, [0, 3, 6]),
        ({"rhythm": "weekdays", "weekdays": 96}, [5, 6]),
    ],
    ids=lambda value: value.get("rhythm") if isinstance(value, dict) else None,
)
def test_on_which_nights_of_a_week_from_monday_it_is_charged(over, nights):
    found = [n for n in range(7) if is_charged(element(**over), date(2027, 3, 1 + n), n, 7)]
    assert found == nights


@pytest.mark.parametrize(
    ("over", "wanted"),
    [
        ({"basis": "per_person"}, "45.00"),
        ({"basis": "per_adult"}, "30.00"),
        ({"basis": "per_child", "band": "child"}, "15.00"),
        ({"basis": "per_child", "band": "infant"}, "0.00"),
        ({"basis": "per_room"}, "15.00"),
        ({"basis": "flat"}, "15.00"),
        ({"basis": "share_of_rate", "share": dec("0.125")}, "12.50"),
    ],
    ids=lambda value: value.get("basis") if isinstance(value, dict) else None,
)
def test_what_two_adults_and_a_child_are_charged(over, wanted):
    assert str(element_amount(element(amount=15, **over), dec(100), party(2, 5), CENT)) == wanted


def test_an_amount_rounds_half_up_once():
    share = element(basis="share_of_rate", share=dec("0.125"))
    assert element_amount(share, dec("0.20"), party(1), CENT) == dec("0.03")


def charged(elements, rate) -> list[tuple[str, str]]:
    return [(c.element.code, str(c.amount)) for c in elements_charged(elements, dec(rate), party(2), CENT)]


def test_included_elements_are_cut_to_the_rate_and_added_ones_are_not():
    elements = [
        element("BF", 10),
        element("SPA", 10, pk=2, basis="flat"),
        element("CAR", 50, pk=3, basis="flat", is_included=False),
    ]
    assert charged(elements, 100) == [("BF", "20.00"), ("SPA", "10.00"), ("CAR", "50.00")]
    assert charged(elements, 10) == [("BF", "6.67"), ("SPA", "3.33"), ("CAR", "50.00")]
    assert charged(elements, 0) == [("CAR", "50.00")]


def test_an_element_of_nothing_is_absent():
    assert charged([element("BF", 0)], 100) == []


@given(
    amounts=st.lists(st.decimals(0, 300, places=2), min_size=1, max_size=5),
    rate=st.decimals(0, 500, places=2),
)
def test_included_elements_never_take_more_than_the_rate(amounts, rate):
    elements = [element(f"E{n}", amount, pk=n, basis="flat") for n, amount in enumerate(amounts)]
    taken = sum(charge.amount for charge in elements_charged(elements, rate, party(2), CENT))
    assert taken == min(sum(amounts), rate)
