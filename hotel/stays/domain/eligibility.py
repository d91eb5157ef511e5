"""What the desk may do with a stay, and why not: one table, asked by services, API and screens alike.

Source: features reference §1.2; docs/algorithms/night_audit.md, "Who waits for whom".
"""

from collections.abc import Mapping
from dataclasses import dataclass

from hotel.core.actions import Action
from hotel.core.words import gettext_noop
from hotel.reservations.choices import ReservationStatus as S
from hotel.reservations.domain.lifecycle import Command, Rule, Situation

AREA = "stays"


@dataclass(frozen=True)
class StaySituation(Situation):
    """What the table needs to know of a stay beyond its dates; the defaults stand in nobody's way.

    Attributes:
        is_day_closing: the night audit of the open business date has begun and is not over.
        is_registered: whatever the property wants to know of the guest is known.
        is_room_ready: tonight's room has the status that the property asks for.
        is_room_vacant: no other guest is in it.
        has_charges: something was charged since the guest came.
        is_tonight_charged: the room of the open business date is on the bill.
        is_settled: every window of every folio is at zero or on the city ledger.
    """

    is_day_closing: bool = False
    is_registered: bool = True
    is_room_ready: bool = True
    is_room_vacant: bool = True
    has_charges: bool = False
    is_tonight_charged: bool = False
    is_settled: bool = True

    @property
    def came_today(self) -> bool:
        """The open business date is the day of arrival."""
        return self.arrival == self.business_date

    @property
    def may_leave(self) -> bool:
        """No night of the stay is still to be slept and paid.

        A guest who leaves on the day he came pays his one night: it must be on the bill before he goes.
        """
        if self.departure <= self.business_date:
            return True
        return self.came_today and (self.departure - self.arrival).days == 1 and self.is_tonight_charged


StayRule = Rule[StaySituation]
_CLOSING = StayRule(
    "day_closing",
    gettext_noop(
        "The night audit is closing the day. Wait until it is over, or resume it if it has stopped."
    ),
    lambda s: s.is_day_closing,
)
_NOT_YET = StayRule(
    "arrival_not_reached",
    gettext_noop("The arrival day has not come yet. Amend the arrival if the guest is here early."),
    lambda s: s.business_date < s.arrival,
)
_MISSED = StayRule(
    "arrival_in_past",
    gettext_noop("The arrival day is over. Amend the arrival to today first."),
    lambda s: s.arrival < s.business_date,
)
_NO_ROOM = StayRule("no_room_assigned", gettext_noop("No room is assigned."), lambda s: not s.has_room)
_UNKNOWN = StayRule(
    "not_registered",
    gettext_noop("The registration of the guest is not complete."),
    lambda s: not s.is_registered,
)
_OCCUPIED = StayRule(
    "room_occupied", gettext_noop("Another guest is still in the room."), lambda s: not s.is_room_vacant
)
_NOT_READY = StayRule("room_not_ready", gettext_noop("The room is not ready."), lambda s: not s.is_room_ready)
_CAME_EARLIER = StayRule(
    "arrived_earlier",
    gettext_noop("The guest did not arrive on the open business date."),
    lambda s: not s.came_today,
)
_CHARGED = StayRule(
    "has_charges",
    gettext_noop("Something was charged since the guest came. Reverse it, or check out instead."),
    lambda s: s.has_charges,
)
_LOCKED = StayRule(
    "room_locked", gettext_noop("The room is locked. Unlock it first."), lambda s: s.is_room_locked
)
_BY_THE_HOUR = StayRule("day_use", gettext_noop("A day-use stay has no nights."), lambda s: s.is_day_use)
_LAST_DAY = StayRule(
    "nothing_to_shorten",
    gettext_noop("The stay ends on the open business date. Check out instead."),
    lambda s: s.departure <= s.business_date,
)
_NO_NIGHT = StayRule(
    "stay_over",
    gettext_noop("The guest leaves today. Extend the stay or agree a late check-out instead."),
    lambda s: not s.is_day_use and s.departure <= s.business_date,
)
_OVERSTAYED = StayRule(
    "stay_over",
    gettext_noop("The guest should have left on an earlier day. Extend the stay first."),
    lambda s: s.departure < s.business_date,
)
_NIGHTS_LEFT = StayRule(
    "nights_left",
    gettext_noop("Nights are left. Give them back as an early departure first."),
    lambda s: not s.may_leave,
)
_OPEN_BALANCE = StayRule(
    "not_settled",
    gettext_noop("A window is not settled. Take the payment or move it to the city ledger first."),
    lambda s: not s.is_settled,
)
_LEFT_EARLIER = StayRule(
    "left_earlier",
    gettext_noop("The guest did not leave on the open business date."),
    lambda s: s.departure < s.business_date,
)

