"""Work orders: reported, done by somebody, and the room held meanwhile. Locks: the order, then its room."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction

from hotel.accounts.models import User
from hotel.contracts.operations import WorkOrderChanged
from hotel.core.clock import now
from hotel.core.exceptions import Conflict, InvalidInput
from hotel.core.facts import publish
from hotel.core.locks import lock_rows
from hotel.core.words import _, in_sentence
from hotel.operations.choices import WORK_ORDER_OVER, TaskPriority
from hotel.operations.domain.work_orders import COMMANDS, order_due_at
from hotel.operations.models import WorkOrder, WorkOrderChange
from hotel.operations.services.room_days import room_days_settle
from hotel.operations.services.task_rows import require_attendant
from hotel.properties.models import Property
from hotel.rooms.choices import HousekeepingStatus
from hotel.rooms.services.blocks import BlockData, block_create, block_release


@transaction.atomic
def order_report(*, place: Property, values: Mapping[str, Any], actor: User | None) -> WorkOrder:
    """Report that something is broken; its severity says until when it should be over.

    Args:
        values: columns of an order; ``room`` or ``location`` says where.

    Raises:
        InvalidInput: neither in a room nor elsewhere (``order_nowhere``), or in a room of another property
            (``other_property``).
    """
    room = values.get("room")
    if room is None and not values.get("location"):
        raise InvalidInput(_("Say in which room, or where else."), code="order_nowhere")
    if room is not None and room.property_id != place.pk:
        raise InvalidInput(_("The room belongs to another property."), code="other_property")
    moment = now()
    due_at = order_due_at(values.get("severity", TaskPriority.NORMAL), moment)
    order = WorkOrder.objects.create(
        property=place, reported_at=moment, reported_by=actor, due_at=due_at, **values
    )
    _noted(order, actor, "")
    return order


@transaction.atomic
def order_assign(
    *, order: WorkOrder, assignee: User, actor: User, expected_version: int | None = None
) -> WorkOrder:
    """Give an order to somebody who works here.

    Raises:
        Conflict: its state forbids it (``order_state``). InvalidInput: ``not_an_attendant``.
        VersionConflict: stale (412).
    """
    fresh = _moved(order, "assign", expected_version)
    require_attendant(assignee, fresh.property_id)
    fresh.assignee = assignee
    return _written(fresh, actor, str(assignee))


@transaction.atomic
def order_start(*, order: WorkOrder, actor: User, expected_version: int | None = None) -> WorkOrder:
    """Begin it, or go on with it; whoever begins it is who does it.

    Raises:
        Conflict: somebody is at it, or it is over (``order_state``). VersionConflict: stale (412).
    """
    fresh = _moved(order, "start", expected_version)
    fresh.assignee, fresh.started_at = actor, fresh.started_at or now()
    return _written(fresh, actor, "")


@transaction.atomic
def order_wait(
    *, order: WorkOrder, actor: User, reason: str, expected_version: int | None = None
) -> WorkOrder:
    """Let it wait, for a part or a firm.

    Raises:
        Conflict: its state forbids it (``order_state``). InvalidInput: ``reason_required``.
        VersionConflict: stale (412).
    """
    return _written(_moved(order, "wait", expected_version), actor, _said(reason))


@transaction.atomic
def order_done(
    *, order: WorkOrder, actor: User, reason: str, minutes_spent: int, expected_version: int | None = None
) -> WorkOrder:
    """Finish it; a room that was held for it comes back dirty, with its clean.

    Args:
        reason: what was done.
        minutes_spent: of work, all together.

    Raises:
        Conflict: nobody is at it (``order_state``). InvalidInput: ``reason_required``.
        VersionConflict: stale (412).
    """
    fresh = _moved(order, "done", expected_version)
    fresh.minutes_spent = minutes_spent
    return _over(fresh, actor, _said(reason))


@transaction.atomic
def order_cancel(
    *, order: WorkOrder, actor: User, reason: str, expected_version: int | None = None
) -> WorkOrder:
    """Give it up; a room that was held for it comes back as by ``order_done``.

    Raises:
        Conflict: it is over (``order_state``). InvalidInput: ``reason_required``.
        VersionConflict: stale (412).
    """
    return _over(_moved(order, "cancel", expected_version), actor, _said(reason))


@transaction.atomic
def order_reopen(
    *, order: WorkOrder, actor: User, reason: str, expected_version: int | None = None
) -> WorkOrder:
    """Take it up again, because it is not repaired after all; it is new, and due by its severity from now.

    A room that was held for it is not held again by itself.

    Raises:
        Conflict: it is not over (``order_state``). InvalidInput: ``reason_required``.
        VersionConflict: stale (412).
    """
    fresh, said = _moved(order, "reopen", expected_version), _said(reason)
    fresh.ended_at, fresh.because, fresh.assignee = None, "", None
    fresh.due_at = order_due_at(fresh.severity, now())
    return _written(fresh, actor, said)


@transaction.atomic
def order_report_held(
    *, place: Property, values: Mapping[str, Any], kind: str, end_on: date, actor: User | None
) -> WorkOrder:
    """Report what is broken and hold its room in one: when it cannot be held, nothing is reported.

    Args, errors: as ``order_report`` and ``order_hold``.
    """
    order = order_report(place=place, values=values, actor=actor)
    return order_hold(order=order, kind=kind, end_on=end_on, actor=actor)


@transaction.atomic
def order_hold(
    *, order: WorkOrder, kind: str, end_on: date, actor: User | None, expected_version: int | None = None
) -> WorkOrder:
    """Hold the room for it from today, until it is over or the day comes.

    Args:
        kind: a BlockKind: out of service, out of order, out of inventory.
        end_on: first night no longer held, business date.

    Raises:
        Conflict: it is over (``order_state``), or holds its room already (``order_holds``).
        InvalidInput: it is not in a room (``order_not_in_room``). VersionConflict: stale (412).
        BlockRefused, RoomTaken, CapacityInUse: as ``block_create``, with what is in the way.
    """
    fresh = _locked(order, expected_version)
    if fresh.state in WORK_ORDER_OVER:
        raise _refusal(fresh)
    if fresh.room is None:
        raise InvalidInput(_("Only a room is held."), code="order_not_in_room")
    if fresh.hold is not None and fresh.hold.released_at is None:
        raise Conflict(_("The room is held for this already."), code="order_holds")
    data = BlockData(kind, fresh.property.business_date, end_on, fresh.title)
    fresh.hold = block_create(room=fresh.room, data=data, user=actor)
    return _written(fresh, actor, fresh.hold.get_kind_display())


def _locked(order: WorkOrder, expected: int | None) -> WorkOrder:
    rows = WorkOrder.objects.select_related("property", "room", "hold", "assignee").filter(pk=order.pk)
    (fresh,) = lock_rows(rows)
    fresh.require_version(expected, _("work order"))
    return fresh


def _moved(order: WorkOrder, command: str, expected: int | None) -> WorkOrder:
    """The order, locked, in the state that the command leads to."""
    fresh = _locked(order, expected)
    states, target = COMMANDS[command]
    if fresh.state not in states:
        raise _refusal(fresh)
    fresh.state = target
    return fresh


def _refusal(order: WorkOrder) -> Conflict:
    return Conflict(
        _("The work order is %(state)s. Look at it again.") % {"state": in_sentence(order.get_state_display)},
        code="order_state",
        extra={"state": order.state},
    )


def _said(reason: str) -> str:
    if not reason.strip():
        raise InvalidInput(_("Say what was done, or why."), code="reason_required")
    return reason.strip()


def _over(fresh: WorkOrder, actor: User, reason: str) -> WorkOrder:
    fresh.ended_at, fresh.because = now(), reason
    _written(fresh, actor, reason)
    if fresh.hold is not None and fresh.hold.released_at is None:
        block_release(block=fresh.hold, user=actor, return_status=HousekeepingStatus.DIRTY)
        # A room that was dirty already tells nobody that it has come back.
        room_days_settle(property_id=fresh.property_id, room_ids=[fresh.hold.room_id])
    return fresh


def _written(fresh: WorkOrder, actor: User | None, note: str) -> WorkOrder:
    fresh.version += 1
    fresh.save()
    _noted(fresh, actor, note)
    return fresh


def _noted(order: WorkOrder, actor: User | None, note: str) -> None:
    WorkOrderChange.objects.create(
        property_id=order.property_id, order=order, state=order.state, at=now(), actor=actor, note=note
    )
    publish(
        WorkOrderChanged(
            property_id=order.property_id,
            order_id=order.pk,
            state=order.state,
            severity=order.severity,
            room_id=order.room_id,
        )
    )
