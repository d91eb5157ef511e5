"""Limits in words say what their columns say."""

from datetime import UTC, datetime

import pytest

from hotel.monitoring.domain.rule_words import COSTS, LimitTerms, limit_in_words


def said(**over) -> str:
    values = {"scope": "client", "action": "enforce", "rate": 600, "period_seconds": 60, "burst": 100}
    return limit_in_words(LimitTerms(**{**values, **over}))


ALLOWED = "600 times a minute, 100 at once after a pause."


@pytest.mark.parametrize(
    ("over", "words"),
    [
        ({}, f"Each client may ask {ALLOWED} More is refused. {COSTS}"),
        ({"action": "observe"}, f"Each client may ask {ALLOWED} What is more is only counted. {COSTS}"),
        ({"scope": "address"}, f"Each address may ask {ALLOWED} More is refused. {COSTS}"),
        (
            {"scope": "address", "network": "192.0.2.0/24", "is_floor": True},
            f"Each address from 192.0.2.0/24 may ask {ALLOWED} More is refused. {COSTS}"
            " It holds beside all other rules.",
        ),
        (
            {"is_anonymous": True},
            f"Each address that is not signed in may ask {ALLOWED} More is refused. {COSTS}",
        ),
        ({"who": "the token Partner"}, f"The token Partner may ask {ALLOWED} More is refused. {COSTS}"),
        (
            {"scope": "property"},
            "All callers together may ask 600 times a minute about each hotel by itself, 100 at once after a pause."
            f" More is refused. {COSTS}",
        ),
        (
            {"scope": "property", "place": "Alpha", "area": "rooms", "method": "POST"},
            "All callers together may ask 600 times a minute by POST in the area rooms about Alpha, 100 at once after"
            f" a pause. More is refused. {COSTS}",
        ),
        (
            {
                "operation": "GET /api/v1/rooms",
                "method": "GET",
                "rate": 1,
                "period_seconds": 3600,
                "burst": 1,
            },
            "Each client may ask once an hour for GET /api/v1/rooms, 1 at once after a pause. More is refused."
            f" {COSTS}",
        ),
        (
            {"rate": 10, "cost": 5, "burst": 20, "period_seconds": 7200},
            "Each client may ask 2 times every 2 hours, 4 at once after a pause. More is refused."
            f" A plain request takes 5 of 10 points. {COSTS}",
        ),
        (
            {"rate": 3, "cost": 5, "burst": 3, "period_seconds": 300},
            "Each client may ask once every 5 minutes, 1 at once after a pause. More is refused."
            f" A plain request takes 3 of 3 points. {COSTS}",
        ),
        (
            {"rate": 3, "cost": 5, "burst": 11, "period_seconds": 300},
            "Each client may ask less than once every 5 minutes, 2 at once after a pause. More is refused."
            f" A plain request takes 5 of 3 points. {COSTS}",
        ),
        (
            {"action": "block", "scope": "address", "network": "192.0.2.0/24"},
            "Each address from 192.0.2.0/24 is refused whatever is asked.",
        ),
        (
            {"action": "block", "who": "Eve", "area": "rates", "is_active": False},
            "Eve is refused whatever is asked in the area rates. Switched off now.",
        ),
        (
            {
                "action": "block",
                "valid_from": datetime(2027, 3, 14, 12, tzinfo=UTC),
                "valid_until": datetime(2027, 3, 15, tzinfo=UTC),
            },
            "Each client is refused whatever is asked. It begins on Sun 14 Mar 2027 12:00 UTC."
            " It ends on Mon 15 Mar 2027 00:00 UTC.",
        ),
    ],
)
def test_a_limit_is_told(over, words):
    assert said(**over) == words


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(1, "a second"), (60, "a minute"), (3600, "an hour"), (86_400, "a day"), (90, "every 90 seconds")],
)
def test_periods_are_told(seconds, words):
    assert f"may ask 600 times {words}," in said(period_seconds=seconds)
