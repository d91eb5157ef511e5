"""Who sees what of programmes, and the words of their rows."""

from datetime import timedelta

import pytest

from loyalty.choices import MemberStatus
from loyalty.models import (
    EarningRule,
    LoyaltyMember,
    LoyaltyProgram,
    LoyaltyTier,
    PointLot,
    PointMovement,
    PointTransaction,
    ProgramProperty,
    TierCredit,
)
from loyalty.services.programs import house_join, house_leave, rule_end
from tests.cast import TODAY
from tests.factories.loyalty import (
    earning_rule_make,
    loyalty_member_make,
    loyalty_program_make,
    points_make,
    program_property_make,
)

DAY = timedelta(days=1)


@pytest.fixture
def houses(cast):
    """A programme at each of the two hotels, each with a member, his points and a rule."""
    for place in (cast.alpha, cast.beta):
        earning_rule_make(place)
        member = loyalty_member_make(place)
        points_make(member)
        TierCredit.objects.create(member=member, property=place, day=TODAY, nights=1)
    return loyalty_program_make(cast.alpha), loyalty_program_make(cast.beta)


MODELS = [
    (LoyaltyProgram, "pk"),
    (EarningRule, "program_id"),
    (LoyaltyMember, "program_id"),
    (PointTransaction, "member__program_id"),
    (PointLot, "member__program_id"),
    (PointMovement, "member__program_id"),
    (TierCredit, "member__program_id"),
]


@pytest.mark.parametrize(("model", "program"), MODELS)
def test_each_sees_the_programmes_of_his_hotels(cast, houses, model, program):
    alpha, beta = (one.pk for one in houses)

    def seen(user):
        return sorted(model.objects.visible_to(user).values_list(program, flat=True))

    assert [seen(user) for user in (cast.ada, cast.bo, cast.eve)] == [[alpha, beta], [alpha], [beta]]
    assert seen(cast.ida) == []


@pytest.mark.parametrize(("model", "program"), MODELS)
def test_a_programme_is_of_all_its_hotels_also_of_those_that_left(cast, houses, model, program):
    alpha, _ = houses
    own = program_property_make(cast.beta)
    house_leave(house=own, left_on=TODAY)
    house = house_join(program=alpha, place=cast.beta, joined_on=TODAY, currency_rate=1)
    house_leave(house=house, left_on=TODAY)
    rows = model.objects.at_any([cast.beta.pk])
    assert sorted(rows.values_list(program, flat=True)) == sorted(one.pk for one in houses)
    assert list(model.objects.at_any([cast.alpha.pk]).values_list(program, flat=True)) == [alpha.pk]
    assert list(model.objects.at_any([])) == []


def test_tiers_are_seen_with_their_programme(cast, houses):
    assert [tier.program for tier in LoyaltyTier.objects.visible_to(cast.eve)] == [houses[1]]


def test_a_hotel_takes_part_from_its_first_day_to_the_one_before_it_left(cast):
    house = program_property_make(cast.alpha)
    house_leave(house=house, left_on=TODAY)
    days = (house.joined_on - DAY, house.joined_on, TODAY - DAY, TODAY)
    at = ProgramProperty.objects.at(cast.alpha.pk)
    assert [at.on(day).exists() for day in days] == [False, True, True, False]


def test_a_rule_holds_on_its_days_inclusive(cast):
    rule = earning_rule_make(cast.alpha)
    rule_end(rule=rule, valid_until=TODAY)
    days = (rule.valid_from - DAY, rule.valid_from, TODAY, TODAY + DAY)
    assert [EarningRule.objects.on(day).exists() for day in days] == [False, True, True, False]


def test_who_was_merged_into_another_one_stands_no_more(cast, member):
    other = loyalty_member_make(cast.alpha)
    LoyaltyMember.objects.filter(pk=member.pk).update(merged_into=other, status=MemberStatus.CLOSED)
    assert list(LoyaltyMember.objects.standing()) == [other]


def test_lots_with_points_and_those_that_are_over(member):
    member.program.expiry, member.program.expiry_months = "term", 1
    member.program.save()
    lot = points_make(member).lots.get()
    assert list(PointLot.objects.with_points()) == [lot]
    end = TODAY.replace(month=4)
    assert [PointLot.objects.over(day).exists() for day in (end, end + DAY)] == [False, True]
    points_make(member, points=10, day=TODAY - 400 * DAY)
    assert PointLot.objects.over(TODAY).count() == 1
