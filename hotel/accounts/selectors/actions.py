"""Which of the commands on a thing this very caller may give."""

from collections.abc import Mapping, Sequence
from typing import Any

from hotel.accounts.choices import LimitKind
from hotel.accounts.selectors.limits import ApprovalLimits, approval_limits
from hotel.core.actions import Action
from hotel.core.words import _, gettext_noop
from hotel.properties.scoping import grants_of

NO_RIGHT = gettext_noop("Your role here does not include it.")
# What the services refuse with when an amount is above the limit: here no amount at all may be approved.
NO_LIMIT: Mapping[str, tuple[str, str]] = {
    LimitKind.REFUND: ("refund_limit", gettext_noop("You may pay nothing back. Ask somebody who may.")),
    LimitKind.REBATE: ("rebate_above_limit", gettext_noop("You may let nothing off. Ask somebody who may.")),
}


def actions_for(user: Any, property_id: int, actions: Sequence[Action]) -> list[Action]:
    """Commands as the caller may give them, in the same order.

    A command that he holds no right for is denied as such, whatever the state of the thing: that is what he would be
    told. One that the state allows but that needs an approval of which he may give none is denied, too.

    Args:
        user: who asks; his token narrows his rights.
        property_id: where the thing is.
        actions: as the tables judge the thing, whoever asks.

    Returns:
        No query for the rights once they are read (see ``grants_of``); four for the limits, when one matters.
    """
    grants = grants_of(user)
    held = [
        action
        if grants.holds(action.verb, action.area, property_id)
        else action.denied("permission_denied", _(NO_RIGHT))
        for action in actions
    ]
    if not any(action.is_allowed and action.approval for action in held):
        return held
    limits = approval_limits(user, property_id)
    return [_approvable(action, limits) for action in held]


def _approvable(action: Action, limits: ApprovalLimits) -> Action:
    if not action.is_allowed or not action.approval:
        return action
    most = {LimitKind.REFUND: limits.max_refund, LimitKind.REBATE: limits.max_rebate}[
        LimitKind(action.approval)
    ]
    if most is None or most.amount > 0:
        return action
    code, reason = NO_LIMIT[action.approval]
    return action.denied(code, _(reason))
