"""What a room wants on a business date, and what becomes of a task that the rules of the day have made.

A clean is wanted exactly while the room is dirty; who is in it says which. So a room that somebody sets clean wants
none, and one that turns dirty again wants another one.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from enum import Enum

from hotel.operations.domain.standards import standard_credits, standard_minutes

NORMAL, HIGH = 3, 2
SERVICES = frozenset({"stayover", "linen"})
NAMES = {
    "departure": "a departure clean",
    "stayover": "a stayover clean",
    "linen": "a stayover clean with change of linen",
    "pickup": "a light tidy",
    "arrival": "an arrival check",
}


class Presence(Enum):
    """What a stay is to a room on a business date."""

    STAYS = "stays"
    LEAVES = "leaves"
    LEFT = "left"
    ARRIVES = "arrives"


@dataclass(frozen=True)
class Guest:
    """A stay in a room on a business date.

    Attributes:
        since: first night of the stay, business date.
        at: when he leaves or comes, UTC.
        is_moved_in: he came from another room today, and nobody has begun to serve him there.
    """

    reservation_id: int
    presence: Presence
    since: date
    at: datetime | None = None
    is_moved_in: bool = False


@dataclass(frozen=True)
class DayRules:
    """The rules of a property on a business date.

    Attributes:
        day: the open business date.
        stayover_nights: a room is cleaned for who stays after so many nights, and again; 0 for never.
        linen_nights: its linen is changed after so many nights, and again; 0 for never.
        checks_arrivals: whether a clean room is looked at before its guest comes.
        minutes_per_credit: standard minutes of one credit.
        ready_at: when rooms should be ready, UTC: check-in time.
    """

    day: date
    stayover_nights: int
    linen_nights: int
    checks_arrivals: bool
    minutes_per_credit: int
    ready_at: datetime


@dataclass(frozen=True)
class RoomDay:
    """A room on a business date.

    Attributes:
        status: its housekeeping status.
        credits: of its type.
        is_held: out of order or out of inventory tonight.
        declined: stays, and None for nobody's, for which somebody skipped or cancelled the clean of today.
    """

    room_id: int
    status: str
    credits: Decimal
    guests: tuple[Guest, ...] = ()
    is_held: bool = False
    declined: frozenset[int | None] = frozenset()


@dataclass(frozen=True)
class Wanted:
    """A task that a room wants.

    Attributes:
        due_at: UTC; None for at once.
    """

    kind: str
    reservation_id: int | None
    priority: int
    due_at: datetime | None
    credits: Decimal
    standard_minutes: int


@dataclass(frozen=True)
class TaskNow:
    """The unfinished task that the rules of the day have made for a room."""

    business_date: date
    is_started: bool
    terms: Wanted


class Verdict(Enum):
    """What becomes of a room's task."""

    KEEP = "keep"
    MAKE = "make"
    REWRITE = "rewrite"
    REPLACE = "replace"
    CANCEL = "cancel"
    SKIP = "skip"  # not done on its day; the room may want another one today
    TELL = "tell"


