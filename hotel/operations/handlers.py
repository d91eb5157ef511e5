"""What operations does when the day begins, guests come, move and leave, or a room changes.

Each handler lets the rooms concerned have the tasks that they want now, so all are repeatable in any order.
"""

from hotel.contracts.reservations import (
    NoShowMarked,
    ReservationCancelled,
    ReservationChanged,
    ReservationFact,
    ReservationReinstated,
    RoomAssigned,
)
from hotel.contracts.rooms import RoomStatusChanged
from hotel.contracts.stays import (
    BusinessDayClosed,
    CheckInReverted,
    CheckOutReinstated,
    LateCheckOutAgreed,
    RoomMoved,
    StayCheckedIn,
    StayCheckedOut,
    StayShortened,
)
from hotel.core.facts import subscribe
from hotel.operations.selectors.room_days import rooms_of_stay
from hotel.operations.services.room_days import room_days_settle
from hotel.rooms.choices import StatusSource


@subscribe(BusinessDayClosed)
def on_business_day_closed(fact: BusinessDayClosed) -> None:
    """Every room has the task of the new day. Repeatable."""
    room_days_settle(property_id=fact.property_id)  # type: ignore[arg-type]


@subscribe(StayCheckedIn)
def on_stay_checked_in(fact: StayCheckedIn) -> None:
    """The room needs no look before its guest comes. Repeatable."""
    _settle(fact)


@subscribe(CheckInReverted)
def on_check_in_reverted(fact: CheckInReverted) -> None:
    """The room is tidied again for its guest. Repeatable."""
    _settle(fact)


@subscribe(RoomMoved)
def on_room_moved(fact: RoomMoved) -> None:
    """The old room is cleaned as after a departure; the guest has his service in the new one. Repeatable."""
    _settle(fact)


@subscribe(StayShortened)
def on_stay_shortened(fact: StayShortened) -> None:
    """A stayover clean becomes a departure clean. Repeatable."""
    _settle(fact)


@subscribe(LateCheckOutAgreed)
def on_late_check_out_agreed(fact: LateCheckOutAgreed) -> None:
    """The departure clean is due later. Repeatable."""
    _settle(fact)


@subscribe(StayCheckedOut)
def on_stay_checked_out(fact: StayCheckedOut) -> None:
    """The departure clean is due now. Repeatable."""
    _settle(fact)


@subscribe(CheckOutReinstated)
def on_check_out_reinstated(fact: CheckOutReinstated) -> None:
    """The departure clean is due when the guest leaves again. Repeatable."""
    _settle(fact)


@subscribe(RoomAssigned)
def on_room_assigned(fact: RoomAssigned) -> None:
    """A room that waits for a guest comes first. Repeatable."""
    _settle(fact)


@subscribe(ReservationChanged)
def on_reservation_changed(fact: ReservationChanged) -> None:
    """A departure clean of who stays longer becomes a stayover clean. Repeatable."""
    _settle(fact)


@subscribe(ReservationCancelled)
def on_reservation_cancelled(fact: ReservationCancelled) -> None:
    """No room waits for this guest. Repeatable."""
    _settle(fact)


@subscribe(ReservationReinstated)
def on_reservation_reinstated(fact: ReservationReinstated) -> None:
    """A room may wait for this guest again. Repeatable."""
    _settle(fact)


@subscribe(NoShowMarked)
def on_no_show_marked(fact: NoShowMarked) -> None:
    """No room waits for this guest. Repeatable."""
    _settle(fact)


@subscribe(RoomStatusChanged)
def on_room_status_changed(fact: RoomStatusChanged) -> None:
    """A room that is clean needs no cleaning, one that is dirty does. Repeatable.

    What stays do to rooms they tell themselves; the night audit does it before the day is over.
    """
    if fact.source != StatusSource.STAY:
        room_days_settle(property_id=fact.property_id, room_ids=[fact.room_id])  # type: ignore[arg-type]


def _settle(fact: ReservationFact) -> None:
    """The rooms of a stay that has begun, or begins today; those of later ones want nothing yet."""
    begins = min(fact.arrival, getattr(fact, "previous_arrival", fact.arrival))
    if begins <= fact.business_date and (room_ids := rooms_of_stay(fact.reservation_id)):
        room_days_settle(property_id=fact.property_id, room_ids=room_ids)  # type: ignore[arg-type]
