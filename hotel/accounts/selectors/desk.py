"""What a PIN opens."""

from datetime import timedelta
from typing import Any

from hotel.accounts.domain.pins import LASTS_DAYS
from hotel.accounts.models import DeskPin, DeskSeat, User


def pin_state(*, user: User, session: str) -> dict[str, Any]:
    """Whether a person has a PIN, since when, until when it may be used, and until when it opens this session again.

    Args:
        user: whose.
        session: what lists of sessions call the one he is in.
    """
    kept = DeskPin.objects.filter(user=user).values_list("set_at", flat=True).first()
    seat = DeskSeat.objects.open().filter(device__user=user, session=session).first()
    return {
        "is_set": kept is not None,
        "set_at": kept,
        "renew_by": kept + timedelta(days=LASTS_DAYS) if kept is not None else None,
        "opens_here_until": seat.until if seat is not None else None,
    }
