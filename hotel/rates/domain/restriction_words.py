"""Restrictions in plain words, and what one of them says to a stay that somebody wants."""

from collections.abc import Sequence
from datetime import timedelta

from hotel.core.days import day_words
from hotel.rates.domain.guarantees import is_enough
from hotel.rates.domain.restrictions import GUARANTEES, Wish, broken_by_scope, broken_rules
from hotel.rates.domain.terms import ALL_WEEK, PlanTerms, RestrictionRow
from hotel.rates.domain.wording import listed

WEEKDAYS = ("Mondays", "Tuesdays", "Wednesdays", "Thursdays", "Fridays", "Saturdays", "Sundays")
# What a kind says of the days it stands on.
SAYS = {
    "closed": "no night is sold",
    "cta": "nobody arrives",
    "ctd": "nobody departs",
    "min_los": "who arrives stays at least {nights}",
    "max_los": "who arrives stays at most {nights}",
    "min_stay_through": "who sleeps here stays at least {nights} in all",
    "max_stay_through": "who sleeps here stays at most {nights} in all",
    "los_pattern": "who arrives stays {pattern}",
    "min_advance": "who arrives has booked at least {days} before",
    "max_advance": "who arrives has booked at most {days} before",
    "min_occupancy": "a room is sold to at least {persons}",
    "max_occupancy": "a room is sold to at most {persons}",
    "min_guarantee": "a stay is sold with {guarantee}",
}
BACKED = {
    **GUARANTEES,
    "hold_6pm": "a promise to come until the evening at least",
    "prepayment": "prepayment",
}


def restriction_in_words(
    row: RestrictionRow, *, room_type: str = "", rate_plan: str = "", heirs: Sequence[str] = ()
) -> str:
    """What a restriction says, such as: In BAR on Double, on Fridays from … to …: nobody arrives.

    Args:
        row: the restriction.
        room_type: its type's name; empty for every type.
        rate_plan: its plan's code; empty for every plan.
        heirs: codes of the plans that take it over from its plan.
    """
    where = [f"in {rate_plan}"] if rate_plan else []
    where += [f"on {room_type}"] if room_type else []
    place = " ".join(where) or "in the whole house"
    told = SAYS[row.kind].format(
        nights=_counted(row.value, "night"),
        days=_counted(row.value, "day"),
        persons=_counted(row.value, "person"),
        pattern=_pattern(row.pattern),
        guarantee=BACKED.get(row.guarantee, ""),
    )
    sentences = [f"{place[:1].upper()}{place[1:]}, {_when(row)}: {told}."]
    if heirs:
        sentences.append(f"{listed(heirs)} {'takes' if len(heirs) == 1 else 'take'} it over.")
    if row.reason:
        sentences.append(f"Reason: {row.reason}.")
    return " ".join(sentences)


def refusal(
    row: RestrictionRow,
    wish: Wish,
    *,
    lineage: Sequence[PlanTerms],
    room_type: tuple[int, str] | None,
    guarantee: str = "",
) -> str:
    """What one restriction says against a stay, in a sentence; empty when it lets the stay pass or is not for it.

    Args:
        row: the restriction, judged alone.
        wish: the stay.
        lineage: its plan and the ancestors whose restrictions count for it; empty when no plan is known.
        room_type: id and name; None when no type is known.
        guarantee: what stands behind the stay; a rule on guarantees refuses what is too little.
    """
    if row.guarantee and (not guarantee or is_enough(guarantee, row.guarantee)):
        return ""
    broken = broken_rules(broken_by_scope([row], wish), lineage, room_type)
    return broken[0].text if broken else ""


def _when(row: RestrictionRow) -> str:
    last = row.end - timedelta(days=1)
    span = f"from {day_words(row.start)} to {day_words(last)}"
    if last == row.start:
        return f"on {day_words(last)}"
    if row.weekdays == ALL_WEEK:
        return span
    names = [name for bit, name in enumerate(WEEKDAYS) if row.weekdays >> bit & 1]
    return f"on {listed(names, in_order=True)} {span}"


def _counted(value: int | None, noun: str) -> str:
    return f"1 {noun}" if value == 1 else f"{value} {noun}s"


def _pattern(lengths: Sequence[int]) -> str:
    *first, last = (str(length) for length in sorted(lengths)) if lengths else ("0",)
    noun = "night" if last == "1" and not first else "nights"
    return f"{', '.join(first)} or {last} {noun}" if first else f"{last} {noun}"
