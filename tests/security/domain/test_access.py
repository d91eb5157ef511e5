"""Which rights are guarded, and which duties meet."""

import pytest

from hotel.accounts.services.role_changes import rights_known
from security.domain.access import DUTIES, PRIVILEGED, SECOND_PERSON, SENSITIVE, conflicts_among, risk_of

A, B, C = ("folios", "adjust"), ("stays", "audit"), ("rooms", "view")


@pytest.mark.parametrize(
    ("case", "held", "expected"),
    [
        ("nothing held", [], []),
        ("one of two", [A, C], []),
        ("both", [A, B], [1]),
        ("all", [A, B, C], [1, 2]),
    ],
)
def test_duties_meet_when_both_are_held(case, held, expected):
    assert conflicts_among(held, {2: (B, C), 1: (A, B)}) == expected


def test_a_right_is_as_risky_as_the_table_says():
    assert [risk_of(pair) for pair in (("accounts", "manage"), A, C)] == [
        "privileged",
        "sensitive",
        "ordinary",
    ]


def test_every_right_of_the_tables_exists():
    named = (
        PRIVILEGED
        | SENSITIVE
        | SECOND_PERSON
        | {pair for seed in DUTIES for pair in (seed.first, seed.second)}
    )
    known = {(area, verb) for area, verbs in rights_known().items() for verb in verbs}
    assert named <= known
    assert frozenset() == PRIVILEGED & SENSITIVE
    assert SECOND_PERSON <= PRIVILEGED
