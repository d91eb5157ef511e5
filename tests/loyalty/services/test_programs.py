"""Programmes: hotels join and leave, rules have dated versions, and what cannot be is refused."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from hotel.core.exceptions import InvalidInput, VersionConflict
from hotel.properties.models import Chain
from loyalty.models import EarningRule, LoyaltyProgram, LoyaltyTier, ProgramProperty
from loyalty.selectors.terms import earning_rules
from loyalty.services.programs import (
    house_join,
    house_leave,
    program_change,
    program_create,
    rule_change,
    rule_create,
    rule_end,
    tier_change,
    tier_create,
)
from tests.cast import TODAY
from tests.factories.loyalty import (
    BEGAN,
    earning_rule_make,
    loyalty_member_make,
    loyalty_program_make,
    loyalty_tier_make,
    program_property_make,
)
from tests.loyalty.services.unchanged import refused, state

DAY = timedelta(days=1)
VALUES = {"code": "STARS", "name": "Stars", "currency": "EUR", "time_zone": "Europe/Vienna"}
RULE = {"code": "night", "name": "Nights", "basis": "night", "rate": 500, "valid_from": BEGAN}


@pytest.fixture
def program(cast):
    return loyalty_program_make(cast.alpha)


@pytest.fixture
def rule(cast):
    return earning_rule_make(cast.alpha)


def versions():
    return list(
        EarningRule.objects.order_by("version").values_list("version", "rate", "valid_from", "valid_until")
    )


def rates(program, day):
    return [rule.rate for rule in earning_rules(program, day)]


def test_a_programme_begins_with_the_tier_of_everybody(cast):
    program = program_create(chain=cast.chain, values=VALUES)
    tier = LoyaltyTier.objects.get()
    assert (program.chain, program.code, program.version, program.is_active) == (cast.chain, "STARS", 1, True)
    assert (tier.program, tier.level, tier.code, tier.name) == (program, 0, "member", "Member")
    assert ProgramProperty.objects.count() == 0


def test_a_code_is_taken_once_in_a_chain(cast):
    program_create(chain=cast.chain, values=VALUES)
    before = state()
    with pytest.raises(IntegrityError, match="loyalty_program_code_once"), transaction.atomic():
        program_create(chain=cast.chain, values=VALUES | {"name": "Others"})
    assert state() == before
    other = Chain.objects.create(code="OTHER", name="Others")
    assert program_create(chain=other, values=VALUES).chain == other


def test_a_programme_is_changed_from_the_version_that_was_seen(program):
    changed = program_change(
        program=program, changes={"name": "Stars", "pending_days": 3}, expected_version=1
    )
    fresh = LoyaltyProgram.objects.get()
    assert (changed.version, fresh.version, fresh.name, fresh.pending_days) == (2, 2, "Stars", 3)
    stale = refused(
        "version_conflict",
        lambda: program_change(program=program, changes={"name": "Late"}, expected_version=1),
        VersionConflict,
    )
    assert stale.extra == {"version": 2}
    assert program_change(program=program, changes={"name": "Whichever"}).version == 3


def test_the_currency_stays_once_there_are_members(program, cast):
    assert program_change(program=program, changes={"currency": "CHF"}).currency == "CHF"
    loyalty_member_make(cast.alpha)
    refused(
        "program_currency_fixed",
        lambda: program_change(program=program, changes={"currency": "EUR", "name": "Euro club"}),
    )
    same = program_change(program=program, changes={"currency": "CHF", "name": "Club of francs"})
    assert (same.currency, same.name) == ("CHF", "Club of francs")


def test_a_hotel_takes_part_from_a_day_on_until_it_leaves(program, cast):
    house = program_property_make(cast.alpha)
    assert (house.joined_on, house.left_on, house.currency_rate) == (BEGAN, None, 1)
    house_leave(house=house, left_on=TODAY)
    days = [BEGAN - DAY, BEGAN, TODAY - DAY, TODAY]
    at = ProgramProperty.objects.at(cast.alpha.pk)
    assert [at.on(day).count() for day in days] == [0, 1, 1, 0]


def test_another_currency_needs_a_rate(program, cast):
    with_rate = {"program": program, "place": cast.beta, "joined_on": TODAY}
    refused("rate_required", lambda: house_join(**with_rate), InvalidInput)
    refused("rate_required", lambda: house_join(**with_rate, currency_rate=Decimal(0)), InvalidInput)
    house = house_join(**with_rate, currency_rate=Decimal("0.0062"))
    assert (house.property, house.currency_rate) == (cast.beta, Decimal("0.0062"))


def test_a_hotel_joins_no_programme_of_another_chain(cast):
    other = program_create(chain=Chain.objects.create(code="OTHER", name="Others"), values=VALUES)
    refused(
        "program_invalid",
        lambda: house_join(program=other, place=cast.alpha, joined_on=TODAY),
        InvalidInput,
    )


def test_a_hotel_takes_part_in_one_programme_at_a_time(program, cast):
    house = program_property_make(cast.alpha)
    stars = program_create(chain=cast.chain, values=VALUES)

    def join(day):
        return house_join(program=stars, place=cast.alpha, joined_on=day)

    refused("house_in_program", lambda: join(TODAY))
    house_leave(house=house, left_on=TODAY)
    refused("house_in_program", lambda: join(TODAY - DAY))
    assert join(TODAY).program == stars
    assert [row.program for row in ProgramProperty.objects.at(cast.alpha.pk).on(TODAY)] == [stars]


def test_a_hotel_leaves_once_and_not_before_it_joined(cast, program):
    house = program_property_make(cast.alpha)
    refused("left_invalid", lambda: house_leave(house=house, left_on=BEGAN - DAY), InvalidInput)
    assert house_leave(house=house, left_on=BEGAN).left_on == BEGAN
    refused("house_has_left", lambda: house_leave(house=house, left_on=TODAY))


def test_a_tier_is_made_and_changed(program):
    tier = tier_create(
        values={"program": program, "level": 1, "code": "silver", "name": "Silver", "min_nights": 10}
    )
    assert (tier.level, tier.min_nights, tier.needs) == (1, 10, "any")
    changed = tier_change(tier=tier, changes={"min_nights": 8, "level": 2})
    tier.refresh_from_db()
    assert (changed, tier.level, tier.min_nights, tier.name) == (tier, 2, 8, "Silver")
    assert tier_change(tier=tier, changes={"level": 2, "code": "silver"}) == tier


def test_a_tier_gives_what_the_house_can_honour(program, cast):
    silver = loyalty_tier_make(cast.alpha)
    values = {"program": program, "level": 3, "code": "platinum", "name": "Platinum"}
    for told in ({"sauna": True}, {"late_check_out": "25:00"}):
        refused(
            "benefits_invalid",
            lambda told=told: tier_change(tier=silver, changes={"benefits": told}),
            InvalidInput,
        )
        refused(
            "benefits_invalid",
            lambda told=told: tier_create(values={**values, "benefits": told}),
            InvalidInput,
        )
    assert tier_change(tier=silver, changes={"benefits": {"breakfast": True}}).benefits == {"breakfast": True}


def test_a_level_and_a_code_of_a_tier_are_taken_once(program, cast):
    silver = loyalty_tier_make(cast.alpha)
    gold = loyalty_tier_make(cast.alpha, level=2, code="gold", name="Gold")
    for taken in ({"level": 1}, {"code": "silver"}):
        values = {"program": program, "level": 3, "code": "platinum", "name": "Platinum"} | taken
        refused("tier_taken", lambda values=values: tier_create(values=values))
        refused("tier_taken", lambda taken=taken: tier_change(tier=gold, changes=taken | {"name": "Third"}))
    assert tier_change(tier=silver, changes={"name": "Siver"}).name == "Siver"


def test_the_first_tier_stays_the_first_and_asks_for_nothing(program):
    first = program.tiers.get(level=0)
    for changes in ({"min_nights": 1}, {"level": 4}):
        refused("first_tier_fixed", lambda changes=changes: tier_change(tier=first, changes=changes))
    changed = tier_change(tier=first, changes={"name": "Friend", "min_nights": None, "level": 0})
    assert (changed.name, changed.level) == ("Friend", 0)


def test_the_first_version_of_a_rule_is_open(program):
    made = rule_create(
        program=program, values={**RULE, "only": {"channel": ["web"]}, "never": {"market": ["ota"]}}
    )
    assert (made.version, made.valid_from, made.valid_until) == (1, BEGAN, None)
    assert rates(program, BEGAN - DAY) == []
    assert rates(program, BEGAN) == [500]


def test_a_code_of_a_rule_is_taken_once_also_when_it_has_ended(program):
    made = rule_create(program=program, values=RULE)
    refused("rule_code_taken", lambda: rule_create(program=program, values=RULE))
    rule_end(rule=made, valid_until=TODAY)
    refused(
        "rule_code_taken", lambda: rule_create(program=program, values=RULE | {"valid_from": TODAY + DAY})
    )


def test_a_change_ends_the_version_the_day_before_and_keeps_all_else(rule):
    rule.most, rule.never = 900, {"channel": ["ota"]}
    rule.save()
    changed = rule_change(rule=rule, changes={"rate": 20}, valid_from=TODAY)
    assert versions() == [(1, 10, BEGAN, TODAY - DAY), (2, 20, TODAY, None)]
    assert (changed.code, changed.name, changed.basis, changed.most, changed.never, changed.program) == (
        "spend", "Ten for each", "spend", 900, {"channel": ["ota"]}, rule.program,
    )  # fmt: skip
    assert [rates(rule.program, day) for day in (TODAY - DAY, TODAY)] == [[10], [20]]
    rule_change(rule=changed, changes={"rate": 30}, valid_from=TODAY + DAY)
    assert versions()[1:] == [(2, 20, TODAY, TODAY), (3, 30, TODAY + DAY, None)]


def test_only_the_open_version_is_changed_and_from_a_day_after_it_began(rule):
    refused("valid_from_invalid", lambda: rule_change(rule=rule, changes={}, valid_from=BEGAN), InvalidInput)
    rule_change(rule=rule, changes={"rate": 20}, valid_from=BEGAN + DAY)
    refused("rule_has_ended", lambda: rule_change(rule=rule, changes={"rate": 5}, valid_from=TODAY))
    refused("rule_has_ended", lambda: rule_end(rule=rule, valid_until=TODAY))


def test_a_rule_ends_with_its_last_departure(rule):
    refused("valid_from_invalid", lambda: rule_end(rule=rule, valid_until=BEGAN - DAY), InvalidInput)
    ended = rule_end(rule=rule, valid_until=TODAY)
    assert (ended.version, ended.valid_until) == (1, TODAY)
    assert [rates(rule.program, day) for day in (TODAY, TODAY + DAY)] == [[10], []]
    refused("rule_has_ended", lambda: rule_end(rule=rule, valid_until=date(2028, 1, 1)))


@pytest.mark.parametrize(
    "values",
    [
        {"only": {"weather": ["sunny"]}},
        {"never": {"channel": "ota"}},
        {"only": {"channel": ["web", 7]}},
        {"only": ["channel"]},
        {"basis": "percent", "groups": ["room"]},
    ],
    ids=["no such trait", "no list", "not a code", "no traits", "a share of groups"],
)
def test_conditions_that_nobody_can_read_are_refused(program, rule, values):
    refused("conditions_invalid", lambda: rule_create(program=program, values=RULE | values), InvalidInput)
    refused(
        "conditions_invalid", lambda: rule_change(rule=rule, changes=values, valid_from=TODAY), InvalidInput
    )


def test_conditions_are_read_together_with_those_that_stay(program):
    share = rule_create(program=program, values=RULE | {"code": "share", "basis": "percent", "rate": 25})
    rooms = rule_create(
        program=program, values=RULE | {"code": "rooms", "basis": "spend", "groups": ["room"]}
    )
    for rule, changes in ((share, {"groups": ["room"]}), (rooms, {"basis": "percent"})):
        refused(
            "conditions_invalid",
            lambda rule=rule, changes=changes: rule_change(rule=rule, changes=changes, valid_from=TODAY),
            InvalidInput,
        )
    changed = rule_change(rule=rooms, changes={"basis": "percent", "groups": []}, valid_from=TODAY)
    assert (changed.basis, changed.groups) == ("percent", [])
