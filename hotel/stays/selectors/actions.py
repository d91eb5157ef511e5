"""What the desk may do with a reservation as it stands."""

from datetime import date
from typing import Any

from django.db.models import F, Q, QuerySet

from hotel.core.actions import Action
from hotel.guests.models import GuestDocument
from hotel.properties.choices import SettingKey
from hotel.properties.selectors.settings import setting_value, settings_at
from hotel.reservations.choices import ReservationStatus
from hotel.reservations.domain.lifecycle import Situation
from hotel.reservations.models import Reservation, RoomAssignment
from hotel.reservations.selectors.actions import situation_of
from hotel.reservations.selectors.presence import assignment_held
from hotel.reservations.selectors.sharing import mates_here
from hotel.rooms.choices import HousekeepingStatus
from hotel.rooms.models import Room, RoomPart
from hotel.stays.choices import AuditStatus
from hotel.stays.domain import eligibility
from hotel.stays.domain.eligibility import StaySituation
from hotel.stays.models import NightAudit
from hotel.stays.selectors.bills import bill_of

READY = {
    "any": frozenset(HousekeepingStatus.values),
    "clean": frozenset({HousekeepingStatus.CLEAN, HousekeepingStatus.INSPECTED}),
    "inspected": frozenset({HousekeepingStatus.INSPECTED}),
}


def stay_actions(reservation: Reservation, situation: Situation) -> list[Action]:
    """The commands of the desk, each allowed or denied with a stable code and a reason.

    Args:
        situation: as the reservations floor sees it.
    """
    return eligibility.stay_actions(stay_situation(reservation, situation))


def stay_obstacles(reservation: Reservation, command: str) -> list[Action]:
    """Everything that stands against a command of the desk now; empty when it may be given."""
    return eligibility.stay_obstacles(command, stay_situation(reservation, situation_of(reservation)))


def stay_situation(reservation: Reservation, situation: Situation) -> StaySituation:
    """The stay as the table of the desk sees it.

    Asks the database only for what can matter as the stay stands: nothing for one that is to come on a later day or
    is over.
    """
    facts: dict[str, Any] = {}
    if _concerns_today(situation):
        facts["is_day_closing"] = is_day_closing(reservation.property_id, situation)
    if situation.status == ReservationStatus.CONFIRMED and situation.arrival == situation.business_date:
        facts |= _arriving(reservation)
    if situation.status == ReservationStatus.IN_HOUSE:
        facts |= vars(bill_of(reservation, situation.business_date))
    if situation.status == ReservationStatus.CHECKED_OUT and situation.departure >= situation.business_date:
        room = room_tonight(reservation)
        facts["is_room_vacant"] = room is None or not _strangers_in(room, reservation).exists()
    return StaySituation(**{**vars(situation), **facts})


def is_day_closing(property_id: int, situation: Situation) -> bool:
    """Whether the night audit of the open business date has begun and is not over."""
    audits = NightAudit.objects.at(property_id).filter(
        business_date=situation.business_date, status=AuditStatus.RUNNING
    )
    return audits.exists()


def room_tonight(reservation: Reservation) -> Room | None:
    """The room the stay has on the open business date, or on its arrival day before it has come."""
    day = max(reservation.arrival, reservation.property.business_date)
    rows = getattr(reservation, "rooms_now", None)
    if rows is None:
        rows = list(
            reservation.assignments.filter(released_at=None).select_related("room").order_by("arrival")
        )
    held = assignment_held(rows, day)
    return None if held is None else held.room


def _concerns_today(situation: Situation) -> bool:
    if situation.status == ReservationStatus.CONFIRMED:
        return situation.arrival == situation.business_date
    if situation.status == ReservationStatus.CHECKED_OUT:
        return situation.departure >= situation.business_date
    return situation.status == ReservationStatus.IN_HOUSE


def _arriving(reservation: Reservation) -> dict[str, Any]:
    room = room_tonight(reservation)
    settings = settings_at(reservation.property_id, reservation.property.business_date)
    known = {"is_registered": is_registered(reservation, settings[SettingKey.REGISTRATION])}
    if room is None:
        return {**known, "has_room": False}
    is_ready_now = room.housekeeping_status in READY[settings[SettingKey.ROOM_READY]]
    return {
        **known,
        "is_room_vacant": not _strangers_in(room, reservation).exists(),
        # Who joins others in their room does not wait for it.
        "is_room_ready": is_ready_now or bool(mates_here(reservation)),
    }


def _strangers_in(room: Room, reservation: Reservation) -> QuerySet[RoomAssignment]:
    """Guests in a room who do not share it with a stay."""
    rows = guests_in(room, reservation.property.business_date)
    if reservation.share_id is None:
        return rows
    return rows.exclude(reservation__share=reservation.share_id)


def guests_in(room: Room, today: date) -> QuerySet[RoomAssignment]:
    """The assignments by which guests in house have a room now, or a part of the suite, or the suite it is part of.

    A guest who was moved out of it has it no longer; one who should have left, or should have moved, has it still.
    """
    suites = RoomPart.objects.at(room.property_id).filter(part=room).values("room")
    parts = RoomPart.objects.at(room.property_id).filter(room=room).values("part")
    still = (
        Q(departure__gt=today) | Q(departure=F("reservation__departure")) | Q(departure=today, left_at=None)
    )
    # Found by the guests in house of the property, who are few, however many have been in the room.
    return RoomAssignment.objects.at(room.property_id).filter(
        Q(room=room) | Q(room__in=suites) | Q(room__in=parts),
        still,
        released_at=None,
        arrival__lte=today,
        reservation__property=room.property_id,
        reservation__status=ReservationStatus.IN_HOUSE,
    )


def is_ready(room: Room, today: date) -> bool:
    """Whether a room has the status that its property asks for before a guest gets it."""
    wanted = setting_value(room.property_id, SettingKey.ROOM_READY, today)
    return room.housekeeping_status in READY[wanted]


def is_registered(reservation: Reservation, wanted: str) -> bool:
    """Whether the primary guest, or also a document of his, is known as the property wants it."""
    if wanted == "none":
        return True
    if reservation.primary_guest_id is None:
        return False
    return wanted == "guest" or GuestDocument.objects.filter(guest=reservation.primary_guest_id).exists()
