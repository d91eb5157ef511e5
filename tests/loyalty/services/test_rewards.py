"""The catalogue: what can be priced by is kept, all else is refused."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from hotel.core.exceptions import Conflict, InvalidInput, VersionConflict
from loyalty.models import Reward
from loyalty.services.rewards import reward_change
from tests.factories.loyalty import (
    loyalty_member_make,
    loyalty_tier_make,
    points_make,
    reward_make,
    reward_redemption_make,
)
from tests.loyalty.services.unchanged import refused


def test_a_reward_keeps_its_numbers_as_text(cast):
    made = reward_make(cast.alpha, demand_steps=[{"from": Decimal("0.80"), "factor": Decimal("1.5")}])
    made.refresh_from_db()
    assert made.demand_steps == [{"from": "0.80", "factor": "1.5"}]
    assert (made.version, made.stock, made.hold_minutes, made.is_active) == (1, None, 60, True)


def test_a_code_is_taken_once(cast):
    reward_make(cast.alpha)
    refused("reward_code_taken", lambda: reward_make(cast.alpha, name="Other"))
    reward_make(cast.beta)
    assert Reward.objects.count() == 2


@pytest.mark.parametrize(
    ("over", "code"),
    [
        ({"demand_steps": [{"from": "x", "factor": "1"}]}, "terms_invalid"),
        ({"seasons": [{"name": "s"}]}, "terms_invalid"),
        ({"floor": 1001}, "terms_invalid"),
        ({"ceiling": 999}, "terms_invalid"),
        ({"floor": 0}, "terms_invalid"),
        ({"step": 0}, "terms_invalid"),
        ({"cash_percent": 10}, "terms_invalid"),
        ({"valid_from": date(2027, 3, 2), "valid_until": date(2027, 3, 1)}, "terms_invalid"),
        ({"tier_factors": {"gold": "0.9"}}, "tier_invalid"),
        ({"hotels": ["ALPHA", "MARS"]}, "hotels_invalid"),
    ],
)
def test_what_nobody_could_offer_is_refused(cast, over, code):
    loyalty_member_make(cast.alpha)
    refused(code, lambda: reward_make(cast.alpha, **over), InvalidInput)


def test_a_tier_and_a_hotel_are_of_the_programme(cast):
    strange, own = loyalty_tier_make(cast.beta), loyalty_tier_make(cast.alpha)
    refused("tier_invalid", lambda: reward_make(cast.alpha, min_tier=strange), InvalidInput)
    refused("hotels_invalid", lambda: reward_make(cast.alpha, hotels=[cast.beta.code]), InvalidInput)
    made = reward_make(cast.alpha, min_tier=own, hotels=[cast.alpha.code], tier_factors={"silver": "0.9"})
    assert (made.min_tier, made.hotels) == (own, [cast.alpha.code])


def test_a_change_holds_from_now_on(cast):
    member = loyalty_member_make(cast.alpha)
    points_make(member, 1000)
    reward = reward_make(cast.alpha)
    held = reward_redemption_make(cast.alpha, member, reward)
    changed = reward_change(reward=reward, changes={"base": 2000}, expected_version=1)
    assert (changed.base, changed.version) == (2000, 2)
    held.refresh_from_db()
    assert (held.price, held.points) == (1000, 1000)
    refused(
        "version_conflict",
        lambda: reward_change(reward=reward, changes={"base": 3000}, expected_version=1),
        VersionConflict,
    )
    refused("terms_invalid", lambda: reward_change(reward=reward, changes={"floor": 2001}), InvalidInput)


def test_a_stock_is_never_below_what_is_taken(cast):
    reward = reward_make(cast.alpha, stock=5)
    for _ in range(2):
        member = loyalty_member_make(cast.alpha)
        points_make(member, 1000)
        reward_redemption_make(cast.alpha, member, reward)
    found = refused("stock_below_taken", lambda: reward_change(reward=reward, changes={"stock": 1}), Conflict)
    assert found.extra == {"taken": 2}
    assert reward_change(reward=reward, changes={"stock": 2}).stock == 2


@pytest.mark.parametrize(
    "values", [{"base": 0}, {"step": 0}, {"penalty_percent": 101}, {"cash_percent": 100}, {"name": ""}]
)
def test_the_database_refuses_them_too(cast, values):
    reward_make(cast.alpha)
    with pytest.raises(IntegrityError), transaction.atomic():
        Reward.objects.update(**values)
