"""What may be done with a reservation as it stands."""

from hotel.core.actions import Action
from hotel.reservations.action_ports import further_actions
from hotel.reservations.domain.lifecycle import Situation, actions
from hotel.reservations.models import Reservation


def situation_of(reservation: Reservation) -> Situation:
    """The reservation as the table of commands sees it; one query for its room unless ``with_rooms`` read it."""
    rooms = getattr(reservation, "rooms_now", None)
    has_room = bool(rooms) if rooms is not None else reservation.assignments.filter(released_at=None).exists()
    return Situation(
        status=reservation.status,
        arrival=reservation.arrival,
        departure=reservation.departure,
        business_date=reservation.property.business_date,
        is_day_use=reservation.is_day_use,
        has_room=has_room,
        is_room_locked=reservation.is_room_locked,
        is_shared=reservation.share_id is not None,
    )


def actions_of(reservation: Reservation) -> list[Action]:
    """All commands, then those of higher floors, each allowed or denied with a stable code and a reason.

    Whoever asks: ``hotel.accounts.selectors.actions.actions_for`` narrows them to a caller.
    """
    situation = situation_of(reservation)
    return [*actions(situation), *further_actions(reservation, situation)]
