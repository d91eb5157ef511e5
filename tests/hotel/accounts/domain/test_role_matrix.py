from decimal import Decimal

import pytest

from hotel.accounts.domain.role_matrix import COMMON, EVERYTHING, ROLE_MATRIX


def test_the_roles_of_the_house():
    assert set(ROLE_MATRIX) == {
        "general_manager",
        "group_manager",
        "front_desk",
        "reservations",
        "revenue_manager",
        "housekeeping",
        "housekeeping_supervisor",
        "maintenance",
        "food_beverage",
        "events_sales",
        "marketing",
        "accountant",
        "it_security",
        "auditor",
    }


def test_pairs_say_each_verb_once():
    assert list(ROLE_MATRIX["maintenance"].pairs()) == [
        ("dashboard", "view"),
        ("properties", "view"),
        ("rooms", "view"),
        ("rooms", "block"),
        ("operations", "view"),
        ("operations", "work"),
    ]


@pytest.mark.parametrize("code", ROLE_MATRIX)
def test_each_role_stays_within_the_table(code):
    seed = ROLE_MATRIX[code]
    pairs = list(seed.pairs())
    assert len(pairs) == len(set(pairs))
    assert all(verb in {**COMMON, **EVERYTHING}[area].split() for area, verb in pairs)
    assert Decimal(0) <= seed.max_discount_rate <= 1
    # whoever may do something in an area sees the area
    assert {area for area, _ in pairs} == {area for area, verb in pairs if verb == "view"}


def test_separation_of_duties():
    def rights(code):
        return set(ROLE_MATRIX[code].pairs())

    assert ("reservations", "view") not in rights("housekeeping_supervisor") | rights("maintenance")
    assert rights("housekeeping_supervisor") - rights("housekeeping") == {
        ("operations", "manage"),
        ("rooms", "block"),
    }
    assert ("guests", "view") not in rights("revenue_manager") | rights("it_security")
    assert {verb for _, verb in rights("auditor")} == {"view"}
    assert [code for code in ROLE_MATRIX if ("accounts", "manage") in rights(code)] == [
        "general_manager",
        "group_manager",
        "it_security",
    ]


def test_every_area_and_verb_of_the_house_is_held_by_the_general_manager():
    from hotel.core.plugs import plugs

    declared = {(plug.area, verb) for plug in plugs() for verb in plug.verbs}
    assert declared - set(ROLE_MATRIX["general_manager"].pairs()) == set()
