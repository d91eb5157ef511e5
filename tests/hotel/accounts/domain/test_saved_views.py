"""What of an address is kept, and what it opens on another day."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotel.accounts.domain.saved_views import Parameter, days_from, name_clean, query_kept, query_opened

TODAY = date(2027, 3, 14)
PAGE = (Parameter("status"), Parameter("day", is_day=True), Parameter("of", says_when_empty=True))


@pytest.mark.parametrize(
    ("asked", "kept"),
    [
        ({"status": "confirmed"}, "status=confirmed"),
        ({"of": "x", "status": "a"}, "status=a&of=x"),
        ({"status": "confirmed", "next": "//evil.example", "page": "3", "text": "Moser"}, "status=confirmed"),
        ({"status": " a&b=c "}, "status=a%26b%3Dc"),
        ({"status": ""}, ""),
        ({"status": "  "}, ""),
        ({"of": ""}, "of="),
        ({"of": " "}, ""),
        ({"status": "x" * 41}, ""),
        ({"status": "a\nSet-Cookie: b"}, ""),
        ({"day": "2027-03-14"}, "day=today%2B0"),
        ({"day": "2027-03-21"}, "day=today%2B7"),
        ({"day": "2027-03-13"}, "day=today-1"),
        ({"day": "2099-01-01"}, ""),
        ({"day": "tomorrow"}, ""),
        ({"day": "today+7"}, ""),
        ({}, ""),
    ],
)
def test_only_what_the_page_knows_is_kept(asked, kept):
    assert query_kept(asked, PAGE, TODAY) == kept


@pytest.mark.parametrize(
    ("kept", "opened"),
    [
        ("status=confirmed&day=today%2B7", "status=confirmed&day=2027-03-28"),
        ("day=today-1", "day=2027-03-20"),
        ("gone=1&status=a", "status=a"),
        ("gone=1", ""),
        ("day=2027-03-14", ""),
        ("day=today%2B99999", ""),
        ("day=today%2B9999", ""),
        ("of=", "of="),
    ],
)
def test_days_move_with_the_business_date(kept, opened):
    assert query_opened(kept, PAGE, TODAY + timedelta(days=7)) == opened


def test_a_day_beyond_the_calendar_is_left_out():
    assert query_opened("day=today%2B3660", PAGE, date.max) == ""


@given(
    st.dictionaries(st.sampled_from(["status", "day", "of", "next", "view"]), st.text(max_size=60)),
    st.integers(-3660, 3660),
)
def test_what_is_kept_opens_as_itself_on_the_same_day(asked, away):
    asked["day"] = (TODAY + timedelta(days=away)).isoformat()
    kept = query_kept(asked, PAGE, TODAY)
    opened = query_opened(kept, PAGE, TODAY)

    assert opened.count("day=") == 1
    assert query_opened(kept, PAGE, TODAY).split("&") == [
        part.replace(f"today{away:+d}".replace("+", "%2B"), asked["day"]) for part in kept.split("&")
    ]


@pytest.mark.parametrize(
    ("value", "days"), [("today+7", 7), ("today-1", -1), ("today", None), ("today+3661", None)]
)
def test_how_far_a_kept_day_is(value, days):
    assert days_from(value) == days


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("  My  arrivals ", "My arrivals"), (" ", ""), ("x" * 40, "x" * 40), ("x" * 41, ""), ("a\x00b", "")],
)
def test_a_name_is_kept_without_blanks_around_it(typed, kept):
    assert name_clean(typed) == kept
