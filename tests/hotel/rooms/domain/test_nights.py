"""Open spans and dated capacity."""

from datetime import date

import pytest

from hotel.rooms.domain.nights import counted, covers, is_open, open_span

D1, D5, D9 = (date(2027, 3, day) for day in (1, 5, 9))
NIGHT = date(2027, 3, 4)


def test_a_suite_is_open_only_while_all_its_parts_are():
    assert open_span([(D1, None), (D5, None), (D1, D9)]) == (D5, D9)
    assert open_span([(D1, None)]) == (D1, None)


@pytest.mark.parametrize(
    ("night", "expected"),
    [(date(2027, 2, 28), False), (D1, True), (date(2027, 3, 4), True), (D5, False)],
)
def test_the_closing_day_is_the_first_night_not_counted(night, expected):
    assert is_open((D1, D5), night) is expected


def test_covers_asks_for_every_night():
    assert covers((D1, D5), D1, D5)
    assert not covers((D1, D5), D1, date(2027, 3, 6))
    assert not covers((D5, None), D1, D9)
    assert covers((D1, None), D1, D9)


@pytest.mark.parametrize(
    ("holds", "expected"),
    [
        pytest.param([], (1, 0), id="free"),
        pytest.param([(D1, D5, "out_of_service")], (1, 0), id="out of service stays sellable"),
        pytest.param([(D1, D5, "out_of_order")], (1, 1), id="out of order stays in the house count"),
        pytest.param([(D1, D5, "out_of_inventory")], (0, 0), id="out of inventory leaves it"),
        pytest.param([(D1, NIGHT, "out_of_order")], (1, 0), id="the last night is the one before the end"),
        pytest.param(
            [(D1, D5, "out_of_order"), (D1, D9, "out_of_inventory")], (0, 0), id="the strongest hold counts"
        ),
    ],
)
def test_three_holds_have_three_effects(holds, expected):
    assert counted(NIGHT, [((D1, None), holds)]) == expected


def test_rooms_that_are_not_open_do_not_count():
    assert counted(NIGHT, [((D5, None), []), ((D1, NIGHT), []), ((D1, None), [])]) == (1, 0)
