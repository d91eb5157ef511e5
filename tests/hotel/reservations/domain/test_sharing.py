"""Who holds a shared room and who pays which part of it; see docs/algorithms/sharing.md."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from moneyed import Money

from hotel.reservations.choices import RateSplit
from hotel.reservations.domain.sharing import (
    Sharer,
    groups,
    holders,
    parts,
    present,
)
from tests.pages import worked_table


def day(number):
    return date(2027, 3, number)


def eur(amount):
    return Money(Decimal(str(amount)), "EUR")


def sharer(key, first, past, weight=0):
    return Sharer(key, frozenset(day(number) for number in range(first, past)), day(first), Decimal(weight))


def split_up(sharers, split, *, room="120.01"):
    """Parts by reservation and night."""
    whole = {night: eur(room) for night, there in present(sharers).items() if len(there) > 1}
    return parts(sharers, split, whole)


@pytest.mark.parametrize("split", RateSplit)
def test_the_worked_stay(split):
    names, sharers = {1: "A", 2: "B"}, [sharer(1, 1, 4, 70), sharer(2, 2, 5, 30)]
    found, held = split_up(sharers, split), holders(sharers)
    shown = [
        {
            "Night": str(night.day),
            "Guest": names[one.key],
            split.value.title(): str(found[one.key].get(night, eur("90.01")).amount),
            "Holds the room": "yes" if held[night] == one.key else "no",
        }
        for night, there in present(sharers).items()
        for one in there
    ]
    kept = ("Night", "Guest", split.value.title(), "Holds the room")
    assert shown == [{name: row[name] for name in kept} for row in worked_table("sharing", "Worked stay")]


def test_an_equal_split_among_three_gives_the_odd_cents_to_the_first():
    found = split_up([sharer(n, 1, 2) for n in (7, 8, 9)], RateSplit.SPLIT, room="100.01")
    assert [found[n][day(1)] for n in (7, 8, 9)] == [eur("33.34"), eur("33.34"), eur("33.33")]


def test_who_is_there_first_pays_an_entire_split_while_the_payer_is_away():
    found = split_up([sharer(1, 1, 2), sharer(2, 1, 3), sharer(3, 1, 3)], RateSplit.ENTIRE)
    assert [found[n][day(1)] for n in (1, 2, 3)] == [eur("120.01"), eur(0), eur(0)]
    assert [found[n][day(2)] for n in (2, 3)] == [eur("120.01"), eur(0)]


def test_a_custom_split_keeps_its_proportion_while_one_is_away():
    found = split_up(
        [sharer(1, 1, 2, 50), sharer(2, 1, 3, 40), sharer(3, 1, 3, 10)], RateSplit.CUSTOM, room=100
    )
    assert [found[n][day(1)] for n in (1, 2, 3)] == [eur(50), eur(40), eur(10)]
    assert [found[n][day(2)] for n in (2, 3)] == [eur(80), eur(20)]


def test_guests_who_were_to_pay_nothing_pay_alike_while_the_payer_is_away():
    found = split_up([sharer(1, 1, 2, 100), sharer(2, 1, 3), sharer(3, 1, 3)], RateSplit.CUSTOM, room=100)
    assert [found[n][day(2)] for n in (2, 3)] == [eur(50), eur(50)]


def test_amounts_as_agreed_are_charged_as_they_are():
    sharers = [sharer(1, 1, 3, "99.99"), sharer(2, 1, 3, "20.02")]
    found = split_up(sharers, RateSplit.CUSTOM)
    assert [found[n][day(2)] for n in (1, 2)] == [eur("99.99"), eur("20.02")]


def test_a_night_alone_and_a_full_split_divide_nothing():
    sharers = [sharer(1, 1, 3), sharer(2, 2, 4)]
    assert split_up(sharers, RateSplit.FULL) == {1: {}, 2: {}}
    assert split_up(sharers[:1], RateSplit.ENTIRE) == {1: {}}


def test_who_came_before_the_nights_to_come_holds_the_room():
    early = Sharer(9, frozenset({day(3)}), came=day(1))
    assert holders([sharer(1, 3, 4), early]) == {day(3): 9}


def test_who_came_first_holds_the_room_whatever_his_id():
    assert holders([sharer(4, 2, 5), sharer(9, 1, 4)]) == {day(1): 9, day(2): 9, day(3): 9, day(4): 4}


def test_of_two_who_come_on_one_night_the_lower_id_holds_the_room():
    assert holders([sharer(9, 1, 3), sharer(4, 1, 2)]) == {day(1): 4, day(2): 9}


def test_the_room_passes_to_who_is_left_or_to_nobody():
    first, second, third = sharer(1, 1, 4), sharer(2, 2, 6), sharer(3, 3, 5)
    assert holders([first, second, third]) == dict(zip(map(day, range(1, 6)), (1, 1, 1, 2, 2), strict=True))
    assert holders([second, third]) == {day(n): 2 for n in range(2, 6)}
    assert holders([third]) == {day(3): 3, day(4): 3}
    assert holders([]) == {}


def test_stays_are_together_through_others_and_no_longer_when_those_leave():
    first, between, last = sharer(1, 1, 3), sharer(2, 2, 6), sharer(3, 5, 7)
    assert groups([first, last, between]) == [[first, last, between]]
    assert groups([first, last]) == [[first], [last]]
    assert groups([]) == []


def test_groups_are_in_order_of_their_first_members():
    first, apart, second = sharer(1, 1, 3), sharer(2, 10, 12), sharer(3, 2, 4)
    assert groups([first, apart, second]) == [[first, second], [apart]]


SPANS = st.tuples(st.integers(1, 20), st.integers(1, 8), st.integers(0, 100))


@given(st.lists(SPANS, min_size=1, max_size=5), st.sampled_from(RateSplit), st.integers(0, 100_000))
def test_every_night_is_held_once_and_its_parts_are_the_room(spans, split, cents):
    room = Decimal(cents) / 100
    sharers = [sharer(n, first, first + length, weight) for n, (first, length, weight) in enumerate(spans)]
    found, held = split_up(sharers, split, room=room), holders(sharers)
    for night, there in present(sharers).items():
        assert held[night] in {one.key for one in there}
        amounts = [found[one.key][night].amount for one in there if night in found[one.key]]
        if split == RateSplit.FULL or len(there) == 1:
            assert amounts == []
        else:
            assert len(amounts) == len(there)
            assert sum(amounts) == room
    assert held.keys() == present(sharers).keys()


@given(st.lists(SPANS, min_size=1, max_size=6))
def test_groups_part_the_stays_and_have_no_night_in_common(spans):
    sharers = [sharer(n, first, first + length) for n, (first, length, _) in enumerate(spans)]
    found = groups(sharers)
    assert sorted(one.key for group in found for one in group) == list(range(len(sharers)))
    slept = [frozenset().union(*(one.nights for one in group)) for group in found]
    assert sum(map(len, slept)) == len(frozenset().union(*slept))
