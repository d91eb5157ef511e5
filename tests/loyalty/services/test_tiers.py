"""Members rise at once, keep their tier to its end, and fall softly; some are granted theirs."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from hotel.contracts.loyalty import TierChanged
from hotel.core.exceptions import InvalidInput
from loyalty.models import LoyaltyMember, TierChange, TierCredit
from loyalty.services.points import member_locked
from loyalty.services.programs import program_change
from loyalty.services.tiers import member_review, tier_grant, tiers_review
from tests.cast import TODAY
from tests.factories.loyalty import loyalty_member_make, loyalty_program_make, loyalty_tier_make
from tests.loyalty.services.unchanged import refused, state, told
from tests.structure import by_owner
from tests.together import together

JUNE = date(2027, 6, 30)
YEARS_END = date(2027, 12, 31)


@pytest.fixture
def silver(cast):
    """At ten nights."""
    return loyalty_tier_make(cast.alpha)


@pytest.fixture
def gold(cast, silver):
    """At twenty-five nights."""
    return loyalty_tier_make(cast.alpha, level=2, code="gold", name="Gold", min_nights=25)


def credit(member, nights, day=TODAY):
    return TierCredit.objects.create(member=member, property=member.home, day=day, nights=nights)


def review(member, **over):
    return member_review(member=member_locked(member.pk), **over)


def grant(member, tier, until=None, reason="Status match", actor=None):
    return tier_grant(member=member, tier=tier, until=until, reason=reason, actor=actor)


def held(member):
    fresh = LoyaltyMember.objects.select_related("tier").get(pk=member.pk)
    return fresh.tier.code, fresh.tier_since, fresh.tier_until


def history(member):
    rows = member.tier_changes.order_by("pk")
    return list(rows.values_list("before__code", "after__code", "on", "until", "reason"))


def at_midnight_of(noon, day):
    """The first instant of a day in Vienna, in winter."""
    noon.move_to(datetime(day.year, day.month, day.day, tzinfo=UTC) - timedelta(hours=1))


def test_a_member_rises_on_the_day_he_reaches_it(member, silver):
    credit(member, 9)
    before = state()
    assert review(member) is None
    assert state() == before
    credit(member, 1)
    change = review(member)
    assert (change.before.code, change.after, change.on, change.until) == (
        "member", silver, TODAY, date(2028, 12, 31),
    )  # fmt: skip
    assert (change.reason, change.because, change.actor) == ("earned", "Member → Silver: earned", None)
    assert held(member) == ("silver", TODAY, date(2028, 12, 31))
    member.refresh_from_db()
    assert member.version == 2


def test_the_house_is_told_where_it_happened(member, silver, cast):
    credit(member, 10)
    review(member, property_id=cast.beta.pk)
    (fact,) = told(TierChanged)
    wanted = {
        "property_id": cast.beta.pk,
        "member_id": member.pk,
        "guest_id": member.guest_id,
        "program_id": member.program_id,
        "before": "member",
        "after": "silver",
        "on": "2027-03-14",
        "until": "2028-12-31",
    }
    assert {name: fact[name] for name in wanted} == wanted


def test_a_second_review_changes_nothing(member, silver):
    credit(member, 10)
    review(member)
    before = state()
    assert review(member) is None
    assert state() == before


def test_who_reaches_two_tiers_at_once_has_the_higher(member, gold):
    credit(member, 30)
    review(member)
    assert history(member) == [("member", "gold", TODAY, date(2028, 12, 31), "earned")]


def test_who_earns_it_again_keeps_it_a_year_longer_without_a_change(member, silver, noon):
    credit(member, 10)
    review(member)
    noon.move_to(datetime(2028, 5, 1, 12, tzinfo=UTC))
    credit(member, 10, date(2028, 5, 1))
    assert review(member) is None
    assert held(member) == ("silver", TODAY, date(2029, 12, 31))
    assert len(told(TierChanged)) == len(history(member)) == 1


def test_a_correction_within_the_window_takes_no_tier_away(member, silver):
    credit(member, 10)
    review(member)
    credit(member, -10)
    assert review(member) is None
    assert held(member) == ("silver", TODAY, date(2028, 12, 31))


def test_who_falls_lands_one_level_a_year_at_midnight_of_the_zone(member, gold, noon):
    credit(member, 25)
    review(member)
    at_midnight_of(noon, date(2029, 1, 1))
    noon.shift(timedelta(seconds=-1))
    assert review(member) is None
    noon.shift(timedelta(seconds=1))
    assert review(member).because == "Gold → Silver: not kept"
    at_midnight_of(noon, date(2030, 1, 1))
    review(member)
    assert history(member)[1:] == [
        ("gold", "silver", date(2029, 1, 1), date(2029, 12, 31), "ended"),
        ("silver", "member", date(2030, 1, 1), None, "ended"),
    ]
    assert held(member) == ("member", date(2030, 1, 1), None)
    assert [(fact["after"], fact["until"]) for fact in told(TierChanged)] == [
        ("gold", "2028-12-31"),
        ("silver", "2029-12-31"),
        ("member", None),
    ]


@pytest.mark.parametrize(("nights", "lands_at"), [(0, "member"), (12, "silver")])
def test_a_hard_landing_is_what_the_year_before_has_earned(member, gold, noon, nights, lands_at):
    program_change(program=member.program, changes={"landing": "as_earned"})
    credit(member, 25)
    review(member)
    if nights:
        credit(member, nights, date(2028, 6, 1))
    at_midnight_of(noon, date(2029, 1, 1))
    review(member)
    assert held(member)[:2] == (lands_at, date(2029, 1, 1))
    assert held(member)[2] == (date(2029, 12, 31) if nights else None)


def test_grace_moves_the_end_of_a_tier(member, silver):
    program_change(program=member.program, changes={"grace_months": 2})
    credit(member, 10)
    review(member)
    assert held(member) == ("silver", TODAY, date(2029, 2, 28))


def test_what_was_told_after_the_years_end_counts_in_its_own_year(member, silver, noon):
    at_midnight_of(noon, date(2028, 1, 1))
    credit(member, 10, YEARS_END)
    review(member)
    assert held(member)[::2] == ("silver", date(2028, 12, 31))


def test_a_granted_tier_lasts_until_its_day_whatever_is_reviewed_meanwhile(member, silver, cast):
    granted = grant(member, silver, JUNE, actor=cast.ada)
    assert (granted.floor, granted.floor_until) == (silver, JUNE)
    change = member.tier_changes.get()
    assert (change.reason, change.because, change.actor) == ("granted", "Status match", cast.ada)
    assert history(member) == [("member", "silver", TODAY, JUNE, "granted")]
    (fact,) = told(TierChanged)
    assert (fact["property_id"], fact["after"], fact["until"]) == (cast.alpha.pk, "silver", "2027-06-30")
    before = state()
    assert review(member) is None
    assert state() == before
    assert held(member) == ("silver", TODAY, JUNE)


def test_a_granted_tier_ends_after_its_day(member, silver, noon):
    grant(member, silver, JUNE)
    noon.move_to(datetime(2027, 6, 30, 21, 59, 59, tzinfo=UTC))
    assert review(member) is None
    noon.move_to(datetime(2027, 6, 30, 22, tzinfo=UTC))
    review(member)
    assert history(member)[1:] == [("silver", "member", date(2027, 7, 1), None, "ended")]


def test_a_granted_tier_that_is_earned_lasts_as_one_that_is_earned(member, silver, noon):
    grant(member, silver, JUNE)
    credit(member, 10)
    assert review(member) is None
    assert held(member) == ("silver", TODAY, date(2028, 12, 31))
    assert len(history(member)) == 1


def test_a_tier_for_life_has_no_end(member, silver, noon):
    grant(member, silver)
    assert held(member) == ("silver", TODAY, None)
    noon.move_to(datetime(2040, 1, 1, 12, tzinfo=UTC))
    assert review(member) is None
    assert held(member) == ("silver", TODAY, None)


@pytest.mark.parametrize("code", ["silver", "member"])
def test_a_grant_for_life_ends_with_the_one_that_follows_it(member, silver, noon, code):
    grant(member, silver)
    grant(member, member.program.tiers.get(code=code), JUNE)
    assert held(member) == ("silver", TODAY, JUNE)
    noon.move_to(datetime(2027, 7, 1, 12, tzinfo=UTC))
    review(member)
    assert held(member) == ("member", date(2027, 7, 1), None)


def test_nights_of_a_lifetime_outlive_a_grant(member, silver):
    silver.lifetime_nights = 100
    silver.save()
    grant(member, silver)
    credit(member, 100, date(2020, 1, 1))
    grant(member, silver, JUNE)
    assert review(member) is None
    assert held(member) == ("silver", TODAY, None)


def test_what_was_granted_below_the_earned_tier_catches_who_falls(member, gold, silver, noon):
    program_change(program=member.program, changes={"landing": "as_earned"})
    credit(member, 25)
    review(member)
    granted = grant(member, silver, date(2029, 6, 30))
    assert (granted.tier, granted.floor, granted.floor_until) == (gold, silver, date(2029, 6, 30))
    assert len(history(member)) == 1
    at_midnight_of(noon, date(2029, 1, 1))
    review(member)
    assert held(member) == ("silver", date(2029, 1, 1), date(2029, 6, 30))
    noon.move_to(datetime(2029, 7, 1, 12, tzinfo=UTC))
    review(member)
    assert held(member) == ("member", date(2029, 7, 1), None)


def test_an_earned_tier_that_is_granted_longer_goes_on_without_a_change(member, silver, noon):
    credit(member, 10)
    review(member)
    grant(member, silver, date(2029, 6, 30))
    at_midnight_of(noon, date(2029, 1, 1))
    assert review(member) is None
    assert held(member) == ("silver", TODAY, date(2029, 6, 30))


def test_who_was_granted_one_may_earn_more(member, gold, silver):
    grant(member, silver)
    credit(member, 25)
    review(member)
    assert held(member) == ("gold", TODAY, date(2028, 12, 31))


def test_only_a_tier_of_the_programme_is_granted_with_a_reason_and_not_for_the_past(member, silver, cast):
    loyalty_program_make(cast.beta)
    strange = loyalty_tier_make(cast.beta)
    refused("tier_invalid", lambda: grant(member, strange), InvalidInput)
    refused("until_invalid", lambda: grant(member, silver, TODAY - timedelta(days=1)), InvalidInput)
    for reason in ("", " \n"):
        refused("reason_required", lambda reason=reason: grant(member, silver, reason=reason), InvalidInput)
    assert grant(member, silver, TODAY).floor_until == TODAY


def test_nights_of_a_lifetime_keep_a_tier_for_ever(member, silver, gold, noon):
    silver.lifetime_nights = 100
    silver.save()
    credit(member, 99, date(2020, 1, 1))
    assert review(member) is None
    credit(member, 1)
    review(member)
    assert held(member) == ("silver", TODAY, None)
    credit(member, 25)
    review(member)
    assert held(member) == ("gold", TODAY, date(2028, 12, 31))
    at_midnight_of(noon, date(2029, 1, 1))
    review(member)
    assert held(member) == ("silver", date(2029, 1, 1), None)


def test_several_members_are_reviewed_one_after_the_other(member, silver, cast):
    others = [loyalty_member_make(cast.alpha) for _ in range(2)]
    for one in (member, others[1]):
        credit(one, 10)
    ids = [one.pk for one in (others[1], others[0], member)]
    assert tiers_review(member_ids=ids) == 2
    assert [held(one)[0] for one in (member, *others)] == ["silver", "member", "silver"]
    assert tiers_review(member_ids=ids) == 0


def test_a_departure_on_the_first_day_of_a_year_ahead_of_the_zone_counts_at_once(member, silver, gold, noon):
    noon.move_to(datetime(2027, 12, 31, 16, tzinfo=UTC))  # 1 January in Tokyo
    credit(member, 10, date(2028, 1, 1))
    assert review(member) is None
    assert review(member, day=date(2028, 1, 1)).after == silver
    assert held(member) == ("silver", date(2028, 1, 1), date(2029, 12, 31))
    before = state()
    assert review(member) is None
    assert state() == before


def test_nobody_falls_before_the_midnight_of_the_zone_by_a_departure_ahead_of_it(member, silver, noon):
    credit(member, 10)
    review(member)
    noon.move_to(datetime(2028, 12, 31, 16, tzinfo=UTC))
    credit(member, 1, date(2029, 1, 1))
    assert review(member, day=date(2029, 1, 1)) is None
    assert held(member) == ("silver", TODAY, YEARS_END.replace(year=2028))


@pytest.mark.parametrize(("model", "values"), [(TierChange, {"on": TODAY}), (TierCredit, {"nights": 99})])
def test_the_history_is_never_changed(member, silver, model, values):
    credit(member, 10)
    review(member)
    before = state()
    with by_owner():  # nobody else has the right at all
        with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
            model.objects.update(**values)
        with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
            model.objects.all().delete()
    assert state() == before


@pytest.mark.django_db(transaction=True)
def test_who_waits_while_another_one_changes_the_tier_finds_the_member(member, silver):
    results = together(*[lambda: grant(member, silver)] * 4)
    assert [(type(one), getattr(one, "tier", None)) for one in results] == [(LoyaltyMember, silver)] * 4
    assert history(member) == [("member", "silver", TODAY, None, "granted")]
