"""What attendants find in rooms, compared with what the front office has. Locks: the room."""

from django.db import transaction

from hotel.accounts.models import User
from hotel.contracts.operations import DiscrepancyChanged
from hotel.core.clock import now
from hotel.core.exceptions import Conflict, InvalidInput
from hotel.core.facts import publish
from hotel.core.locks import lock_rows
from hotel.core.words import _
from hotel.operations.domain.discrepancies import Occupied, discrepancy_kind
from hotel.operations.models import Discrepancy
from hotel.operations.selectors.front_office import room_occupied
from hotel.properties.models import Property
from hotel.rooms.models import Room
from hotel.rooms.services.occupancy import rooms_lock

AGREES = "They agree by now"


@transaction.atomic
def room_found(*, room: Room, found: Occupied, actor: User | None) -> Discrepancy | None:
    """Note what was found in a room; what differs is open until somebody resolves it, or the next look agrees.

    Returns:
        The open discrepancy; None when both agree.

    Locks: the room.
    """
    rooms_lock(room_ids=[room.pk])
    place = Property.objects.get(pk=room.property_id)
    office = room_occupied(place, room)
    kind = discrepancy_kind(found, office)
    row = Discrepancy.objects.at(place.pk).filter(room=room, resolved_at=None).first()
    if not kind:
        if row is not None:
            _resolve(row, AGREES, actor)
        return None
    row = row or Discrepancy(property=place, room=room)
    row.kind, row.business_date, row.found_at, row.found_by = kind, place.business_date, now(), actor
    row.is_occupied, row.persons = found.is_occupied, found.persons
    row.office_occupied, row.office_persons = office.is_occupied, office.persons or 0
    row.save()
    return _told(row)


@transaction.atomic
def discrepancy_resolve(*, discrepancy: Discrepancy, reason: str, actor: User) -> Discrepancy:
    """Say what it was.

    Raises:
        Conflict: it is resolved (``discrepancy_resolved``). InvalidInput: no reason (``reason_required``).

    Locks: the discrepancy.
    """
    if not reason.strip():
        raise InvalidInput(_("Say what it was."), code="reason_required")
    (fresh,) = lock_rows(Discrepancy.objects.filter(pk=discrepancy.pk))
    if fresh.resolved_at is not None:
        raise Conflict(_("This is resolved already."), code="discrepancy_resolved")
    return _resolve(fresh, reason.strip(), actor)


def _resolve(row: Discrepancy, reason: str, actor: User | None) -> Discrepancy:
    row.resolved_at, row.resolved_by, row.because = now(), actor, reason
    row.save()
    return _told(row)


def _told(row: Discrepancy) -> Discrepancy:
    publish(
        DiscrepancyChanged(
            property_id=row.property_id,
            discrepancy_id=row.pk,
            room_id=row.room_id,
            kind=row.kind,
            is_open=row.resolved_at is None,
            business_date=row.business_date,
        )
    )
    return row