_HERE, _GONE = frozenset({S.IN_HOUSE}), gettext_noop("The guest has left.")
_NOT_HERE: Mapping[str, str] = {S.CONFIRMED: gettext_noop("The guest has not arrived."), S.CHECKED_OUT: _GONE}


def _command(
    name: str, sources: frozenset[str], target: S | None, *rules: StayRule, instead: Mapping[str, str]
) -> Command[StaySituation]:
    return Command(name, "manage", sources, target, (_CLOSING, *rules), AREA, instead)


STAY_COMMANDS: Mapping[str, Command[StaySituation]] = {
    command.name: command
    for command in (
        _command(
            "check-in",
            frozenset({S.CONFIRMED}),
            S.IN_HOUSE,
            *(_NOT_YET, _MISSED, _NO_ROOM, _UNKNOWN, _OCCUPIED, _NOT_READY),
            instead={
                S.IN_HOUSE: gettext_noop("The guest is in house already."),
                S.OPTION: gettext_noop("It is an option: confirm it first."),
                S.NO_SHOW: gettext_noop("It is a no-show: reinstate it first."),
                S.CANCELLED: gettext_noop("It is cancelled: reinstate it first."),
                S.CHECKED_OUT: _GONE,
            },
        ),
        _command("revert-check-in", _HERE, S.CONFIRMED, _CAME_EARLIER, _CHARGED, instead=_NOT_HERE),
        _command("move-room", _HERE, None, _NO_NIGHT, _LOCKED, instead=_NOT_HERE),
        _command("early-departure", _HERE, None, _BY_THE_HOUR, _LAST_DAY, instead=_NOT_HERE),
        _command("late-check-out", _HERE, None, _OVERSTAYED, instead=_NOT_HERE),
        _command("extend", _HERE, None, _BY_THE_HOUR, instead=_NOT_HERE),
        _command(
            "check-out",
            _HERE,
            S.CHECKED_OUT,
            *(_NIGHTS_LEFT, _OPEN_BALANCE),
            instead={
                S.CONFIRMED: gettext_noop("The guest has not arrived."),
                S.CHECKED_OUT: gettext_noop("The guest has left already."),
            },
        ),
        _command(
            "reinstate-check-out",
            frozenset({S.CHECKED_OUT}),
            S.IN_HOUSE,
            *(_LEFT_EARLIER, _OCCUPIED),
            instead={
                S.IN_HOUSE: gettext_noop("The guest is in house."),
                S.CONFIRMED: gettext_noop("The guest has not arrived."),
            },
        ),
    )
}


def stay_action(name: str, situation: StaySituation) -> Action:
    """Whether a command of the desk may be given now.

    Raises:
        KeyError: no such command.
    """
    return STAY_COMMANDS[name].judged(situation)


def stay_actions(situation: StaySituation) -> list[Action]:
    """All commands of the desk in the order of the table, each allowed or denied with its reason."""
    return [command.judged(situation) for command in STAY_COMMANDS.values()]


def stay_obstacles(name: str, situation: StaySituation) -> list[Action]:
    """Everything that stands against a command of the desk, so that it can be worked off at once.

    Raises:
        KeyError: no such command.
    """
    return STAY_COMMANDS[name].obstacles(situation)
