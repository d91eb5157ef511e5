"""Several stays of one guest, one after another, become one: the opposite of a split."""

from collections.abc import Collection, Sequence

from django.db import transaction

from hotel.accounts.models import User
from hotel.core.clock import now
from hotel.core.exceptions import InvalidInput, RuleBroken
from hotel.core.money import total, zero
from hotel.core.words import _, gettext_noop
from hotel.reservations.absorb_ports import absorb_obstacles
from hotel.reservations.choices import TAKES_INVENTORY, ChangeKind, ReservationStatus
from hotel.reservations.domain import numbers
from hotel.reservations.domain.combining import differences, joined
from hotel.reservations.models import Reservation, ReservationGuest, ReservationNight
from hotel.reservations.services.commands import (
    CommandResult,
    change,
    changed_fact,
    check,
    finish,
    nights_of_reservations,
    reservations_locked,
)
from hotel.reservations.services.occupancies import active_assignments, assignment_put, assignments_release
from hotel.reservations.services.promotions import promos_release
from hotel.rooms.services.occupancy import rooms_lock


@transaction.atomic
def reservation_combine(
    *,
    reservation: Reservation,
    others: Collection[Reservation],
    actor: User | None,
    expected_version: int | None = None,
) -> CommandResult:
    """Make one stay of several that follow one another without a gap, of one guest and sold alike.

    The first named is kept and gets all nights at their prices, the rooms of the others, their notes and further
    guests; taxes charged once per stay are those of the earliest. The others end as cancelled without a fee and keep
    their nights as what was sold. No counter moves: what one gives, the other takes.

    Args:
        reservation: the one that is kept, as the caller saw it.
        others: those that become part of it.
        actor: who does it; None for the house itself.
        expected_version: the version of the kept one that the caller saw; None for whichever.

    Returns:
        The kept reservation.

    Raises:
        Conflict, VersionConflict: denied by the lifecycle, or stale (412).
        InvalidInput: none other, the same twice, or of another property (``combine_invalid``).
        RuleBroken: not one after another (``not_back_to_back``); not alike (``not_combinable``, ``differ`` in extra);
            money was taken or posted for one of the others (``stay_has_more``).
        RoomTaken: the hours between two of the stays in one room belong to somebody else.

    Locks: the reservations ascending, their rooms.
    """
    kept, absorbed = _locked(reservation, others)
    kept.require_version(expected_version, _("reservation"))
    _check(kept, absorbed)
    stays = sorted([kept, *absorbed], key=lambda stay: stay.arrival)
    rooms_lock(room_ids=[row.room_id for stay in stays for row in active_assignments(stay)])
    rooms = [(row.room, row.arrival, row.departure) for stay in absorbed for row in active_assignments(stay)]
    nights = nights_of_reservations(absorbed)
    for stay in absorbed:
        _absorb(stay, kept, nights[stay.pk], actor)
    _grow(kept, stays, actor)
    for room, first, last in rooms:
        assignment_put(reservation=kept, room=room, first=first, last=last)
    facts = [changed_fact(stay, "combine") for stay in [*absorbed, kept]]
    return finish(kept, facts=facts)


def _locked(
    reservation: Reservation, others: Collection[Reservation]
) -> tuple[Reservation, list[Reservation]]:
    ids = {reservation.pk, *(other.pk for other in others)}
    if not others or len(ids) != len(others) + 1:
        raise InvalidInput(_("Name the other stays, each once."), code="combine_invalid")
    rows = {row.pk: row for row in reservations_locked(ids)}
    kept = rows.pop(reservation.pk, None)
    if kept is None or len(rows) != len(others):
        raise InvalidInput(_("One of the stays is gone."), code="combine_invalid")
    if any(row.property_id != kept.property_id for row in rows.values()):
        raise InvalidInput(_("The stays are of different properties."), code="combine_invalid")
    return kept, list(rows.values())


def _check(kept: Reservation, absorbed: Sequence[Reservation]) -> None:
    for stay in (kept, *absorbed):
        check(stay, "combine")
    stays = [kept, *absorbed]
    differ = differences(stays)
    if kept.primary_guest_id is None:
        differ.append(gettext_noop("guest"))
    if len({stay.booking.company_id for stay in stays}) > 1:
        differ.append(gettext_noop("company"))
    is_coming = all(stay.status == ReservationStatus.CONFIRMED for stay in absorbed)
    if not (kept.status == ReservationStatus.IN_HOUSE and is_coming) and len({s.status for s in stays}) > 1:
        differ.append(gettext_noop("status"))
    if differ:
        text = _("These stays cannot be one: they differ in %(differ)s.") % {
            "differ": ", ".join(map(_, differ))
        }
        raise RuleBroken(text, code="not_combinable", extra={"differ": differ})
    if joined([(stay.arrival, stay.departure) for stay in stays]) is None:
        text = _(
            "These stays do not follow one another: each must arrive on the day the one before it leaves."
        )
        raise RuleBroken(text, code="not_back_to_back")
    for stay in absorbed:
        obstacles = absorb_obstacles(stay)
        if obstacles:
            text = _("%(stay)s cannot become part of another stay: %(obstacles)s") % {
                "stay": stay.number,
                "obstacles": " ".join(obstacles),
            }
            raise RuleBroken(text, code="stay_has_more", extra={"reservation": stay.number})


def _absorb(
    stay: Reservation, kept: Reservation, nights: Sequence[ReservationNight], actor: User | None
) -> None:
    """End a stay that becomes part of another: its nights are copied there, its rooms are given back for it."""
    assignments_release(stay)
    if stay.status in TAKES_INVENTORY:
        promos_release(stay.property, stay.promo_code)
    for night in nights:
        night.pk, night.reservation = None, kept
    ReservationNight.objects.bulk_create(nights)
    stay.notes.update(reservation=kept)
    known = set(kept.guests.values_list("guest_id", flat=True))
    ReservationGuest.objects.bulk_create(
        ReservationGuest(property_id=kept.property_id, reservation=kept, guest_id=row.guest_id, role=row.role)
        for row in stay.guests.all()
        if row.guest_id not in known
    )
    values = {
        "status": ReservationStatus.CANCELLED,
        "cancelled_at": now(),
        "cancellation_number": numbers.cancellation_number(stay.number, stay.version + 1),
        "fee_amount": zero(str(stay.property.currency)),
        "cancel_reason": f"Part of {kept.number} now.",
        "hold_expires_at": None,
        "is_room_locked": False,
    }
    change(stay, ChangeKind.AMENDED, actor=actor, values=values, after={"part_of": kept.number})


def _grow(kept: Reservation, stays: Sequence[Reservation], actor: User | None) -> None:
    """Give the kept stay the dates, the sum and the promises of all."""
    first, currency = stays[0], str(kept.property.currency)
    amounts = [first.stay_tax_amount, *(night.total for night in kept.nights.all())]
    holds = [stay.hold_expires_at for stay in stays if stay.hold_expires_at is not None]
    values = {
        "arrival": first.arrival,
        "departure": stays[-1].departure,
        "policy_arrival": min(stay.policy_arrival for stay in stays),
        "hold_expires_at": min(holds, default=kept.hold_expires_at),
        "eta": first.eta,
        "etd": stays[-1].etd,
        "stay_tax_amount": first.stay_tax_amount,
        "stay_taxes": first.stay_taxes,
        "total_amount": total(amounts, currency),
    }
    others = [stay.number for stay in stays if stay.pk != kept.pk]
    change(kept, ChangeKind.AMENDED, actor=actor, values=values, after={"combined": others})
