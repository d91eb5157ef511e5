"""A rooming list that somebody looked at: tried without keeping anything, then picked up whole or not at all."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hotel.accounts.models import User
from hotel.core.exceptions import Conflict, InvalidInput
from hotel.guests.models import Guest
from hotel.reservations.domain.rooming import Party, RoomingPerson
from hotel.reservations.models import GroupBlock, Reservation
from hotel.reservations.selectors.rooming import RoomPlanned, rooming_plan
from hotel.reservations.services.block_grid import block_locked
from hotel.reservations.services.pick_up import (
    RoomingListRefused,
    RoomingRow,
    rooming_list_check,
    rooming_list_pick_up,
)


class RoomingListStale(Conflict):
    """Rooms would do something else than was seen. ``extra``: lines, of those rooms."""

    code = "rooming_list_stale"


@dataclass(frozen=True, kw_only=True)
class RoomingChoices:
    """What a person decided on a list.

    Attributes:
        profiles: line to the profile the person has already; lines that are left out get a new one.
        taken_anyway: first lines of rooms to be picked up though they are known or repeated.
    """

    profiles: Mapping[int, Guest] = field(default_factory=dict)
    taken_anyway: Collection[int] = ()


def rooming_look(
    *, block: GroupBlock, people: Sequence[RoomingPerson], choices: RoomingChoices, actor: User | None
) -> list[RoomPlanned]:
    """What picking up would do, with what the house itself has against a room; nothing is kept.

    Locks: as rooming_list_pick_up, let go at the end.
    """
    plan = rooming_plan(block, people, choices.taken_anyway)
    rows = [_row(room.party, choices) for room in plan if not room.is_left_out and not room.reasons]
    errors = rooming_list_check(block=block, rows=rows, actor=actor) if rows else []
    told = {error.line: error.text for error in errors}
    for room in plan:
        if room.line in told:
            room.reasons.append(told[room.line])
    return plan


@transaction.atomic
def rooming_take(
    *,
    block: GroupBlock,
    people: Sequence[RoomingPerson],
    choices: RoomingChoices,
    seen: Sequence[Sequence[Any]],
    actor: User | None,
) -> list[Reservation]:
    """Pick up the rooms of a list as they were seen: all of them, or none.

    Args:
        block: the block.
        people: of the list.
        choices: what was decided on it.
        seen: ``RoomPlanned.seen`` of each room, as the person was told.
        actor: who picks up.

    Returns:
        A reservation per room that was not left out, in order.

    Raises:
        RoomingListStale: somebody was faster, so that a room would do something else.
        RoomingListRefused: the house has something against a room; every reason by line.
        InvalidInput: every room is left out (``rooming_list_empty``).

    Locks: the block, then as booking_create.
    """
    fresh = block_locked(block.pk)
    plan = rooming_plan(fresh, people, choices.taken_anyway)
    told = [list(one) for one in seen]
    beaten = [room for room, was in zip(plan, told, strict=False) if room.reasons or room.seen != was]
    if beaten or len(plan) != len(told):
        raise RoomingListStale(_beaten_words(beaten), extra={"lines": [room.line for room in beaten]})
    rows = [_row(room.party, choices) for room in plan if not room.is_left_out]
    if not rows:
        raise InvalidInput(_("There is no room to pick up."), code="rooming_list_empty")
    return rooming_list_pick_up(block=fresh, rows=rows, actor=actor)


def beaten_words(error: RoomingListStale | RoomingListRefused) -> str:
    """A refusal of a list that was fine when it was looked at: which lines, and why."""
    if isinstance(error, RoomingListStale):
        return error.message
    lines = " ".join(
        _("Line %(line)s: %(text)s") % {"line": one["line"], "text": one["text"]}
        for one in error.extra["errors"][:5]
    )
    return _("Nothing was picked up: something changed since you looked.") + " " + lines


def _beaten_words(rooms: Sequence[RoomPlanned]) -> str:
    named = "; ".join(
        _("line %(line)s, %(name)s: %(why)s")
        % {"line": room.line, "name": room.party.first.full_name, "why": _why(room)}
        for room in rooms[:5]
    )
    return _("Somebody was faster, and nothing was picked up: %(rooms)s") % {"rooms": named}


def _why(room: RoomPlanned) -> str:
    if room.reasons:
        return " ".join(room.reasons)
    if room.known_as:
        return _("picked up meanwhile as %s.") % room.known_as
    nights = ngettext(
        "%(n)s night is now from the house.", "%(n)s nights are now from the house.", room.from_house
    )
    return nights % {"n": room.from_house}


def _row(party: Party, choices: RoomingChoices) -> RoomingRow:
    """A room as the pick-up takes it; everybody's notes are the note of the stay."""
    first, *others = [_person(person, choices) for person in party.people]
    notes = "\n".join(
        person.notes if person is party.first else f"{person.full_name}: {person.notes}"
        for person in party.people
        if person.notes
    )
    return replace(first, adults=party.adults, sharers=tuple(others), note=notes)


def _person(person: RoomingPerson, choices: RoomingChoices) -> RoomingRow:
    return RoomingRow(
        line=person.line,
        first_name=person.first_name,
        last_name=person.last_name,
        room_type=person.room_type,
        arrival=person.arrival,
        departure=person.departure,
        email=person.email,
        birth_date=person.birth_date,
        guest=choices.profiles.get(person.line),
    )
