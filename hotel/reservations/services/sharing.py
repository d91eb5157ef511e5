"""Stays of their own that share one room, and their parting.

Source: docs/algorithms/sharing.md.
"""

from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.db import transaction

from hotel.accounts.models import User
from hotel.core.exceptions import Conflict, InvalidInput, RuleBroken
from hotel.core.words import _
from hotel.reservations.choices import RateSplit, ReservationStatus
from hotel.reservations.domain.sharing import groups
from hotel.reservations.models import Reservation, ReservationNight, RoomShare
from hotel.reservations.selectors.sharing import LIVING
from hotel.reservations.services.authority import Authority
from hotel.reservations.services.commands import (
    CommandResult,
    check,
    finish,
    nights_of_reservations,
    reservation_locked,
    reservations_locked,
)
from hotel.reservations.services.share_rooms import rooms_part, rooms_together
from hotel.reservations.services.shares import (
    arrange,
    claims_settle,
    mates_locked,
    share_leave,
    sharer_of,
    together_fit,
)

MAX_SHARING = 20


@transaction.atomic
def room_share(
    *,
    reservation: Reservation,
    others: Collection[Reservation],
    split: str,
    actor: User | None,
    weights: Mapping[int, Decimal] | None = None,
    override_reason: str = "",
    expected_version: int | None = None,
) -> CommandResult:
    """Put stays into one room: counted once from now on, each with its own folio; those they share with already stay.

    On every night one of those who are there holds the room; when he gives the night back, another does. Given again,
    it takes further stays in, or divides the price otherwise. All get the room that one of them has, guests in house
    before others.

    Args:
        reservation: one of them: the first, who pays an entire split; as the caller saw it.
        others: at least one other.
        split: a RateSplit: how the price of nights with more than one of them is divided.
        actor: who does it; None for the house itself.
        weights: of a custom split, by reservation id: parts of the price, such as percent; of everybody.
        override_reason: why more people than the type takes are accepted; needs ``override``.
        expected_version: the version of ``reservation`` the caller saw; None for whichever.

    Raises:
        Conflict, VersionConflict: denied by the lifecycle, stale (412), somebody else was faster
            (``shared_meanwhile``), guests are in house in different rooms (``rooms_differ``), a room that would
            change is locked (``room_locked``).
        InvalidInput: none other, of another property, too many (``share_invalid``), weights (``weights_invalid``).
        RuleBroken: ``not_shareable`` – other type or block; ``no_common_night``; ``occupancy_exceeded``.
        RoomTaken: the room is not free on all nights of all.

    Locks: the reservations ascending, their block, their rooms, then the counters.
    """
    members = _locked(reservation, others)
    first = members[0]
    first.require_version(expected_version, _("reservation"))
    named = {reservation.pk, *(other.pk for other in others)}
    for member in members:
        if member.pk in named:
            check(member, "share")
    _alike(members)
    weighed = _weights(members, split, weights or {})
    nights = nights_of_reservations(members)
    _meet(members, nights, Authority(first.property, actor, override_reason))
    share = next((member.share for member in members if member.share is not None), None)
    if share is None:
        share = RoomShare.objects.create(property=first.property, split=split)
    elif share.split != split:
        share.split = split
        share.save(update_fields=["split", "updated_at"])
    places: dict[int, dict[str, Any]] = {
        member.pk: {"share_position": number, "share_weight": weighed.get(member.pk)}
        for number, member in enumerate(members, 1)
    }
    moves = arrange(share, members, actor, places=places).moves(members)
    rooms_together(members, share)
    return finish(first, moves=moves)


