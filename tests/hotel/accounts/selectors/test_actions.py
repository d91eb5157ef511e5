"""Commands as this very caller may give them: by state, right and approval limit."""

from hotel.accounts.models import Role, RoleLimit, User
from hotel.accounts.selectors.actions import actions_for
from hotel.core.actions import Action

REVERSE = Action("reverse", True, verb="adjust", area="folios")
CLOSE = Action("close", False, "balance_open", "Not settled.", verb="manage", area="folios")
REFUND = Action("refund", True, verb="adjust", area="folios", approval="refund")
REBATE = Action("rebate", True, verb="adjust", area="folios", approval="rebate")


def codes(user, place, *actions):
    return [(action.name, action.code) for action in actions_for(user, place.pk, actions)]


def test_what_the_caller_holds_no_right_for_is_denied_before_its_state_is_looked_at(cast):
    assert codes(cast.rae, cast.alpha, REVERSE, CLOSE) == [
        ("reverse", "permission_denied"),
        ("close", "permission_denied"),
    ]
    assert codes(cast.cy, cast.alpha, REVERSE, CLOSE) == [("reverse", ""), ("close", "balance_open")]


def test_a_right_counts_where_it_is_held(cast):
    (there,) = actions_for(cast.cy, cast.beta.pk, [REVERSE])
    assert (there.is_allowed, there.code, bool(there.reason)) == (False, "permission_denied", True)
    assert actions_for(cast.ada, cast.beta.pk, [REVERSE]) == [REVERSE]


def test_who_may_approve_nothing_is_denied_what_needs_an_approval(cast):
    assert codes(cast.bo, cast.alpha, REFUND, REBATE) == [("refund", "refund_limit"), ("rebate", "")]
    RoleLimit.objects.filter(role=Role.objects.get(code="front_desk")).delete()
    assert codes(cast.bo, cast.alpha, REFUND, REBATE)[1] == ("rebate", "rebate_above_limit")
    assert codes(cast.cy, cast.alpha, REFUND, REBATE) == [("refund", ""), ("rebate", "")]
    assert codes(User.objects.create_superuser("root"), cast.alpha, REFUND) == [("refund", "")]


def test_limits_are_asked_once_and_only_when_they_matter(cast, django_assert_num_queries):
    actions_for(cast.bo, cast.alpha.pk, [REVERSE])
    with django_assert_num_queries(0):
        actions_for(cast.bo, cast.alpha.pk, [REVERSE, CLOSE, REFUND.denied("payment_status", "Pending.")])
    with django_assert_num_queries(4):
        actions_for(cast.bo, cast.alpha.pk, [REFUND, REBATE])
