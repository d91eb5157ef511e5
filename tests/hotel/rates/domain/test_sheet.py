"""What plans inherit from one another."""

from tests.factories.rate_terms import plan, sheet

PLANS = [
    plan(1, "Bar", room_type_ids=frozenset({1, 2})),
    plan(2, "Nrf", parent_id=1),
    plan(3, "App", parent_id=2, inherits_restrictions=False, room_type_ids=frozenset({2})),
    plan(4, "Club", parent_id=3),
    plan(5, "Lost", parent_id=99),
]


def ids(plans) -> list[int]:
    return [row.id for row in plans]


def test_lineage_goes_up_to_the_root_and_leaves_out_what_is_unknown():
    terms = sheet(plans=PLANS)
    assert ids(terms.lineage(4)) == [4, 3, 2, 1]
    assert ids(terms.lineage(5)) == [5]


def test_restrictions_are_inherited_up_to_the_plan_that_does_not():
    terms = sheet(plans=PLANS)
    assert ids(terms.restricting(4)) == [4, 3]
    assert ids(terms.restricting(2)) == [2, 1]


def test_types_are_the_plans_own_or_the_nearest_ancestors():
    terms = sheet(plans=PLANS)
    assert [terms.types_of(pk) for pk in (1, 2, 3, 4, 5)] == [{1, 2}, {1, 2}, {2}, {2}, set()]


def test_each_policy_is_the_plans_own_or_the_nearest_ancestors():
    flex, strict, deposit = {"code": "FLEX"}, {"code": "STRICT"}, {"code": "DEP"}
    terms = sheet(
        plans=PLANS, policies={1: {"cancellation": flex, "deposit": deposit}, 3: {"cancellation": strict}}
    )
    assert terms.policies_of(2) == {"cancellation": flex, "deposit": deposit, "no_show": {}}
    assert terms.policies_of(4) == {"cancellation": strict, "deposit": deposit, "no_show": {}}
    assert terms.policies_of(5) == {"cancellation": {}, "deposit": {}, "no_show": {}}


def test_what_is_stated_nearest_counts():
    terms = sheet(plans=PLANS)
    assert terms.nearest(4, {1: "far", 2: "near"}) == "near"
    assert terms.nearest(5, {1: "far"}) is None
