"""What tasks weigh: shares of a room type's credits, and minutes of a credit."""

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal

# Kind to the share of the credits of the room's type; what is not named has no weight by itself.
SHARES: Mapping[str, Decimal] = {
    "departure": Decimal(1),
    "deep": Decimal(2),
    "linen": Decimal("0.7"),
    "stayover": Decimal("0.5"),
    "turndown": Decimal("0.2"),
    "pickup": Decimal("0.2"),
    "arrival": Decimal("0.1"),
    "inspection": Decimal("0.1"),
}
CENT = Decimal("0.01")
LONGEST = 32_767  # minutes that a column takes


def standard_credits(kind: str, room_credits: Decimal) -> Decimal:
    """The credits of a task in a room, on two places, rounded half up.

    Args:
        room_credits: what a departure clean of the room's type weighs.
    """
    return (SHARES.get(kind, Decimal(0)) * room_credits).quantize(CENT, ROUND_HALF_UP)


def standard_minutes(credits: Decimal, minutes_per_credit: int) -> int:
    """How long a task takes by the standard of the house, in whole minutes, rounded half up."""
    return min(LONGEST, int((credits * minutes_per_credit).quantize(Decimal(1), ROUND_HALF_UP)))
