"""The life of a redemption: points and stock are taken by the hold, and go back to where they came from."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from hotel.contracts.loyalty import RedemptionUndone, RewardRedeemed
from hotel.core.exceptions import Conflict, InvalidInput
from hotel.core.locks import LockRefused
from loyalty.choices import MemberStatus, PointKind
from loyalty.domain.lots import Balance
from loyalty.models import PointLot, PointTransaction, RewardRedemption
from loyalty.selectors.balances import member_balance
from loyalty.selectors.rewards import taken_of
from loyalty.services.enrolment import member_set_status
from loyalty.services.points import PointEvent, PointsMissing, member_locked, points_spend
from loyalty.services.redemptions import (
    RedemptionAsked,
    redemption_cancel,
    redemption_confirm,
    redemption_fulfil,
    redemption_redeem,
    redemption_refund,
    redemption_release,
)
from tests.cast import TODAY, make_cast
from tests.factories.loyalty import (
    loyalty_member_make,
    loyalty_tier_make,
    points_make,
    reward_make,
    reward_redemption_make,
)
from tests.factories.reservations import house_make
from tests.loyalty.conftest import NOON
from tests.loyalty.services.unchanged import refused, told
from tests.structure import by_owner
from tests.together import together

DAY = timedelta(days=1)


@pytest.fixture
def lots(member):
    """Two lots: 700 that end first, and 600."""
    member.program.expiry, member.program.expiry_months = "term", 12
    member.program.save()
    return [points_make(member, 700, day=TODAY - 30 * DAY).lots.get(), points_make(member, 600).lots.get()]


def hold(member, reward, **over):
    return reward_redemption_make(member.home, member, reward, **over)


def confirmed(member, reward, **over):
    return redemption_confirm(redemption=hold(member, reward, **over), actor=None)


def left():
    return list(PointLot.objects.order_by("pk").values_list("left", flat=True))


def total(member):
    member.refresh_from_db()
    return member_balance(member, TODAY)


def test_a_hold_freezes_the_price_and_takes_points_and_stock(cast, member, lots):
    reward = reward_make(cast.alpha, stock=3, settlement_rate=Decimal("7.50"), hold_minutes=30)
    held = hold(member, reward)
    held.refresh_from_db()
    assert (held.status, held.kind, held.quantity, held.price, held.points, held.because) == (
        "held", "service", 1, 1000, 1000, [["base", 1000]],
    )  # fmt: skip
    assert (held.value, held.cash, held.held_until, held.settlement, held.closed_at) == (
        Decimal("7.500"), 0, NOON + timedelta(minutes=30), None, None,
    )  # fmt: skip
    spent = held.spent
    assert (spent.kind, spent.points, spent.because, spent.property, spent.business_date) == (
        PointKind.REDEMPTION, -1000, "Breakfast", cast.alpha, TODAY,
    )  # fmt: skip
    assert (left(), total(member), taken_of(reward)) == ([0, 300], Balance(300, 0), 1)
    assert told(RewardRedeemed) == []


def test_several_cost_several_times(cast, member, lots):
    held = hold(member, reward_make(cast.alpha, base=400, settlement_rate=2), quantity=3)
    assert (held.price, held.points, held.value, held.spent.because) == (400, 1200, 6, "3 × Breakfast")


def test_who_has_too_few_points_takes_nothing(cast, member, lots):
    reward = reward_make(cast.alpha, base=1301, stock=1)
    found = refused("points_missing", lambda: hold(member, reward), PointsMissing)
    assert (found.extra, left(), taken_of(reward)) == ({"missing": 1}, [700, 600], 0)


def test_what_is_confirmed_is_told(cast, member, lots):
    done = confirmed(member, reward_make(cast.alpha, settlement_rate=Decimal("7.5")))
    assert (done.status, done.closed_at) == ("confirmed", None)
    (fact,) = told(RewardRedeemed)
    assert {name: fact[name] for name in ("redemption_id", "reward_kind", "points", "member_id")} == {
        "redemption_id": done.pk, "reward_kind": "service", "points": 1000, "member_id": member.pk,
    }  # fmt: skip
    member.refresh_from_db()
    assert member.active_on == TODAY
    refused("redemption_confirmed", lambda: redemption_confirm(redemption=done, actor=None))


def test_a_cancelled_hold_gives_all_back_into_the_very_lots(cast, member, lots):
    held = hold(member, reward_make(cast.alpha, stock=1, penalty_percent=50))
    gone = redemption_cancel(redemption=held, actor=cast.bo, reason=" Ill ")
    assert (gone.status, gone.returned, gone.reason, gone.closed_at) == ("cancelled", 1000, "Ill", NOON)
    assert (left(), taken_of(gone.reward)) == ([700, 600], 0)
    back = PointTransaction.objects.get(kind=PointKind.GIVEN_BACK)
    assert (back.points, back.actor, back.because) == (1000, cast.bo, "Breakfast: cancelled")
    assert told(RedemptionUndone) == []
    refused("redemption_cancelled", lambda: redemption_cancel(redemption=held, actor=None))


def test_cancelling_what_was_confirmed_costs_its_penalty(cast, member, lots):
    gone = redemption_cancel(
        redemption=confirmed(member, reward_make(cast.alpha, penalty_percent=25)), actor=None
    )
    assert (gone.returned, total(member).usable) == (750, 1050)
    assert left() == [450, 600]  # the lot that gave last has its points back first
    (fact,) = told(RedemptionUndone)
    assert (fact["status"], fact["returned"], fact["redemption_id"]) == ("cancelled", 750, gone.pk)


def test_a_penalty_may_be_all_of_it(cast, member, lots):
    gone = redemption_cancel(
        redemption=confirmed(member, reward_make(cast.alpha, penalty_percent=100)), actor=None
    )
    assert (gone.status, gone.returned, left()) == ("cancelled", 0, [0, 300])


def test_what_was_used_is_refunded_whole_when_the_house_says_why(cast, member, lots):
    used = redemption_fulfil(
        redemption=confirmed(member, reward_make(cast.alpha, stock=1, penalty_percent=50))
    )
    assert used.status == "fulfilled"
    refused("redemption_fulfilled", lambda: redemption_cancel(redemption=used, actor=None))
    refused(
        "reason_required",
        lambda: redemption_refund(redemption=used, actor=None, reason=" "),
        InvalidInput,
    )
    done = redemption_refund(redemption=used, actor=cast.ada, reason="Cold eggs")
    assert (done.status, done.returned, done.reason, left()) == ("refunded", 1000, "Cold eggs", [700, 600])
    assert taken_of(done.reward) == 0
    refused("redemption_refunded", lambda: redemption_refund(redemption=used, actor=None, reason="Twice"))


def test_a_hold_that_is_over_is_released_and_not_confirmed(cast, member, lots, noon):
    held = hold(member, reward_make(cast.alpha, stock=1))
    noon.shift(timedelta(minutes=59))
    assert redemption_release(redemption_id=held.pk) is False
    noon.shift(timedelta(minutes=1))
    refused("hold_over", lambda: redemption_confirm(redemption=held, actor=None))
    assert redemption_release(redemption_id=held.pk) is True
    held.refresh_from_db()
    assert (held.status, held.returned, left(), taken_of(held.reward)) == ("released", 1000, [700, 600], 0)
    assert redemption_release(redemption_id=held.pk) is False


def test_what_went_back_after_its_last_day_is_back_in_its_lot(cast, member, lots, noon):
    held = hold(member, reward_make(cast.alpha))
    noon.shift(timedelta(days=340))  # the first lot is over
    redemption_cancel(redemption=held, actor=None)
    assert left() == [700, 600]
    assert member_balance(member, TODAY + 340 * DAY).usable == 600


def test_the_last_one_is_taken_once(cast, member, lots):
    reward = reward_make(cast.alpha, base=100, stock=2)
    hold(member, reward)
    found = refused("reward_gone", lambda: hold(member, reward, quantity=2))
    assert found.extra == {"left": 1}
    hold(member, reward)
    assert refused("reward_gone", lambda: hold(member, reward)).extra == {"left": 0}


@pytest.mark.parametrize("over", [{"quantity": 0}, {"quantity": 101}, {"quantity": -1}])
def test_some_are_redeemed_and_not_beyond_measure(cast, member, lots, over):
    reward = reward_make(cast.alpha, base=1)
    refused("quantity_invalid", lambda: hold(member, reward, **over), InvalidInput)


def test_points_and_money(cast, member, lots):
    reward = reward_make(cast.alpha, cash_percent=50, cash_per_point=Decimal("0.01"))
    held = hold(member, reward, points=600)
    assert (held.price, held.points, held.cash, -held.spent.points) == (1000, 600, Decimal("4.00"), 600)
    refused("points_invalid", lambda: hold(member, reward, points=499), InvalidInput)


@pytest.mark.parametrize(
    "values",
    [
        {"is_active": False},
        {"valid_from": TODAY + DAY},
        {"valid_until": TODAY - DAY},
    ],
    ids=["at rest", "not yet", "over"],
)
def test_what_is_not_offered_is_not_redeemed(cast, member, lots, values):
    reward = reward_make(cast.alpha, **values)
    refused("reward_not_offered", lambda: hold(member, reward))


def test_its_first_and_last_day_are_days_of_it(cast, member, lots):
    assert hold(member, reward_make(cast.alpha, valid_from=TODAY, valid_until=TODAY)).status == "held"


def test_a_reward_is_of_the_members_programme_and_of_its_hotels(cast, member, lots):
    strange = reward_make(cast.beta)
    refused("reward_not_offered", lambda: hold(member, strange))
    own = reward_make(cast.alpha)
    asked = RedemptionAsked(member=member, reward=own, place=cast.beta)
    refused("reward_not_offered", lambda: redemption_redeem(asked=asked, actor=None))


def test_a_reward_may_be_for_higher_tiers(cast, member, lots):
    silver = loyalty_tier_make(cast.alpha)
    reward = reward_make(cast.alpha, min_tier=silver)
    refused("tier_too_low", lambda: hold(member, reward))
    member.tier = silver
    member.save()
    assert (
        redemption_redeem(
            asked=RedemptionAsked(member=member, reward=reward, place=cast.alpha),
            actor=None,
        ).status
        == "confirmed"
    )


def test_only_active_members_redeem_but_points_go_back_to_all(cast, member, lots):
    reward = reward_make(cast.alpha, base=100)
    held = hold(member, reward)
    member_set_status(member=member, status=MemberStatus.SUSPENDED)
    refused("member_not_active", lambda: hold(member, reward))
    assert redemption_cancel(redemption=held, actor=None).returned == 100


def test_a_night_is_a_night_of_the_members_stay_and_free_once(cast, member, lots):
    house = house_make(cast.alpha)
    stay = house.reserve(2, 3, primary_guest=member.guest)
    other = house.reserve(2, 5)
    night = reward_make(cast.alpha, code="night", name="Free night", kind="free_night", base=100)
    refused("reservation_invalid", lambda: hold(member, night), InvalidInput)
    refused("reservation_invalid", lambda: hold(member, night, reservation=other), InvalidInput)
    for days in ((0, 2), (4, 4), (3, 8)):
        span = dict(zip(("first_day", "past_day"), (TODAY + day * DAY for day in days), strict=True))
        refused("days_invalid", lambda span=span: hold(member, night, reservation=stay, **span), InvalidInput)
    held = hold(member, night, reservation=stay, first_day=TODAY + 3 * DAY)
    assert (held.first_day, held.past_day, held.quantity, held.points) == (
        TODAY + 3 * DAY, TODAY + 5 * DAY, 2, 200,
    )  # fmt: skip
    refused("night_is_free", lambda: hold(member, night, reservation=stay))
    assert hold(member, night, reservation=stay, past_day=TODAY + 3 * DAY).quantity == 1
    redemption_cancel(redemption=held, actor=None)
    assert hold(member, night, reservation=stay, first_day=TODAY + 4 * DAY).quantity == 1


@pytest.mark.parametrize(
    ("values", "name"),
    [
        ({"points": 5}, "keeps what it is"),
        ({"member_id": None}, "keeps what it is"),
        ({"price": 5}, "keeps what it is"),
        ({"status": "fulfilled"}, "does not go from held to fulfilled"),
        ({"status": "refunded", "closed_at": NOON}, "does not go from held to refunded"),
        ({"status": "cancelled"}, "loyalty_redemption_closed"),
        ({"returned": 5}, "keeps what it is"),
    ],
)
def test_the_database_keeps_what_a_redemption_is(cast, values, name):
    reward_redemption_make(cast.alpha)
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        RewardRedemption.objects.update(**values)


def test_a_redemption_is_not_deleted_and_its_points_count_once(cast, member, lots):
    held = reward_redemption_make(cast.alpha, member, reward_make(cast.alpha, base=100))
    with by_owner(), pytest.raises(IntegrityError, match="not deleted"), transaction.atomic():
        held.delete()
    held.refresh_from_db()
    again = {name.attname: getattr(held, name.attname) for name in held._meta.concrete_fields}
    for over, error in (
        ({}, "loyalty_rewardredemption_spent_id"),
        ({"points": 99}, "costs what its transaction took"),
        ({"status": "confirmed"}, "begins with a hold"),
        ({"spent_id": lots[0].transaction_id}, "costs what its transaction took"),
    ):
        with pytest.raises(IntegrityError, match=error), transaction.atomic():
            RewardRedemption.objects.create(**{**again, "id": None, **over})


def test_the_database_never_gives_more_than_there_are(cast, member, lots):
    reward = reward_make(cast.alpha, base=100, stock=1)
    held = hold(member, reward)
    event = PointEvent(
        member=member_locked(member.pk), property_id=cast.alpha.pk, day=TODAY, kind=PointKind.REDEMPTION, because="Behind",
    )  # fmt: skip
    spent = points_spend(event, 100, on=TODAY)
    more = {name.attname: getattr(held, name.attname) for name in held._meta.concrete_fields}
    with pytest.raises(IntegrityError, match="only 1 of this reward"), transaction.atomic():
        RewardRedemption.objects.create(**{**more, "id": None, "spent_id": spent.pk})
    assert taken_of(reward) == 1


def patiently(member, reward):
    """Hold, and try again when somebody else was not done in time, as a client does."""
    while True:
        try:
            return hold(member, reward)
        except LockRefused:
            continue


@pytest.mark.django_db(transaction=True)
def test_of_32_redeemers_on_one_member_as_many_win_as_his_points_allow():
    alpha = make_cast().alpha
    member, reward = loyalty_member_make(alpha), reward_make(alpha, base=100)
    points_make(member, 450)
    points_make(member, 350)

    found = together(*[lambda: patiently(member, reward)] * 32)

    won = [one for one in found if isinstance(one, RewardRedemption)]
    assert {type(one) for one in found if one not in won} == {PointsMissing}
    assert (len(won), total(member), left()) == (8, Balance(0, 0), [0, 0])
    spent = PointTransaction.objects.filter(kind=PointKind.REDEMPTION)
    assert list(spent.values_list("points", flat=True)) == [-100] * 8


@pytest.mark.django_db(transaction=True)
def test_of_32_members_as_many_get_the_last_pieces_as_there_are():
    alpha = make_cast().alpha
    reward = reward_make(alpha, base=100, stock=3)
    members = [loyalty_member_make(alpha) for _ in range(32)]
    for member in members:
        points_make(member, 100)

    found = together(*[lambda member=member: patiently(member, reward) for member in members])

    won = [one for one in found if isinstance(one, RewardRedemption)]
    assert {(type(one), one.code) for one in found if one not in won} == {(Conflict, "reward_gone")}
    assert (len(won), taken_of(reward)) == (3, 3)
    assert sorted(left()) == [0] * 3 + [100] * 29


@pytest.mark.django_db(transaction=True)
def test_who_confirms_while_another_cancels_is_one_of_both():
    alpha = make_cast().alpha
    held = reward_redemption_make(alpha)

    found = together(
        lambda: redemption_confirm(redemption=held, actor=None),
        lambda: redemption_cancel(redemption=held, actor=None),
        lambda: redemption_cancel(redemption=held, actor=None),
    )

    held.refresh_from_db()
    cancelled = [one for one in found[1:] if isinstance(one, RewardRedemption)]
    assert (held.status, held.returned, len(cancelled), left()) == ("cancelled", 1000, 1, [1000])
    assert PointTransaction.objects.filter(kind=PointKind.GIVEN_BACK).count() == 1
