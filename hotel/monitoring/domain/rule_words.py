"""Limits in plain words, as managers read them beside their columns."""

from dataclasses import dataclass
from datetime import UTC, datetime

from hotel.core.days import moment_words
from hotel.monitoring.choices import Action, Scope

PERIODS = {1: "a second", 60: "a minute", 3600: "an hour", 86_400: "a day"}
COSTS = "A search counts three times, a report fifty times as much."


@dataclass(frozen=True, kw_only=True)
class LimitTerms:
    """A limit as its words need it; what is empty matches everything.

    Attributes:
        who: the one kind of client it is for, such as ``the token Partner``.
        place: the hotel's name.
        valid_until: not included.
    """

    scope: str
    action: str
    rate: int
    period_seconds: int
    burst: int
    cost: int = 1
    who: str = ""
    is_anonymous: bool = False
    place: str = ""
    network: str = ""
    area: str = ""
    operation: str = ""
    method: str = ""
    valid_from: datetime | None = None
    valid_until: datetime | None = None
    is_active: bool = True
    is_floor: bool = False


def limit_in_words(limit: LimitTerms) -> str:
    """What a limit does, such as: Each client may ask 60 times a minute, 30 at once after a pause. More is refused."""
    if limit.action == Action.BLOCK:
        sentences = [f"{_who(limit)} is refused whatever is asked{_what(limit)}."]
    else:
        allowed = f"may ask {_times(limit)} {_period(limit.period_seconds)}{_what(limit)}"
        sentences = [f"{_who(limit)} {allowed}, {_at_once(limit)} at once after a pause."]
        sentences.append(
            "More is refused." if limit.action == Action.ENFORCE else "What is more is only counted."
        )
        if limit.cost > 1:
            sentences.append(f"A plain request takes {_cost(limit)} of {limit.rate} points.")
        sentences.append(COSTS)
    if limit.valid_from is not None:
        sentences.append(f"It begins on {moment_words(limit.valid_from, str(UTC))}.")
    if limit.valid_until is not None:
        sentences.append(f"It ends on {moment_words(limit.valid_until, str(UTC))}.")
    if limit.is_floor:
        sentences.append("It holds beside all other rules.")
    if not limit.is_active:
        sentences.append("Switched off now.")
    return " ".join(sentences)


def _who(limit: LimitTerms) -> str:
    if limit.who:
        who = limit.who[:1].upper() + limit.who[1:]
    elif limit.is_anonymous:
        who = "Each address that is not signed in"
    elif limit.scope == Scope.PROPERTY:
        who = "All callers together"
    else:
        who = "Each address" if limit.scope == Scope.ADDRESS else "Each client"
    return f"{who} from {limit.network}" if limit.network else who


def _what(limit: LimitTerms) -> str:
    parts = []
    if limit.operation:
        parts.append(f"for {limit.operation}")
    elif limit.method:
        parts.append(f"by {limit.method}")
    if limit.area:
        parts.append(f"in the area {limit.area}")
    if limit.place or limit.scope == Scope.PROPERTY:
        parts.append(f"about {limit.place or 'each hotel by itself'}")
    return "".join(f" {part}" for part in parts)


def _times(limit: LimitTerms) -> str:
    count = limit.rate // _cost(limit)
    if count < 1:
        return "less than once"
    return "once" if count == 1 else f"{count} times"


def _at_once(limit: LimitTerms) -> str:
    return str(limit.burst // _cost(limit))


def _cost(limit: LimitTerms) -> int:
    """Points of a plain request; one dearer than the burst costs the whole burst, see ``domain.gcra``."""
    return min(limit.cost, limit.burst)


def _period(seconds: int) -> str:
    if seconds in PERIODS:
        return PERIODS[seconds]
    for size, name in ((3600, "hours"), (60, "minutes")):
        if seconds % size == 0:
            return f"every {seconds // size} {name}"
    return f"every {seconds} seconds"
