"""What a requirement comes to: the whole table of what was looked at, shown and given."""

import pytest

from security.domain.compliance import Given, Look, Requirement, verdict

GOOD, BAD, BLIND, NONE = (
    Look(word, "Seen.") for word in ("checked", "failed", "needs_evidence", "not_applicable")
)
VALID, OLD = Given("Test of 2026.", is_valid=True), Given("Test of 2020.", is_valid=False)


def outcome(requirement, looks=None, tests=None, given=None):
    return verdict(requirement, looks=looks or {}, tests=tests, given=given)[0]


@pytest.mark.parametrize(
    ("looks", "is_asked", "given", "expected"),
    [
        ((GOOD,), False, None, "checked"),
        ((GOOD, GOOD), False, None, "checked"),
        ((GOOD, BAD), False, None, "failed"),
        ((GOOD, BAD), False, VALID, "failed"),
        ((GOOD, BLIND), False, None, "needs_evidence"),
        ((GOOD, BLIND), False, VALID, "checked"),
        ((BLIND,), False, None, "needs_evidence"),
        ((NONE,), False, None, "needs_evidence"),
        ((GOOD, NONE), False, None, "checked"),
        ((GOOD,), True, None, "needs_evidence"),
        ((GOOD,), True, OLD, "needs_evidence"),
        ((GOOD,), True, VALID, "checked"),
        ((), True, VALID, "checked"),
        ((), True, OLD, "needs_evidence"),
    ],
)
def test_the_table_of_looks_and_evidence(looks, is_asked, given, expected):
    codes = tuple(f"c{number}" for number in range(len(looks)))
    asked = "The plan." if is_asked else ""
    row = Requirement("1.1", "Be safe.", checks=codes, evidence=asked)
    assert outcome(row, dict(zip(codes, looks, strict=True)), given=given) == expected


@pytest.mark.parametrize(
    ("tests", "expected"),
    [
        (None, "needs_evidence"),
        ({"a": True}, "needs_evidence"),
        ({"a": True, "b": True}, "checked"),
        ({"a": True, "b": False}, "failed"),
    ],
)
def test_tests_count_when_all_of_them_are_on_record(tests, expected):
    assert outcome(Requirement("1.1", "Be safe.", tests=("a", "b")), tests=tests) == expected


def test_a_look_that_is_good_does_not_wait_for_tests_but_a_failed_test_counts():
    row = Requirement("1.1", "Be safe.", tests=("a",), checks=("c",))
    assert outcome(row, {"c": GOOD}) == "checked"
    assert outcome(row, {"c": GOOD}, {"a": False}) == "failed"


def test_a_gap_fails_whatever_is_given_and_what_does_not_apply_needs_nothing():
    assert outcome(Requirement("1.1", "Be safe.", gap="Not built."), given=VALID) == "failed"
    found, grounds = verdict(
        Requirement("1.1", "Be safe.", not_applicable="No such thing."), looks={}, tests=None, given=None
    )
    assert (found, [ground.detail for ground in grounds]) == ("not_applicable", ["No such thing."])


def test_a_requirement_is_dealt_with_in_one_way():
    assert not Requirement("1.1", "Be safe.").is_dispositioned
    assert not Requirement("1.1", "Be safe.", not_applicable="No.", tests=("a",)).is_dispositioned
    assert Requirement("1.1", "Be safe.", gap="Not built.", checks=("c",)).is_dispositioned
