"""What counts for a challenge, what is missing, and within which days."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loyalty.domain.challenges import (
    StayCounted,
    amounts_in_words,
    counted,
    missing,
    state,
    to_go,
    window,
)
from tests.pages import worked_table

D = Decimal
TEN = StayCounted(1, 10, 1, D("99.90"), "direct")
JOINED = st.dates(date(2024, 1, 1), date(2092, 12, 31))


@given(joined=JOINED, days=st.integers(1, 1096))
def test_own_days_begin_with_the_day_of_joining_and_are_as_many_as_promised(joined, days):
    first, last = window(joined, days, None, None)
    assert (first, (last - first).days + 1) == (joined, days)
    assert state({"nights": D(1)}, last, last) == "open"
    assert state({"nights": D(1)}, last, last + timedelta(days=1)) == "missed"


@given(joined=JOINED)
def test_who_joins_a_day_later_has_a_day_more_over_leap_days_and_years(joined):
    ends = [window(joined + timedelta(days=n), 366, None, None)[1] for n in range(3)]
    assert {(later - sooner).days for sooner, later in pairwise(ends)} == {1}


@given(joined=JOINED)
def test_days_that_all_have_do_not_move_with_who_joins(joined):
    first, last = date(2028, 2, 29), date(2028, 3, 1)
    assert window(joined, None, first, last) == (first, last)


stays = st.lists(
    st.builds(
        StayCounted,
        st.integers(1, 3),
        st.integers(0, 9),
        st.integers(0, 1),
        st.decimals(0, 900, places=2),
        st.sampled_from(["direct", "ota", ""]),
    ),
    max_size=8,
)


@given(stays, st.randoms())
def test_the_order_of_stays_does_not_matter_and_a_taken_back_one_counts_nothing(found, random):
    shuffled = list(found)
    random.shuffle(shuffled)
    assert counted(shuffled) == counted(found)
    assert counted([*found, StayCounted(9, 0, 0, D(0), "direct")]) == counted(found)


def test_each_metric_is_counted():
    found = [
        TEN,
        StayCounted(2, 1, 1, D(5), "ota"),
        StayCounted(1, 1, 1, D(0)),
        StayCounted(3, 0, 0, D(-200)),
    ]
    assert counted(found) == {"nights": 12, "stays": 3, "spend": 0, "hotels": 2, "direct": 1}


def test_all_targets_must_be_reached():
    assert missing({"nights": D(10), "stays": D(3)}, counted([TEN])) == {"stays": D(2)}
    assert missing({"nights": D(10), "spend": D("99.9")}, counted([TEN])) == {}


@pytest.mark.parametrize(("lacks", "today", "found"), [
    ({}, date(2027, 4, 2), "done"), ({"nights": D(1)}, date(2027, 4, 1), "open"),
    ({"nights": D(1)}, date(2027, 4, 2), "missed"),
])  # fmt: skip
def test_what_became_of_it(lacks, today, found):
    assert state(lacks, date(2027, 4, 1), today) == found


def test_it_is_told_in_words():
    lacks = {"nights": D(2), "spend": D("1000.000"), "direct": D(1), "hotels": D(2)}
    assert amounts_in_words(lacks, "EUR") == "2 nights and 1,000 EUR spent and 1 direct booking and 2 hotels"
    assert to_go({"nights": D(1)}, date(2027, 12, 31), "EUR") == "1 night to go by 31 December 2027"


def test_the_table_of_the_page():
    for row in worked_table("points", "Three nights within 30 days of 14 March 2027, for 2,000 points"):
        nights = int(row["Nights until then"])
        lacks = missing({"nights": D(3)}, counted([StayCounted(1, nights, 1, D(0))]))
        last = window(date(2027, 3, 14), 30, None, None)[1]
        found = state(lacks, last, date.fromisoformat(row["Day"]))
        assert (last.isoformat(), found) == ("2027-04-12", row["It is"])
        assert (2000 if found == "done" else 0) == int(row["Points"])
