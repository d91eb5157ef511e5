"""What is declared of the life of the API, and how clients are told."""

from datetime import UTC, date, datetime

import pytest

from hotel.monitoring.domain.versions import DeclarationWrong, Deprecation, declared, fields_of

V1 = {"name": "v1", "path": "/api/v1", "released_on": date(2026, 11, 1)}
OUT = {
    "operation": "GET /api/v1/rooms",
    "deprecated_on": date(2026, 1, 1),
    "sunset_on": date(2026, 6, 30),
    "text": "Ask for beds.",
    "successor": "/api/v1/beds",
    "link": "https://hotel.example.com/beds",
}


def test_the_fields_are_those_of_the_rfcs():
    assert fields_of(Deprecation(**OUT)) == {
        "Deprecation": "@1767225600",
        "Sunset": "Tue, 30 Jun 2026 00:00:00 GMT",
        "Link": '<https://hotel.example.com/beds>; rel="deprecation"; type="text/html", '
        '</api/v1/beds>; rel="successor-version"',
    }
    assert set(fields_of(Deprecation(**{**OUT, "link": "", "successor": ""}))) == {"Deprecation", "Sunset"}


def test_it_is_over_from_the_first_second_of_its_sunset():
    out = Deprecation(**OUT)
    assert out.is_over(datetime(2026, 6, 30, tzinfo=UTC))
    assert not out.is_over(datetime(2026, 6, 29, 23, 59, 59, tzinfo=UTC))
    assert out.is_announced(datetime(2026, 1, 1, tzinfo=UTC))
    assert not out.is_announced(datetime(2025, 12, 31, 23, 59, tzinfo=UTC))


def test_changes_are_told_newest_first():
    rows = [
        {"changed_on": date(2026, 11, day), "kind": "added", "version": "v1", "text": str(day)}
        for day in (1, 3, 2)
    ]
    found = declared({"version": [V1], "change": rows, "deprecation": [OUT]})
    assert [change.text for change in found.changes] == ["3", "2", "1"]
    assert list(found.deprecations) == ["GET /api/v1/rooms"]


WRONG = [
    {},
    {"version": [V1, V1]},
    {
        "version": [V1],
        "change": [{"changed_on": date(2026, 1, 1), "kind": "added", "version": "v2", "text": ""}],
    },
    {
        "version": [V1],
        "change": [{"changed_on": date(2026, 1, 1), "kind": "lost", "version": "v1", "text": ""}],
    },
    {"version": [V1], "deprecation": [{**OUT, "sunset_on": date(2026, 6, 29)}]},
    {"version": [V1], "deprecation": [OUT, OUT]},
]


@pytest.mark.parametrize("rows", WRONG, ids=str)
def test_a_declaration_that_contradicts_itself_is_refused(rows):
    with pytest.raises(DeclarationWrong):
        declared(rows)
