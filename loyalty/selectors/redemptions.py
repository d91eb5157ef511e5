"""Redemptions as the table of their commands sees them."""

from hotel.core.actions import Action
from hotel.core.clock import now
from loyalty.choices import RedemptionStatus, RewardKind
from loyalty.domain import redemptions
from loyalty.models import RewardRedemption
from loyalty.models.rewards import OF_A_STAY


def redemption_state(redemption: RewardRedemption) -> redemptions.RedemptionState:
    """What the table needs to know of one now."""
    is_held = redemption.status == RedemptionStatus.HELD
    return redemptions.RedemptionState(
        status=redemption.status,
        label=redemption.get_status_display(),
        is_over=is_held and redemption.held_until <= now(),
        is_billed=redemption.kind in OF_A_STAY,
        has_code=redemption.kind == RewardKind.VOUCHER,
    )


def redemption_action(redemption: RewardRedemption, command: str) -> Action:
    """Whether a command may be given now."""
    return redemptions.action(command, redemption_state(redemption))


def redemption_actions(redemption: RewardRedemption) -> list[Action]:
    """All commands, each allowed or denied with its reason."""
    return redemptions.actions(redemption_state(redemption))
