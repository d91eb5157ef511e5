"""What sharing a room does to nights: the room is counted once, on one of those who are there.

Locks: whoever changes one stay of a room locks all of them, after the one it began with.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from hotel.accounts.models import User
from hotel.core.days import day_told
from hotel.core.exceptions import RuleBroken
from hotel.core.facts import publish
from hotel.reservations.choices import ChangeKind, ReservationStatus
from hotel.reservations.domain.sharing import Sharer, groups, holders, present
from hotel.reservations.models import Reservation, ReservationNight, RoomShare
from hotel.reservations.selectors.assignment import rooms_held
from hotel.reservations.selectors.sharing import LIVING, SHARING
from hotel.reservations.services.authority import Authority
from hotel.reservations.services.block_grid import returned_to_blocks, taken_from_blocks
from hotel.reservations.services.commands import (
    change,
    changed_fact,
    nights_of_reservations,
    reservations_locked,
)
from hotel.reservations.services.drafts import check_party
from hotel.reservations.services.moves import slices, sold_moves
from hotel.reservations.services.share_prices import (
    Room,
    alone_again,
    occupancy_together,
    prices_divided,
)
from hotel.rooms.models import RoomOccupancy
from hotel.rooms.services.inventory import Move
from hotel.rooms.services.occupancy import claims_join

NOT_SHARING: Mapping[str, Any] = {"share": None, "share_position": None, "share_weight": None}
Places = Mapping[int, Mapping[str, Any]]
NOWHERE: Places = {}


@dataclass
class Turned:
    """Nights that began or ceased to hold the room, by reservation."""

    on: dict[int, list[ReservationNight]] = field(default_factory=dict)
    off: dict[int, list[ReservationNight]] = field(default_factory=dict)

    def moves(self, members: Iterable[Reservation]) -> list[Move]:
        """What goes back to the counters and to the block of the stays, and what is taken from them.

        Locks: the block.
        """
        found: list[Move] = []
        for member in members:
            off, on = self.off.get(member.pk, []), self.on.get(member.pk, [])
            if off:
                found += returned_to_blocks(off, member.block_id)
                found += sold_moves(released={(night.room_type_id, night.night) for night in off})
            if on:
                found += taken_from_blocks(on, member.block_id)
                found += sold_moves(slices(on))
        return found


def mates_locked(reservation: Reservation) -> list[Reservation]:
    """Lock the others who share a room with a locked stay; fresh, in their order. None when it shares none.

    Reservations are locked by ascending ids everywhere: one with a lower id that somebody else has is not waited for.

    Raises:
        LockRefused: somebody else is changing the room.
    """
    if reservation.share_id is None:
        return []
    rows = Reservation.objects.at(reservation.property_id).filter(share=reservation.share_id)
    ids = rows.filter(LIVING).exclude(pk=reservation.pk).values_list("pk", flat=True)
    lower, higher = [pk for pk in ids if pk < reservation.pk], [pk for pk in ids if pk > reservation.pk]
    found = reservations_locked(lower, wait=False) if lower else []
    found += reservations_locked(higher) if higher else []
    return sorted((row for row in found if row.share_id == reservation.share_id and _lives(row)), key=_place)


def nights_leave(reservation: Reservation, nights: Collection[ReservationNight]) -> list[ReservationNight]:
    """Take nights of a locked stay out of its room, before it gives them back.

    Where others are there too, one of them holds the room from now on.

    Returns:
        The nights whose room nobody else is in: these go back to the counters. All of them when it shares no room.

    Locks: those who share the room.
    """
    if reservation.share_id is None:
        return list(nights)
    mates = mates_locked(reservation)
    theirs = nights_of_reservations(mates)
    heirs = holders([sharer_of(mate, theirs[mate.pk]) for mate in mates])
    rows = {(pk, night.night): night for pk, of_mate in theirs.items() for night in of_mate}
    handed = [night for night in nights if night.holds_room and night.night in heirs]
    _turn(off=handed, on=[rows[heirs[night.night], night.night] for night in handed])
    return [night for night in nights if night.holds_room]


def nights_enter(reservation: Reservation, nights: Collection[ReservationNight]) -> None:
    """Mark new nights of a stay that shares a room, before they are stored: where another is there, he holds it.

    Locks: those who share the room.
    """
    if reservation.share_id is None:
        return
    taken = {
        night.night
        for of_mate in nights_of_reservations(mates_locked(reservation)).values()
        for night in of_mate
        if night.holds_room
    }
    for night in nights:
        night.share_id, night.holds_room = reservation.share_id, night.night not in taken


def alone_for_now(reservation: Reservation) -> None:
    """Let the open nights of a locked stay cost what they were sold for, while it is changed; settle it afterwards.

    Locks: those who share the room.
    """
    if reservation.share_id is not None:
        mates_locked(reservation)
        alone_again(reservation)


def share_fits(reservation: Reservation, authority: Authority) -> None:
    """Refuse more people on a night to come than the type of a shared room takes.

    Raises:
        RuleBroken: ``occupancy_exceeded``, unless overridden with a reason.

    Locks: those who share the room.
    """
    if reservation.share_id is not None:
        members = [reservation, *mates_locked(reservation)]
        together_fit(members, _room(members).together, authority)


def share_settle(reservation: Reservation, actor: User | None) -> None:
    """Put the room of a locked stay in order after the stay has changed: who is left in it, and what each pays.

    Stays that have no common night any more, or have ended, are alone again. No counter moves: nights that the stay
    gave back have left the room before.

    Locks: those who share the room.
    """
    if reservation.share_id is None:
        return
    members = sorted([reservation, *mates_locked(reservation)], key=_place)
    arrange(reservation.share, members, actor)  # type: ignore[arg-type]
    claims_settle(members)


def claims_settle(members: Iterable[Reservation]) -> None:
    """Let the claims of stays be of the party they share a room with now: strangers must not get in beside them.

    A claim beside which somebody has slept who moved out since stays as it is: that is history. Call it when rooms are
    given back.
    """
    moved: dict[int | None, list[RoomOccupancy]] = defaultdict(list)
    stays = {member.pk: member for member in members if member.status in SHARING}
    for pk, rows in rooms_held(stays.values()).items():
        for row in rows:
            if row.occupancy is not None and row.occupancy.party != stays[pk].share_id:
                moved[stays[pk].share_id].append(row.occupancy)
    for party, claims in moved.items():
        ids = [claim.pk for claim in claims]
        others = RoomOccupancy.objects.exclude(pk__in=ids).exclude(party=party) if party else None
        free = []
        for claim in claims:  # of no party, each stands for itself
            strangers = RoomOccupancy.objects.exclude(pk=claim.pk) if others is None else others
            if (
                not strangers.filter(room=claim.room_id)
                .touching(claim.during.lower, claim.during.upper)
                .exists()
            ):
                free.append(claim)
        claims_join(occupancies=free, party=party)


def share_leave(reservation: Reservation, mates: Sequence[Reservation], actor: User | None) -> list[Move]:
    """Let a locked stay share its room no longer: it takes a room of its own on the nights that others held.

    Args:
        mates: the others, locked.

    Returns:
        What it takes from the counters; nothing when it shared none.

    Locks: the block.
    """
    if reservation.share is None:
        return []
    members = [reservation, *mates]
    return arrange(reservation.share, members, actor, apart={reservation.pk}).moves(members)


def arrange(
    share: RoomShare,
    members: Sequence[Reservation],
    actor: User | None,
    *,
    apart: Collection[int] = (),
    places: Places = NOWHERE,
) -> Turned:
    """Say anew who shares a room, who holds it on each open night and what each pays; logs it on those who change.

    Args:
        share: the room of these stays.
        members: locked, in their order; also such as have ended.
        apart: ids of those who share it no longer.
        places: columns of those who are new to it or change places, by id.

    Returns:
        The nights of living stays that turned; their moves are the caller's.
    """
    room = _room(members, apart, places)
    homes = _homes(share, room)
    turned = _nights_placed(room, homes)
    prices = prices_divided(room, {pk: home.split for pk, home in homes.items()})
    for member in members:
        if member.pk in room.opened and not room.opened[member.pk] and member.pk not in apart:
            continue  # he leaves today
        home = homes.get(member.pk)
        values = {"share": home, **places.get(member.pk, {})} if home else dict(NOT_SHARING)
        price = prices.get(member.pk)
        if price is None and all(getattr(member, name) == value for name, value in values.items()):
            continue
        values |= price.totals if price else {}
        kind = ChangeKind.SHARED if home else ChangeKind.PARTED
        change(
            member,
            kind,
            actor=actor,
            values=values,
            before={"nights": price.before} if price else None,
            after={"nights": price.after} if price else None,
        )
        publish(changed_fact(member, "share" if home else "unshare"))
    return turned


def _room(members: Sequence[Reservation], apart: Collection[int] = (), places: Places = NOWHERE) -> Room:
    nights, day = nights_of_reservations(members), members[0].property.business_date
    living = [one for one in members if _lives(one)]
    opened = {one.pk: [night for night in nights[one.pk] if night.night >= day] for one in living}
    weights = {pk: values["share_weight"] for pk, values in places.items()}
    sharers = [
        replace(sharer_of(one, opened[one.pk]), weight=weights.get(one.pk, one.share_weight) or Decimal(0))
        for one in living
        if one.pk not in apart
    ]
    return Room(
        members={one.pk: one for one in members},
        nights=nights,
        opened=opened,
        together=[group for group in groups(sharers) if len(group) > 1],
    )


def _homes(share: RoomShare, room: Room) -> dict[int, RoomShare]:
    """In which room each stay is that is not alone: when others have left, one room may have become two."""
    homes: dict[int, RoomShare] = {}
    for number, group in enumerate(room.together):
        home = share
        if number:
            home = RoomShare.objects.create(property_id=share.property_id, split=share.split)
        homes |= {one.key: home for one in group}
    return homes


def _nights_placed(room: Room, homes: Mapping[int, RoomShare]) -> Turned:
    """Write which room each night is in and whether it holds it: nights that let it go before those that take it."""
    held = {(key, night) for group in room.together for night, key in holders(group).items()}
    turned, steps = Turned(), defaultdict[tuple[int, int | None], list[ReservationNight]](list)
    for pk in room.members:
        home = homes[pk].pk if pk in homes else None
        for night in room.opened.get(pk, room.nights[pk]):
            holds = home is None or (pk, night.night) in held
            if (night.share_id, night.holds_room) == (home, holds):
                continue
            if night.holds_room != holds and pk in room.opened:
                (turned.on if holds else turned.off).setdefault(pk, []).append(night)
            night.share_id, night.holds_room = home, holds
            steps[int(holds), home].append(night)
    for (is_held, home), rows in sorted(steps.items(), key=lambda step: step[0][0]):
        ids = [night.pk for night in rows]
        ReservationNight.objects.filter(pk__in=ids).update(share=home, holds_room=bool(is_held))
    return turned


def together_fit(
    members: Sequence[Reservation], together: Iterable[Sequence[Sharer]], authority: Authority
) -> None:
    """Refuse more people on a night than the type of the room takes.

    Raises:
        RuleBroken: ``occupancy_exceeded``, unless overridden with a reason.
    """
    by_id = {member.pk: member for member in members}
    for group in together:
        for night, there in present(group).items():
            try:
                party = occupancy_together(by_id[one.key] for one in there)
                check_party(members[0].room_type, party, authority)
            except RuleBroken as refused:
                refused.message = f"{day_told(night)}: {refused.message}"
                raise


def sharer_of(reservation: Reservation, nights: Iterable[ReservationNight]) -> Sharer:
    """A stay with these nights as the rule of sharing sees it."""
    return Sharer(reservation.pk, frozenset(night.night for night in nights), reservation.arrival)


def _turn(*, off: Sequence[ReservationNight], on: Sequence[ReservationNight]) -> None:
    """Let the room pass from some nights to others."""
    for rows, holds in ((off, False), (on, True)):
        for night in rows:
            night.holds_room = holds
        ReservationNight.objects.filter(pk__in=[night.pk for night in rows]).update(holds_room=holds)


def _lives(reservation: Reservation) -> bool:
    """Its nights count; see ``LIVING``."""
    return reservation.status in SHARING or (
        reservation.status == ReservationStatus.CHECKED_OUT
        and reservation.departure > reservation.property.business_date
    )


def _place(reservation: Reservation) -> tuple[int, int]:
    return reservation.share_position or 0, reservation.pk