def room_wants(room: RoomDay, rules: DayRules) -> Wanted | None:
    """The task that a room wants; None for nothing.

    A room that is slept in on wants a stayover clean by the cycle, with change of linen by its own; one that is left
    today or empty a departure clean, or a light tidy, first of all when a guest comes; a clean one that waits for a
    guest an arrival check. Who moved in today has his service here.

    Source: docs/guide/housekeeping.md.
    """
    if room.is_held:
        return None
    by = {presence: [guest for guest in room.guests if guest.presence is presence] for presence in Presence}
    is_dirty = room.status in {"dirty", "pickup"}
    priority = HIGH if by[Presence.ARRIVES] else NORMAL
    stays = by[Presence.STAYS]
    if stays:
        guest = min(stays, key=lambda one: (one.since, one.reservation_id))
        kind = _service(guest, rules) if is_dirty or guest.is_moved_in else None
        due_at: datetime | None = rules.ready_at
    elif is_dirty:
        gone = [*by[Presence.LEAVES], *by[Presence.LEFT]]
        guest = max(gone, key=lambda one: one.reservation_id) if gone else None  # type: ignore[assignment]
        kind = "pickup" if room.status == "pickup" and not by[Presence.LEAVES] else "departure"
        due_at = max((one.at for one in by[Presence.LEAVES] if one.at), default=None)
    else:
        guest = min(by[Presence.ARRIVES], key=lambda one: one.reservation_id, default=None)  # type: ignore[assignment, arg-type]
        kind = "arrival" if guest and rules.checks_arrivals and not by[Presence.LEAVES] else None
        due_at = min(filter(None, [guest.at if guest else None, rules.ready_at]))
    reservation_id = guest.reservation_id if guest else None
    if kind is None or reservation_id in room.declined:
        return None
    credits = standard_credits(kind, room.credits)
    return Wanted(
        kind, reservation_id, priority, due_at, credits, standard_minutes(credits, rules.minutes_per_credit)
    )


def _service(guest: Guest, rules: DayRules) -> str | None:
    """What who stays gets today; the room of who came today and is dirty still owes him the clean before him."""
    nights = (rules.day - guest.since).days
    if nights <= 0:
        return "departure"
    if rules.linen_nights and nights % rules.linen_nights == 0:
        return "linen"
    return "stayover" if rules.stayover_nights and nights % rules.stayover_nights == 0 else None


def task_verdict(
    task: TaskNow | None, wanted: Wanted | None, *, day: date, now: datetime, is_elsewhere: bool
) -> Verdict:
    """What becomes of the unfinished task of a room.

    Args:
        task: None when there is none.
        wanted: what the room wants; None for nothing.
        day: the open business date.
        now: UTC.
        is_elsewhere: the guest whom the task serves has another room by now.
    """
    if task is None:
        return Verdict.MAKE if wanted else Verdict.KEEP
    if task.is_started:
        return Verdict.TELL if wanted and wanted.kind != task.terms.kind else Verdict.KEEP
    if task.business_date < day:
        return Verdict.SKIP
    if wanted is None:
        return Verdict.CANCEL
    if is_elsewhere and task.terms.kind in SERVICES:
        return Verdict.REPLACE
    return Verdict.KEEP if task.terms == settled(wanted, task.terms, now) else Verdict.REWRITE


def settled(wanted: Wanted, present: Wanted | None, now: datetime) -> Wanted:
    """With an instant for at once: the present one when it has come, else now."""
    if wanted.due_at is not None:
        return wanted
    due = present.due_at if present else None
    return replace(wanted, due_at=due if due is not None and due <= now else now)


def rewritten_words(old: str, new: str) -> str:
    """For people: what a task has become."""
    return f"Was {NAMES[old]}, is {NAMES[new]} now." if old != new else "Its time, stay or priority changed."


def told_words(kind: str) -> str:
    """For who has started a task: what the room wants by now."""
    return f"Things have changed: the room wants {NAMES[kind]} now."


def without_parts(wants: Mapping[int, Wanted], suites: Mapping[int, frozenset[int]]) -> dict[int, Wanted]:
    """Without the rooms whose suite wants a task: it is of its parts, too.

    Args:
        wants: by room.
        suites: parts to the suites they are part of.
    """
    return {pk: wanted for pk, wanted in wants.items() if suites.get(pk, frozenset()).isdisjoint(wants)}


def with_tied(room_ids: Collection[int], suites: Mapping[int, frozenset[int]]) -> set[int]:
    """The rooms with the suites that one of them is, or is part of, and all parts of those."""
    whole = {*room_ids}.union(*(suites[pk] for pk in room_ids if pk in suites))
    return whole | {part for part, of in suites.items() if not of.isdisjoint(whole)}
