"""What the register says was decided."""

from datetime import UTC, datetime, timedelta

import pytest

from security.domain.breach_register import AUTHORITY, PEOPLE, Facts, authority_decision, people_decision

KNEW = datetime(2026, 3, 27, 10, tzinfo=UTC)
DUE = KNEW + timedelta(hours=72)


@pytest.mark.parametrize(
    ("risk", "told", "at", "code"),
    [
        ("likely", DUE, DUE, "told_in_time"),
        ("likely", DUE + timedelta(seconds=1), DUE, "told_late"),
        ("unlikely", DUE, DUE, "told_in_time"),
        ("unlikely", None, DUE + timedelta(days=9), "not_needed"),
        ("unknown", None, DUE, "waits"),
        ("high", None, DUE + timedelta(seconds=1), "overdue"),
    ],
)
def test_whether_the_authority_was_told(risk, told, at, code):
    assert authority_decision(Facts(KNEW, risk, told), at) == code
    assert AUTHORITY[code]


@pytest.mark.parametrize(
    ("risk", "told", "code"),
    [("high", None, "waits"), ("high", KNEW, "told"), ("likely", None, "not_needed"), ("unknown", None, "open"),
     ("unlikely", None, "not_needed")],
)  # fmt: skip
def test_whether_the_people_were_told(risk, told, code):
    assert people_decision(Facts(KNEW, risk, people_told_at=told)) == code
    assert PEOPLE[code]
