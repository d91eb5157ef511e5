"""Redemptions as the table of their commands sees them."""

from datetime import timedelta

from loyalty.selectors.redemptions import redemption_action, redemption_actions, redemption_state
from loyalty.services.redemptions import redemption_confirm
from tests.factories.loyalty import reward_redemption_make


def test_a_hold_is_over_at_its_instant(cast, noon):
    held = reward_redemption_make(cast.alpha)
    noon.shift(timedelta(minutes=59, seconds=59))
    assert (redemption_state(held).is_over, redemption_action(held, "confirm").is_allowed) == (False, True)
    noon.shift(timedelta(seconds=1))
    assert (redemption_state(held).is_over, redemption_action(held, "confirm").code) == (True, "hold_over")


def test_what_was_confirmed_is_never_over(cast, noon):
    done = redemption_confirm(redemption=reward_redemption_make(cast.alpha), actor=None)
    noon.shift(timedelta(days=2))
    assert not redemption_state(done).is_over
    assert [one.name for one in redemption_actions(done) if one.is_allowed] == ["fulfil", "cancel", "refund"]
