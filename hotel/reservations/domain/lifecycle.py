"""What may be done with a reservation, and why not: one table, asked by services, API and screens alike.

Source: features reference §1.2.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Generic, TypeVar

from hotel.core.actions import Action
from hotel.core.words import _, gettext_noop, in_sentence
from hotel.reservations.choices import ReservationStatus as S


@dataclass(frozen=True)
class Situation:
    """What the table needs to know of a reservation.

    Attributes:
        status: stored status.
        arrival: first night, business date.
        departure: the day the room is left; equal to the arrival for day use.
        business_date: the open day of the property.
        is_day_use: sold by the hour.
        has_room: a room is assigned.
        is_room_locked: the room must not be changed.
        is_shared: others with stays of their own have the same room.
    """

    status: str
    arrival: date
    departure: date
    business_date: date
    is_day_use: bool = False
    has_room: bool = False
    is_room_locked: bool = False
    is_shared: bool = False

    @property
    def is_over(self) -> bool:
        """No night of it lies ahead or is being slept now."""
        return (
            self.departure < self.business_date if self.is_day_use else self.departure <= self.business_date
        )


T = TypeVar("T", bound=Situation)


@dataclass(frozen=True)
class Rule(Generic[T]):
    """A further condition of a command: when ``is_broken``, it is denied for ``reason``, a marked text."""

    code: str
    reason: str
    is_broken: Callable[[T], bool]


@dataclass(frozen=True)
class Command(Generic[T]):
    """One row of the table.

    Attributes:
        name: as in the URL and in ``actions[]``.
        verb: the right it needs on the area.
        sources: the statuses it starts from.
        target: the status it leads to; None when the status stays.
        rules: further conditions, checked in this order.
        area: what the right is granted on.
        instead: what to say in a status it does not start from; marked texts, and a general sentence for all others.
    """

    name: str
    verb: str
    sources: frozenset[str]
    target: S | None = None
    rules: tuple[Rule[T], ...] = ()
    area: str = "reservations"
    instead: Mapping[str, str] = field(default_factory=dict)

    def judged(self, situation: T) -> Action:
        """Whether it may be given now."""
        first = next(self._refusals(situation), None)
        return first or Action(self.name, True, verb=self.verb, area=self.area)

    def obstacles(self, situation: T) -> list[Action]:
        """Everything that stands against it now, in the order of the table; empty when it may be given."""
        return list(self._refusals(situation))

    def _refusals(self, situation: T) -> Iterator[Action]:
        if situation.status not in self.sources:
            reason = _(self.instead.get(situation.status, "")) or (
                _("Not possible while the reservation is %(status)s.")
                % {"status": in_sentence(S(situation.status).label)}
            )
            yield self._denied("status_forbids", reason)
            return
        for rule in self.rules:
            if rule.is_broken(situation):
                yield self._denied(rule.code, _(rule.reason))

    def _denied(self, code: str, reason: str) -> Action:
        return Action(self.name, False, code, reason, self.verb, self.area)


_OVER = Rule[Situation]("stay_over", gettext_noop("The stay lies in the past."), lambda s: s.is_over)
_OVER_AND_LEFT = Rule[Situation](
    "stay_over", gettext_noop("The stay lies in the past."), lambda s: s.is_over and s.status != S.IN_HOUSE
)
_LATE = Rule[Situation](
    "arrival_in_past",
    gettext_noop("The arrival day is over and no room was kept. Amend the dates first."),
    lambda s: s.status != S.OPTION and s.arrival < s.business_date,
)
_NOT_YET = Rule[Situation](
    "arrival_not_reached",
    gettext_noop("The arrival day has not come yet. Cancel the reservation instead."),
    lambda s: s.business_date < s.arrival,
)
_NO_ROOM = Rule[Situation]("no_room_assigned", "No room is assigned.", lambda s: not s.has_room)
_LOCKED = Rule[Situation](
    "room_locked", gettext_noop("The room is locked. Unlock it first."), lambda s: s.is_room_locked
)
_TONIGHT_LAST = Rule[Situation](
    "no_later_night",
    gettext_noop("The guest is in his room for his last night. Move him to another one instead."),
    lambda s: s.status == S.IN_HOUSE and (s.departure - s.business_date).days <= 1,
)
_UNLOCKED = Rule[Situation](
    "room_not_locked", gettext_noop("The room is not locked."), lambda s: not s.is_room_locked
)
_SHARED = Rule[Situation](
    "room_shared", gettext_noop("The room is shared. Let the stay leave it first."), lambda s: s.is_shared
)
_NOT_SHARED = Rule[Situation](
    "not_shared", gettext_noop("The stay shares no room."), lambda s: not s.is_shared
)
_BY_THE_HOUR = Rule[Situation](
    "day_use", gettext_noop("A day-use stay has no nights."), lambda s: s.is_day_use
)
_ONE_NIGHT = Rule[Situation](
    "nothing_to_split",
    gettext_noop("A stay of one night cannot be split."),
    lambda s: (s.departure - s.arrival).days < 2,
)

_BEFORE = frozenset({S.INQUIRY, S.OPTION, S.REQUESTED, S.WAITLISTED})
_LIVE = _BEFORE | {S.CONFIRMED}
_ROOMED = frozenset({S.CONFIRMED, S.IN_HOUSE})

COMMANDS: Mapping[str, Command[Situation]] = {
    command.name: command
    for command in (
        Command("option", "manage", _BEFORE, S.OPTION, (_OVER, _LATE)),
        Command(
            "confirm",
            "manage",
            _BEFORE,
            S.CONFIRMED,
            (_OVER, _LATE),
            instead={
                S.CONFIRMED: gettext_noop("It is confirmed already."),
                S.CANCELLED: gettext_noop("It is cancelled: reinstate it instead."),
            },
        ),
        Command(
            "waitlist",
            "manage",
            _BEFORE,
            S.WAITLISTED,
            (_OVER,),
            instead={S.CONFIRMED: gettext_noop("It is confirmed already: the guest has a room.")},
        ),
        Command(
            "amend",
            "manage",
            _LIVE | {S.IN_HOUSE},
            None,
            (_OVER_AND_LEFT,),
            instead={
                S.CHECKED_OUT: gettext_noop("The guest has left; nothing of the stay can be changed."),
                S.CANCELLED: gettext_noop("It is cancelled: reinstate it first."),
                S.NO_SHOW: gettext_noop("It is a no-show: reinstate it first."),
            },
        ),
        Command(
            "assign",
            "assign",
            _ROOMED,
            None,
            (_OVER, _LOCKED, _TONIGHT_LAST),
        ),
        Command(
            "unassign",
            "assign",
            frozenset({S.CONFIRMED}),
            None,
            (_NO_ROOM, _LOCKED),
            instead={S.IN_HOUSE: gettext_noop("The guest is in house: move him to another room instead.")},
        ),
        Command("lock", "assign", _ROOMED, None, (_NO_ROOM, _LOCKED)),
        Command("unlock", "assign", _ROOMED, None, (_UNLOCKED,)),
        Command("split", "manage", _LIVE, None, (_OVER, _SHARED, _ONE_NIGHT)),
        Command(
            "combine",
            "manage",
            frozenset({S.INQUIRY, S.OPTION, S.REQUESTED, S.CONFIRMED, S.IN_HOUSE}),
            None,
            (_OVER_AND_LEFT, _SHARED),
        ),
        Command(
            "share",
            "manage",
            _ROOMED,
            None,
            (_OVER, _BY_THE_HOUR),
            instead={S.OPTION: gettext_noop("It is an option: confirm it first.")},
        ),
        Command("unshare", "manage", _ROOMED, None, (_NOT_SHARED,)),
        Command("link", "manage", _LIVE | {S.IN_HOUSE}),
        Command("copy", "manage", frozenset(S)),
        Command("guests", "manage", _LIVE | {S.IN_HOUSE}),
        Command(
            "cancel",
            "manage",
            _LIVE,
            S.CANCELLED,
            instead={
                S.IN_HOUSE: gettext_noop("The guest is in house: check out instead."),
                S.CANCELLED: gettext_noop("It is cancelled already."),
            },
        ),
        Command(
            "no-show",
            "manage",
            frozenset({S.CONFIRMED}),
            S.NO_SHOW,
            (_NOT_YET,),
            instead={
                S.IN_HOUSE: gettext_noop("The guest is in house."),
                S.NO_SHOW: gettext_noop("It is a no-show already."),
            },
        ),
        Command("reinstate", "manage", frozenset({S.CANCELLED, S.NO_SHOW}), S.CONFIRMED, (_OVER,)),
    )
}


def action(name: str, situation: Situation) -> Action:
    """Whether a command may be given now.

    Raises:
        KeyError: no such command.
    """
    return COMMANDS[name].judged(situation)


def actions(situation: Situation) -> list[Action]:
    """All commands in the order of the table, each allowed or denied with its reason."""
    return [command.judged(situation) for command in COMMANDS.values()]