@transaction.atomic
def room_unshare(
    *, reservation: Reservation, actor: User | None, expected_version: int | None = None
) -> CommandResult:
    """Take a stay out of the room it shares: it is sold a room of its own again, at the price it was sold for.

    A guest in house keeps the room, and those who have not come lose it; else the others keep it.

    Raises:
        Conflict, VersionConflict: denied by the lifecycle, stale (412), or two of them are in house
            (``guests_together``).
        RoomTypeSoldOut, BlockFullyBooked: no room is left for him; nothing was changed.

    Locks: the reservations of the room, their block, their rooms, then the counters.
    """
    fresh = reservation_locked(reservation, expected_version=expected_version)
    check(fresh, "unshare")
    members = [fresh, *mates_locked(fresh)]
    here = [member for member in members if member.status == ReservationStatus.IN_HOUSE]
    if fresh in here and len(here) > 1:
        raise Conflict(
            _("Another guest is in the room too. Move one of them to another room alone."),
            code="guests_together",
        )
    moves = share_leave(fresh, members[1:], actor)
    rooms_part(fresh, members[1:])
    claims_settle(members)
    return finish(fresh, moves=moves)


def _locked(reservation: Reservation, others: Collection[Reservation]) -> list[Reservation]:
    """All who are to share, the named ones first, locked."""
    named = list(dict.fromkeys([reservation.pk, *(other.pk for other in others)]))
    known = _mates(named)
    rows = {row.pk: row for row in reservations_locked({*named, *known})}
    if set(_mates(named)) != set(known):
        raise Conflict(_("Somebody else is changing this room. Look again."), code="shared_meanwhile")
    missing = [pk for pk in named if pk not in rows]
    if missing or not 2 <= len(rows) <= MAX_SHARING or len({row.property_id for row in rows.values()}) > 1:
        text = _("Name other stays of the same property; at most %(max_sharing)s share a room.") % {
            "max_sharing": MAX_SHARING
        }
        raise InvalidInput(text, code="share_invalid")
    return [rows[pk] for pk in dict.fromkeys([*named, *known])]


def _mates(ids: Sequence[int]) -> list[int]:
    """Who shares a room with one of these stays now, in their order."""
    shares = Reservation.objects.filter(pk__in=ids, share__isnull=False).order_by().values("share")
    rows = Reservation.objects.filter(LIVING, share__in=shares)
    return list(rows.order_by("share_position", "pk").values_list("pk", flat=True))


def _alike(members: Sequence[Reservation]) -> None:
    first = members[0]
    for member in members[1:]:
        if member.room_type_id != first.room_type_id:
            text = _("%(member)s is sold as another room type. Amend it first.") % {"member": member.number}
            raise RuleBroken(text, code="not_shareable", extra={"reservation": member.number})
        if member.block_id != first.block_id:
            text = _("%(member)s does not belong to the same block.") % {"member": member.number}
            raise RuleBroken(text, code="not_shareable", extra={"reservation": member.number})


def _weights(
    members: Sequence[Reservation], split: str, weights: Mapping[int, Decimal]
) -> dict[int, Decimal]:
    if split not in RateSplit.values:
        raise InvalidInput(
            _("Split by one of: %(values)s.") % {"values": ", ".join(RateSplit.values)}, code="split_invalid"
        )
    if split != RateSplit.CUSTOM:
        if weights:
            raise InvalidInput(_("Weights belong to a custom split."), code="weights_invalid")
        return {}
    given = [weights.get(member.pk) for member in members]
    if weights.keys() != {member.pk for member in members} or any(w is None or w < 0 for w in given):
        text = _("Give everybody who shares the room a weight of 0 or more.")
        raise InvalidInput(text, code="weights_invalid")
    if not any(given):
        raise InvalidInput(_("Somebody has to pay: give one weight above 0."), code="weights_invalid")
    return dict(weights)


def _meet(
    members: Sequence[Reservation], nights: Mapping[int, list[ReservationNight]], authority: Authority
) -> None:
    """See that they are there together on a night to come, and fit into the room on all of them."""
    day = members[0].property.business_date
    sharers = [
        sharer_of(member, [night for night in nights[member.pk] if night.night >= day]) for member in members
    ]
    if len(groups(sharers)) > 1:
        text = _(
            "These stays are not in the house together: each needs a night to come in common with another."
        )
        raise RuleBroken(text, code="no_common_night")
    together_fit(members, [sharers], authority)
