"""The night audit as a plan: what blocks it, which steps come next, when a day may end.

Source: docs/algorithms/night_audit.md.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from hotel.core.days import day_told
from hotel.core.words import _, ngettext
from hotel.stays.choices import StepName

STEPS: tuple[StepName, ...] = tuple(StepName)


@dataclass(frozen=True)
class Blocker:
    """Something that has to be done before the day can be closed.

    Attributes:
        code: stable word.
        text: what to do, for people.
        reservations: whom it concerns, ascending; empty when it concerns no stay.
    """

    code: str
    text: str
    reservations: tuple[int, ...] = ()


@dataclass(frozen=True)
class DayBefore:
    """What the pre-checks look at.

    Attributes:
        business_date: the open one.
        local_day: the calendar day on the property's own clocks.
        staying_over: guests in house whose departure has come, by reservation id.
        open_cashiers: cashier sessions that nobody has closed.
        moving: guests in house whose nights in their room have ended before the stay, by reservation id.
        held: why the property takes no changes now; empty when it does.
    """

    business_date: date
    local_day: date
    staying_over: tuple[int, ...] = ()
    open_cashiers: tuple[str, ...] = ()
    moving: tuple[int, ...] = ()
    held: str = ""


def blockers(day: DayBefore) -> list[Blocker]:
    """What stands against closing the day, in the order people should work it off; empty when nothing does.

    Arrivals that have not come do not block: the next step marks them as no-shows.
    """
    found = [Blocker("read_only", _("The audit waits. %(held)s") % {"held": day.held})] if day.held else []
    if day.business_date > day.local_day:
        found.append(
            Blocker(
                "day_not_begun",
                _("The calendar still says %(local_day)s: the business date runs one day ahead at most.")
                % {"local_day": day_told(day.local_day)},
            )
        )
    if day.staying_over:
        count = len(day.staying_over)
        found.append(
            Blocker(
                "guests_due_out",
                ngettext(
                    "%(count)s guest has not left though the departure has come: check out or extend.",
                    "%(count)s guests have not left though the departure has come: check out or extend.",
                    count,
                )
                % {"count": count},
                tuple(sorted(day.staying_over)),
            )
        )
    if day.moving:
        count = len(day.moving)
        found.append(
            Blocker(
                "moves_due",
                ngettext(
                    "%(count)s guest is not yet in the room of tonight: move them.",
                    "%(count)s guests are not yet in the room of tonight: move them.",
                    count,
                )
                % {"count": count},
                tuple(sorted(day.moving)),
            )
        )
    if day.open_cashiers:
        found.append(
            Blocker(
                "cashiers_open",
                _("Close the cashier sessions of %(open_cashiers)s.")
                % {"open_cashiers": ", ".join(day.open_cashiers)},
            )
        )
    return found


def steps_left(done: Collection[str]) -> Sequence[StepName]:
    """The steps still to be done, in order.

    Args:
        done: names of the steps that are done.
    """
    return [step for step in STEPS if step not in done]
