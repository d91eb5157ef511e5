"""Restrictions: which rules a stay breaks, and at which level.

Source: docs/algorithms/restrictions.md.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from hotel.core.days import day_told
from hotel.core.words import _, gettext_noop
from hotel.rates.domain.quotes import BrokenRule
from hotel.rates.domain.terms import PlanTerms, PromoTerms, RestrictionRow, nights_between

Scope = tuple[int | None, int | None]


@dataclass(frozen=True, slots=True)
class Wish:
    """The stay that is asked for; ``days`` are its nights, or the one day of day use."""

    arrival: date
    departure: date
    booked_on: date
    persons: int
    is_day_use: bool = False
    minutes: int | None = None

    @property
    def days(self) -> tuple[date, ...]:
        """The nights, ascending; for day use the day."""
        return (self.arrival,) if self.is_day_use else tuple(nights_between(self.arrival, self.departure))

    @property
    def length(self) -> int:
        """Nights."""
        return (self.departure - self.arrival).days

    @property
    def advance(self) -> int:
        """Days from booking to arrival."""
        return (self.arrival - self.booked_on).days


def _first(row: RestrictionRow, days: Iterable[date]) -> date | None:
    return next((day for day in days if row.covers(day)), None)


def _on_arrival(row: RestrictionRow, wish: Wish) -> date | None:
    return wish.arrival if row.covers(wish.arrival) else None


def _on_departure(row: RestrictionRow, wish: Wish) -> date | None:
    return wish.departure if row.covers(wish.departure) else None


def _through(row: RestrictionRow, wish: Wish) -> date | None:
    return _first(row, wish.days)


@dataclass(frozen=True, slots=True)
class Check:
    """How a kind is judged: the date it stands on, whether it is kept, and what to say when not, a marked text."""

    at: Callable[[RestrictionRow, Wish], date | None]
    is_kept: Callable[[int, RestrictionRow, Wish], bool]
    text: str
    of_nights: bool = False


CHECKS: Mapping[str, Check] = {
    "closed": Check(_through, lambda v, r, w: False, gettext_noop("closed on {day}")),
    "cta": Check(_on_arrival, lambda v, r, w: False, gettext_noop("closed to arrival on {day}")),
    "ctd": Check(
        _on_departure, lambda v, r, w: False, gettext_noop("closed to departure on {day}"), of_nights=True
    ),
    "min_los": Check(
        _on_arrival,
        lambda v, r, w: w.length >= v,
        gettext_noop("at least {v} nights when arriving on {day}"),
        of_nights=True,
    ),
    "max_los": Check(
        _on_arrival,
        lambda v, r, w: w.length <= v,
        gettext_noop("at most {v} nights when arriving on {day}"),
        of_nights=True,
    ),
    "min_stay_through": Check(
        _through,
        lambda v, r, w: w.length >= v,
        gettext_noop("at least {v} nights for a stay through {day}"),
        of_nights=True,
    ),
    "max_stay_through": Check(
        _through,
        lambda v, r, w: w.length <= v,
        gettext_noop("at most {v} nights for a stay through {day}"),
        of_nights=True,
    ),
    "los_pattern": Check(
        _on_arrival,
        lambda v, r, w: w.length in r.pattern,
        gettext_noop("only stays of {pattern} nights when arriving on {day}"),
        of_nights=True,
    ),
    "min_advance": Check(
        _on_arrival,
        lambda v, r, w: w.advance >= v,
        gettext_noop("book at least {v} days before arrival on {day}"),
    ),
    "max_advance": Check(
        _on_arrival,
        lambda v, r, w: w.advance <= v,
        gettext_noop("book at most {v} days before arrival on {day}"),
    ),
    "min_occupancy": Check(
        _through, lambda v, r, w: w.persons >= v, gettext_noop("at least {v} persons on {day}")
    ),
    "max_occupancy": Check(
        _through, lambda v, r, w: w.persons <= v, gettext_noop("at most {v} persons on {day}")
    ),
    # What stands behind a stay is told when it is booked: such a rule closes nothing, see ``guarantees``.
    "min_guarantee": Check(_through, lambda v, r, w: False, gettext_noop("{guarantee} on {day}")),
}
GUARANTEES = {
    "hold_6pm": gettext_noop("held until the evening at least"),
    "credit_card": gettext_noop("a credit card at least"),
    "company": gettext_noop("a company that answers for it at least"),
    "prepayment": gettext_noop("prepaid"),
}


def broken_by_scope(
    rows: Iterable[RestrictionRow], wish: Wish
) -> dict[Scope, list[tuple[RestrictionRow, date]]]:
    """Judge each row once; what is broken, by (plan, type) it stands at, with the date it stands on.

    A rule over several nights is told once, with the first night it stands on. Rules on lengths and departure
    do not concern day use.
    """
    found: dict[Scope, list[tuple[RestrictionRow, date]]] = {}
    for row in rows:
        check = CHECKS[row.kind]
        if wish.is_day_use and check.of_nights:
            continue
        day = check.at(row, wish)
        if day is not None and not check.is_kept(row.value or 0, row, wish):
            found.setdefault((row.rate_plan_id, row.room_type_id), []).append((row, day))
    return found


def broken_rules(
    found: Mapping[Scope, Sequence[tuple[RestrictionRow, date]]],
    lineage: Sequence[PlanTerms],
    room_type: tuple[int, str] | None,
) -> list[BrokenRule]:
    """The broken rules that concern one plan on one type, house first.

    Args:
        found: of ``broken_by_scope``.
        lineage: the plan and the ancestors whose restrictions it inherits; empty for house and type only.
        room_type: id and name; None for house and plan only.
    """
    return [
        BrokenRule(row.kind, level, day, explained(row, day, who))
        for level, who, row, day in scoped(found, lineage, room_type)
    ]


def scoped(
    found: Mapping[Scope, Sequence[tuple[RestrictionRow, date]]],
    lineage: Sequence[PlanTerms],
    room_type: tuple[int, str] | None,
) -> Iterator[tuple[str, str, RestrictionRow, date]]:
    """The level, what it is called, the rule and its date, of what concerns one plan on one type; house first."""
    type_id, type_name = room_type or (None, "")
    scopes: list[tuple[Scope, str, str]] = [((None, None), "house", _("the house"))]
    if type_id is not None:
        scopes.append(((None, type_id), "room_type", type_name))
    for plan in lineage:
        scopes.append(((plan.id, None), "rate_plan", plan.name))
        if type_id is not None:
            scopes.append(
                (
                    (plan.id, type_id),
                    "rate_plan_room_type",
                    _("%(plan)s on %(room_type)s") % {"plan": plan.name, "room_type": type_name},
                )
            )
    return ((level, who, row, day) for scope, level, who in scopes for row, day in found.get(scope, ()))


def explained(row: RestrictionRow, day: date, who: str) -> str:
    """The rule in one sentence."""
    pattern = ", ".join(map(str, row.pattern))
    told = {"v": row.value, "pattern": pattern, "guarantee": _(GUARANTEES.get(row.guarantee, ""))}
    text = _(CHECKS[row.kind].text).format(day=day_told(day), **told)
    reason = f" ({row.reason})" if row.reason else ""
    return f"{who[:1].upper()}{who[1:]}: {text}{reason}."


def plan_broken(plan: PlanTerms, wish: Wish) -> list[BrokenRule]:
    """What the plan itself forbids: being retired, its selling and stay dates, day use."""
    found = []

    def forbid(code: str, night: date | None, text: str) -> None:
        found.append(BrokenRule(code, "rate_plan", night, f"{plan.name}: {text}."))

    if not plan.is_active:
        forbid("plan_inactive", None, _("not sold any more"))
    if not _lies(wish.booked_on, plan.sell_from, plan.sell_until):
        forbid(
            "outside_selling_dates",
            None,
            _("not sold on %(booked_on)s") % {"booked_on": day_told(wish.booked_on)},
        )
    outside = next((day for day in wish.days if not _lies(day, plan.stay_from, plan.stay_until)), None)
    if outside is not None:
        forbid(
            "outside_stay_dates",
            outside,
            _("not for the night of %(outside)s") % {"outside": day_told(outside)},
        )
    if wish.is_day_use and plan.day_use_hours is None:
        forbid("no_day_use", None, _("not sold for day use"))
    elif wish.is_day_use and wish.minutes is not None and wish.minutes > 60 * (plan.day_use_hours or 0):
        forbid(
            "day_use_too_long",
            None,
            _("day use of at most %(day_use_hours)s hours") % {"day_use_hours": plan.day_use_hours},
        )
    elif not wish.is_day_use and plan.day_use_hours is not None:
        forbid("day_use_only", None, _("sold for day use only"))
    return found


def access_broken(plan: PlanTerms, *, is_agreed: bool, is_promo_good: bool) -> list[BrokenRule]:
    """What stands between the guest and the plan: an agreement, or a promotion code."""
    found = []
    if plan.is_negotiated and not is_agreed:
        text = _("%(plan)s: only for companies it is agreed with.") % {"plan": plan.name}
        found.append(BrokenRule("not_agreed", "rate_plan", None, text))
    if plan.needs_promo and not is_promo_good:
        text = _("%(plan)s: only with a valid promotion code.") % {"plan": plan.name}
        found.append(BrokenRule("promo_required", "rate_plan", None, text))
    return found


def promo_counts(promo: PromoTerms, plan_id: int, wish: Wish) -> bool:
    """Whether the code counts for a plan and this stay: every night must lie within its dates."""
    if promo.plan_ids and plan_id not in promo.plan_ids:
        return False
    if promo.is_used_up or not _lies(wish.booked_on, promo.book_from, promo.book_until):
        return False
    return all(_lies(day, promo.stay_from, promo.stay_until) for day in wish.days)


def _lies(day: date, first: date | None, last: date | None) -> bool:
    return (first is None or first <= day) and (last is None or day <= last)
