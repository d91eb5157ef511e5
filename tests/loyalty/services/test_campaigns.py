"""Campaigns: who takes part, how often, and never more than their budget, whatever order facts come in."""

import random
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.db.models import Sum

from hotel.core.exceptions import InvalidInput, VersionConflict
from hotel.folios.services.folios import folio_reopen
from hotel.properties.models import Chain
from hotel.stays.services.check_out import check_out_reinstate
from loyalty.models import BonusCampaign, CampaignRegistration, PointTransaction
from loyalty.selectors.campaigns import campaign_in_words
from loyalty.services.accrual import stay_settle
from loyalty.services.campaigns import campaign_change, campaign_create, campaign_register
from loyalty.services.enrolment import member_set_status
from loyalty.services.programs import program_create, rule_change
from tests.cast import TODAY
from tests.factories.folios import charge_make
from tests.factories.loyalty import (
    Visit,
    bonus_campaign_make,
    earning_rule_make,
    loyalty_member_make,
    loyalty_program_make,
)
from tests.loyalty.services.test_accrual import beside
from tests.loyalty.services.test_merges import merge
from tests.loyalty.services.unchanged import refused, state
from tests.together import together

DAY = timedelta(days=1)


def campaign(cast, rate=500, basis="night", **over):
    """So many points a night."""
    made = bonus_campaign_make(cast.alpha, **over)
    earning_rule_make(
        cast.alpha,
        code=f"c-{made.code}",
        name="More",
        basis=basis,
        rate=rate,
        campaign=made,
        is_qualifying=False,
    )
    return made


def stays(cast, *guests, nights=1):
    """Stays of one booking, each over."""
    visits = beside(cast.alpha, *guests, nights=nights)
    visits[0].nights_pass()
    for visit in visits:
        visit.leave()
    return visits


def settle(*visits):
    for visit in visits:
        stay_settle(reservation_id=visit.reservation.pk)


def given(made):
    made.refresh_from_db()
    booked = PointTransaction.objects.filter(rule__campaign=made).aggregate(Sum("points"))["points__sum"] or 0
    assert made.given == booked
    return booked


def test_a_campaign_gives_with_the_stay_and_is_corrected_with_it(cast, member):
    earning_rule_make(cast.alpha)
    made = campaign(cast)
    visit = Visit(cast.alpha, member.guest, nights=2)
    charge_make(visit.folio, "10.00", code="food")
    visit.nights_pass()
    visit.leave()
    settle(visit, visit)
    assert (given(made), PointTransaction.objects.count()) == (1000, 2)
    assert PointTransaction.objects.get(rule__campaign=made).because.endswith("2 nights × 500")
    check_out_reinstate(reservation=visit.reservation, actor=None)
    settle(visit, visit)
    assert given(made) == 0
    visit.leave()
    settle(visit)
    assert given(made) == 1000


def test_a_share_is_of_the_points_of_the_programmes_own_rules(cast, member):
    earning_rule_make(cast.alpha)
    double = campaign(cast, basis="percent", rate=100)
    campaign(cast, code="other", rate=700)
    visit = Visit(cast.alpha, member.guest, nights=1)
    charge_make(visit.folio, "30.00", code="food")
    visit.nights_pass()
    visit.leave()
    settle(visit)
    assert given(double) == 300
    folio_reopen(folio=visit.folio)
    charge_make(visit.folio, "5.00", code="food")
    settle(visit)
    assert given(double) == 350


def test_a_budget_ends_and_what_comes_back_is_free_for_others(cast, member):
    other = loyalty_member_make(cast.alpha)
    made = campaign(cast, budget=700)
    first, second = stays(cast, member.guest, other.guest)
    settle(first, second, first, second)
    assert given(made) == 700
    cut = PointTransaction.objects.filter(rule__campaign=made).order_by("pk")
    assert [(row.points, row.member) for row in cut] == [(500, member), (200, other)]
    assert cut[1].because.endswith("1 nights × 500, as the budget reaches")
    check_out_reinstate(reservation=first.reservation, actor=None)
    settle(first, second)
    assert given(made) == 500


@pytest.mark.django_db(transaction=True)
def test_of_eight_members_who_leave_at_once_nobody_overruns_the_budget(cast):
    guests = [loyalty_member_make(cast.alpha).guest for _ in range(4)]
    made = campaign(cast, budget=1200)
    visits = stays(cast, *guests)
    results = together(*[lambda visit=visit: settle(visit) for visit in visits * 2])
    assert results == [None] * 8
    assert given(made) == 1200
    points = PointTransaction.objects.order_by("-points").values_list("points", flat=True)
    assert list(points) == [500, 500, 200]


def test_the_database_itself_refuses_more_than_the_budget(cast):
    campaign(cast, budget=10)
    with pytest.raises(IntegrityError, match="loyalty_campaign_within_budget"), transaction.atomic():
        BonusCampaign.objects.update(given=11)


def test_it_gives_so_many_times_a_member(cast, member):
    made = campaign(cast, times=2)
    visits = stays(cast, *[member.guest] * 3)
    settle(*visits, *visits)
    assert given(made) == 1000
    check_out_reinstate(reservation=visits[0].reservation, actor=None)
    settle(*visits)
    assert given(made) == 1000  # the third stay has the place of the first


def test_who_must_register_does_so_by_the_day_of_departure(cast, member, noon):
    made = campaign(cast, needs_registration=True)
    late = loyalty_member_make(cast.alpha)
    first, second = stays(cast, member.guest, late.guest)
    registered = campaign_register(campaign=made, member=member)
    assert registered.on == TODAY
    noon.shift(2 * DAY)
    campaign_register(campaign=made, member=late)
    settle(first, second)
    assert (given(made), PointTransaction.objects.get().member) == (500, member)
    assert campaign_register(campaign=made, member=member) == registered
    assert CampaignRegistration.objects.count() == 2


