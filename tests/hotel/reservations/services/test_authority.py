"""Rules are set aside with the right and a reason; prices within the limits of one's roles."""

from decimal import Decimal

import pytest

from hotel.core.exceptions import NotPermitted, RuleBroken
from hotel.reservations.services.authority import Authority

REFUSAL = ("A rule.", {"code": "a_rule"})


def refusal() -> RuleBroken:
    return RuleBroken(REFUSAL[0], **REFUSAL[1])


def test_the_right_and_a_reason_together_let_pass(cast):
    Authority(cast.alpha, cast.ada, "Because.").require(refusal())
    Authority(cast.alpha, None, "The house itself.").require(refusal())


@pytest.mark.parametrize(
    ("who", "reason", "can_override"),
    [("ada", "", True), ("bo", "Because.", False), ("eve", "Because.", False), ("", "", True)],
)
def test_one_of_them_is_not_enough(cast, who, reason, can_override):
    authority = Authority(cast.alpha, getattr(cast, who) if who else None, reason)

    with pytest.raises(RuleBroken) as refused:
        authority.require(refusal())

    assert refused.value.extra == {"can_override": can_override}


def test_waiving_asks_for_the_right_first_and_then_the_reason(cast):
    with pytest.raises(NotPermitted) as refused:
        Authority(cast.alpha, cast.bo, "Because.").require_waiver()
    assert refused.value.code == "waiver_not_permitted"
    with pytest.raises(RuleBroken) as refused:
        Authority(cast.alpha, cast.ada).require_waiver()
    assert refused.value.code == "reason_required"
    Authority(cast.alpha, cast.ada, "Our fault.").require_waiver()


def test_discounts_end_at_the_limit_of_the_role_and_who_may_override_rates_has_none(cast):
    Authority(cast.alpha, cast.bo).approve_discount(Decimal("0.10"))
    Authority(cast.alpha, cast.di).approve_discount(Decimal("-0.5"))
    Authority(cast.alpha, cast.val).approve_discount(Decimal("0.99"))
    Authority(cast.alpha, None).approve_discount(Decimal(1))
    with pytest.raises(RuleBroken) as refused:
        Authority(cast.alpha, cast.bo).approve_discount(Decimal("0.11"))
    assert refused.value.extra == {"discount_rate": "0.11", "max_discount_rate": "0.1000"}


def test_a_price_where_no_rate_is_set_needs_the_right_to_override_rates(cast):
    for who in (cast.val, None):
        Authority(cast.alpha, who).approve_free_price()
    with pytest.raises(RuleBroken) as refused:
        Authority(cast.alpha, cast.bo).approve_free_price()
    assert refused.value.code == "rate_override_not_permitted"
