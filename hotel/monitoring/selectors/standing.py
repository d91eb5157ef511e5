"""How the house stands: promises as people read them, and what the public is told."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from fractions import Fraction

from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from hotel.monitoring.choices import HealthState
from hotel.monitoring.domain.health import overall, working_per_mille
from hotel.monitoring.domain.objectives import OBJECTIVES, WINDOWS, burn, firing
from hotel.monitoring.models import ApiAlert, ApiHealth
from hotel.monitoring.selectors.promises import Tallies, promise_tallies

# What the public is told: a few words for several parts, and nothing of how the house is built.
PARTS = (
    (_("Reservations and desk"), ("database", "disk")),
    (_("Background work"), ("workers", "beat", "outbox", "redis")),
    (_("Messages to guests"), ("mail", "messages")),
    (_("Connections to other systems"), ("webhooks",)),
)
STALE, LOOKED_BACK = timedelta(minutes=5), timedelta(days=7)


@dataclass(frozen=True)
class Window:
    """Requests of a window that ends now, and how fast they use up the allowance."""

    minutes: int
    total: int
    bad: int
    burn: Decimal


@dataclass(frozen=True)
class Promise:
    """An objective as people read it; ``windows`` with the shortest first."""

    objective: str
    title: str
    kept_rate: Decimal
    windows: list[Window]
    alarms: list[str]


@dataclass(frozen=True)
class Part:
    """A part of the house for the public.

    Attributes:
        state: ``ok``, ``degraded``, ``failed``; ``off`` when nobody has looked for five minutes.
        working_rate: share 0–1 of the looks of the last seven days that found it working; None without a look.
    """

    title: str
    state: str
    working_rate: Decimal | None


def promises_now(at: datetime) -> list[Promise]:
    """Every objective with its windows; two queries."""
    tallies = promise_tallies(at)
    return [
        Promise(
            objective.name,
            objective.title,
            _decimal(1 - objective.allowed, 5),
            [
                Window(
                    int(window.total_seconds()) // 60,
                    tally.total,
                    tally.bad,
                    _decimal(burn(tally, objective), 2),
                )
                for window in WINDOWS
                for tally in [tallies[objective.name][window]]
            ],
            sorted({rule.severity for rule in firing(objective, tallies[objective.name])}),
        )
        for objective in OBJECTIVES
    ]


def _decimal(value: Fraction, places: int) -> Decimal:
    return (Decimal(value.numerator) / value.denominator).quantize(Decimal(1).scaleb(-places))


def burns(tallies: Tallies) -> dict[str, dict[int, Decimal]]:
    """How fast each allowance is used up, by minutes of the window."""
    return {
        objective.name: {
            int(window.total_seconds()) // 60: _decimal(burn(tally, objective), 2)
            for window, tally in tallies[objective.name].items()
        }
        for objective in OBJECTIVES
    }


def last_looks(at: datetime) -> list[ApiHealth]:
    """The looks of the last run; empty when the last is older than five minutes. One query."""
    rows = list(ApiHealth.objects.filter(checked_at__gt=at - STALE, checked_at__lte=at)[:50])
    return [row for row in rows if row.checked_at == rows[0].checked_at]


def public_parts(at: datetime) -> list[Part]:
    """What the public is told of each part: its state, and how much of the last week it worked. Two queries."""
    states = {row.check_name: row.state for row in last_looks(at)}
    counts: dict[str, list[tuple[str, int]]] = {}
    rows = ApiHealth.objects.filter(checked_at__gt=at - LOOKED_BACK).exclude(state=HealthState.OFF).order_by()
    for name, state, count in rows.values_list("check_name", "state").annotate(count=Count("pk")):
        counts.setdefault(name, []).append((state, count))
    return [_part(str(title), names, states, counts) for title, names in PARTS]


def _part(
    title: str, names: tuple[str, ...], states: dict[str, str], counts: dict[str, list[tuple[str, int]]]
) -> Part:
    found = [states[name] for name in names if name in states]
    shares = [working_per_mille(counts[name]) for name in names if name in counts]
    worst = min((share for share in shares if share is not None), default=None)
    return Part(
        title,
        overall((state, True) for state in found) if found else HealthState.OFF.value,
        None if worst is None else Decimal(worst) / 1000,
    )


def alerts_open() -> list[ApiAlert]:
    """Alarms that are open, pages first."""
    return list(ApiAlert.objects.filter(closed_at=None).order_by("severity", "objective"))