@pytest.mark.parametrize(
    ("over", "points"),
    [
        ({"booked_until": TODAY - DAY}, 0),
        ({"booked_from": TODAY, "booked_until": TODAY}, 500),
        ({"booked_from": TODAY + DAY}, 0),
        ({"stay_from": TODAY + DAY}, 0),
        ({"stay_until": TODAY}, 0),
        ({"stay_from": TODAY, "stay_until": TODAY + DAY}, 500),
    ],
)
def test_days_of_booking_and_of_the_stay_decide(cast, member, over, points):
    made = campaign(cast, **over)
    settle(*stays(cast, member.guest))
    assert given(made) == points


def test_a_stay_keeps_the_version_of_its_departure(cast, member):
    made = campaign(cast)
    (visit,) = stays(cast, member.guest)
    settle(visit)
    rule_change(rule=made.rules.get(), changes={"rate": 900}, valid_from=TODAY + 9 * DAY)
    settle(visit)
    assert given(made) == 500
    assert made.rules.filter(valid_until=None).get().campaign == made


def test_shuffled_and_doubled_facts_give_the_same(cast, member):
    made = campaign(cast, times=2, budget=800)
    visits = stays(cast, *[member.guest] * 3)
    told = visits * 4
    random.Random(5).shuffle(told)
    settle(*told)
    assert given(made) == 800
    before = state()
    random.Random(6).shuffle(told)
    settle(*told)
    assert state() == before


def test_a_registration_goes_along_when_two_members_become_one(cast, member, noon):
    made = campaign(cast, needs_registration=True)
    other = loyalty_member_make(cast.alpha)
    (visit,) = stays(cast, other.guest)
    campaign_register(campaign=made, member=other)
    settle(visit)
    noon.shift(9 * DAY)
    campaign_register(campaign=made, member=member)
    merge((member, other))
    settle(visit)
    assert given(made) == 500
    assert set(CampaignRegistration.objects.values_list("on", flat=True)) == {TODAY}


def test_name_budget_and_last_day_change_and_nothing_else(cast, member):
    made = campaign(cast, budget=900)
    settle(*stays(cast, member.guest))
    new = campaign_change(
        campaign=made,
        changes={"name": "Summer", "budget": 500, "stay_until": TODAY + DAY},
        expected_version=1,
    )
    assert (new.name, new.budget, new.stay_until, new.version) == ("Summer", 500, TODAY + DAY, 2)
    spent = refused("budget_spent", lambda: campaign_change(campaign=made, changes={"budget": 499}))
    assert spent.extra == {"given": 500}
    refused("campaign_fixed", lambda: campaign_change(campaign=made, changes={"times": 3}), InvalidInput)
    refused(
        "campaign_days_invalid",
        lambda: campaign_change(campaign=made, changes={"stay_until": TODAY - DAY}),
        InvalidInput,
    )
    stale = lambda: campaign_change(campaign=made, changes={"name": "x"}, expected_version=1)  # noqa: E731
    refused(VersionConflict.code, stale, VersionConflict)


def test_what_is_over_is_neither_prolonged_nor_joined(cast, member):
    made = campaign(cast, needs_registration=True, stay_until=TODAY - DAY)
    refused("campaign_over", lambda: campaign_change(campaign=made, changes={"stay_until": TODAY + DAY}))
    refused("campaign_over", lambda: campaign_register(campaign=made, member=member))


def test_who_may_register(cast, member):
    everybody = campaign(cast)
    refused(
        "registration_not_needed",
        lambda: campaign_register(campaign=everybody, member=member),
        InvalidInput,
    )
    made = campaign(cast, code="closed", needs_registration=True)
    stranger = loyalty_member_make(cast.beta)
    refused("member_invalid", lambda: campaign_register(campaign=made, member=stranger), InvalidInput)
    member_set_status(member=member, status="suspended")
    refused("member_not_active", lambda: campaign_register(campaign=made, member=member))


def test_a_code_is_taken_once_and_days_are_in_order(cast):
    made = campaign(cast)
    values = {"code": "spring", "name": "x", "stay_from": TODAY, "stay_until": TODAY}
    refused("campaign_code_taken", lambda: campaign_create(program=made.program, values=values))
    for days in ({"stay_until": TODAY - DAY}, {"booked_from": TODAY, "booked_until": TODAY - DAY}):
        call = lambda days=days: campaign_create(program=made.program, values={**values, "code": "y", **days})  # noqa: E731
        refused("campaign_days_invalid", call, InvalidInput)


def test_a_rule_names_a_campaign_of_its_programme(cast):
    chain = Chain.objects.create(code="ELSE", name="Else")
    values = {"code": "E", "name": "Else", "currency": "EUR", "time_zone": "Europe/Vienna"}
    foreign = campaign_create(
        program=program_create(chain=chain, values=values),
        values={"code": "x", "name": "x", "stay_from": TODAY, "stay_until": TODAY},
    )
    loyalty_program_make(cast.alpha)
    refused("campaign_invalid", lambda: earning_rule_make(cast.alpha, campaign=foreign), InvalidInput)


def test_it_is_read_with_what_its_rules_give(cast):
    made = campaign(cast, budget=900)
    assert campaign_in_words(made) == (
        "Stays from 2026-01-01 to 2027-12-31, 900 points in all, 0 of them given: "
        "500 points for each night, rounded down; does not count for the tier."
    )
