"""The steps every command shares: lock and check, change and log, then counters last and facts told.

Order of locks in this floor: booking → reservation (ascending) → offer → block → price hold → promotion code → rooms →
counters. The counters are the hottest rows, so ``settle`` takes them last and holds them only until the commit.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from moneyed import Money

from hotel.accounts.models import User
from hotel.contracts.reservations import ReservationChanged
from hotel.contracts.rooms import AvailabilityChanged
from hotel.core.clock import now
from hotel.core.exceptions import NotFound
from hotel.core.fact import Fact
from hotel.core.facts import publish
from hotel.core.locks import lock_rows
from hotel.core.words import _
from hotel.reservations.choices import ChangeKind
from hotel.reservations.domain.fees import Fee
from hotel.reservations.domain.lifecycle import action
from hotel.reservations.fee_ports import fees_posted
from hotel.reservations.models import Reservation, ReservationChange, ReservationNight
from hotel.reservations.selectors.actions import situation_of
from hotel.rooms.services.inventory import Move, inventory_move


@dataclass(frozen=True)
class CommandResult:
    """What a command answers: the new state, postings made and fees.

    ``moves`` is what it took from the counters (positive) and gave back (negative).
    """

    reservation: Reservation
    fees: tuple[Fee, ...] = ()
    postings: tuple[Any, ...] = ()
    moves: tuple[Move, ...] = ()


def reservations_locked(ids: Iterable[int], *, wait: bool = True) -> list[Reservation]:
    """Lock reservations in order of their ids and return them fresh, with property, booking, type and plan.

    Raises:
        LockRefused: somebody else holds one, and did not end in time, or is not waited for.
    """
    rows = Reservation.objects.select_related(
        "property", "booking", "room_type", "rate_plan", "primary_guest"
    )
    return lock_rows(rows.filter(pk__in=list(ids)), wait=wait)


def reservation_locked(reservation: Reservation, *, expected_version: int | None = None) -> Reservation:
    """Lock one reservation and return it fresh.

    Raises:
        NotFound: it is gone.
        VersionConflict: the caller worked on another version (412); the present one is in ``extra``.
        LockRefused: somebody else holds it.
    """
    found = reservations_locked([reservation.pk])
    if not found:
        raise NotFound(_("There is no such reservation."))
    fresh = found[0]
    fresh.require_version(expected_version, _("reservation"))
    return fresh


def check(reservation: Reservation, command: str) -> None:
    """Refuse a command that the table of the lifecycle denies.

    Raises:
        Conflict: with the code and reason that ``actions[]`` shows.
    """
    answer = action(command, situation_of(reservation))
    if not answer.is_allowed:
        raise answer.refusal(reservation.status)


def change(
    reservation: Reservation,
    kind: ChangeKind,
    *,
    actor: User | None,
    values: Mapping[str, Any],
    reason: str = "",
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
) -> None:
    """Write changed fields of a locked reservation, raise its version and log the change.

    Args:
        reservation: locked.
        kind: the entry in the log.
        actor: who does it; None for the house itself.
        values: field name to new value; those that are equal already are left out of the log.
        reason: as given by the person.
        before: further entries of the log, such as nights.
        after: the same after the change.
    """
    old = {name: getattr(reservation, name) for name in values}
    changed = {name: value for name, value in values.items() if old[name] != value}
    for name, value in changed.items():
        setattr(reservation, name, value)
    reservation.version += 1
    reservation.updated_at = now()
    reservation.save(update_fields=[*_columns(changed), "version", "updated_at"])
    ReservationChange.objects.create(
        property_id=reservation.property_id,
        reservation=reservation,
        kind=kind,
        version=reservation.version,
        actor=actor,
        business_date=reservation.property.business_date,
        before={**{name: plain(old[name]) for name in changed}, **(before or {})},
        after={**{name: plain(value) for name, value in changed.items()}, **(after or {})},
        reason=reason,
    )


def _columns(names: Iterable[str]) -> list[str]:
    """Field names with the currency beside each amount, which ``update_fields`` would leave behind."""
    fields = {field.name for field in Reservation._meta.concrete_fields}
    return [
        column
        for name in names
        for column in (name, f"{name}_currency")
        if column == name or column in fields
    ]


def plain(value: Any) -> Any:
    """A value of the change log: money and rows as what people recognise."""
    if isinstance(value, Money):
        return {"amount": str(value.amount), "currency": value.currency.code}
    return str(value) if hasattr(value, "_meta") else value


def fact_values(reservation: Reservation) -> dict[str, Any]:
    """What every fact about a reservation says."""
    return {
        "property_id": reservation.property_id,
        "reservation_id": reservation.pk,
        "booking_id": reservation.booking_id,
        "arrival": reservation.arrival,
        "departure": reservation.departure,
        "room_type_id": reservation.room_type_id,
        "status": str(reservation.status),
        "version": reservation.version,
        "business_date": reservation.property.business_date,
    }


def changed_fact(
    reservation: Reservation, change_name: str, previous: Reservation | None = None
) -> ReservationChanged:
    """The fact that a reservation changed; ``previous`` carries dates, type and guest before, when they differ."""
    was = previous or reservation
    return ReservationChanged(
        **fact_values(reservation),
        change=change_name,
        previous_arrival=was.arrival,
        previous_departure=was.departure,
        previous_room_type_id=was.room_type_id,
        previous_guest_id=was.primary_guest_id,
    )


def settle(property_id: int, moves: Sequence[Move], facts: Sequence[Fact]) -> None:
    """Move the counters, as the last thing that locks, and publish what happened.

    Raises:
        RoomTypeSoldOut, NightsNotOpen: see inventory_move; the whole command is undone.
    """
    inventory_move(property_id=property_id, moves=moves)
    publish(*facts, *availability_facts(property_id, moves))


def availability_facts(property_id: int, moves: Sequence[Move]) -> list[Fact]:
    """One fact for each type whose counters moved, over all nights concerned."""
    spans: dict[int, tuple[date, date]] = {}
    for move in moves:
        first, past = spans.get(move.room_type_id, (move.start, move.end))
        spans[move.room_type_id] = (min(first, move.start), max(past, move.end))
    return [
        AvailabilityChanged(
            property_id=property_id,
            room_type_id=room_type_id,
            first_night=first,
            last_night=past - timedelta(days=1),
        )
        for room_type_id, (first, past) in sorted(spans.items())
    ]


def finish(
    reservation: Reservation,
    *,
    moves: Sequence[Move] = (),
    facts: Sequence[Fact] = (),
    fees: tuple[Fee, ...] = (),
    actor: User | None = None,
) -> CommandResult:
    """Let fees be posted, settle a command on one reservation and answer with its new state.

    Args:
        actor: who the fees are posted by.
    """
    postings = fees_posted(reservation, fees, actor)
    settle(reservation.property_id, moves, facts)
    return CommandResult(reservation, fees=fees, postings=postings, moves=tuple(moves))


def nights_of_reservations(reservations: Iterable[Reservation]) -> dict[int, list[ReservationNight]]:
    """The night rows of reservations by reservation id, each list in date order; one query."""
    found: dict[int, list[ReservationNight]] = {row.pk: [] for row in reservations}
    for night in ReservationNight.objects.filter(reservation_id__in=list(found)).order_by(
        "reservation", "night"
    ):
        found[night.reservation_id].append(night)
    return found
