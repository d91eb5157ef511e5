"""What must stand behind a stay at least, and what is enough.

Source: docs/algorithms/restrictions.md, "Guarantee"; features reference §1.1 and §1.2.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from hotel.core.words import english
from hotel.rates.domain.restrictions import Scope, explained, scoped
from hotel.rates.domain.terms import PlanTerms, RestrictionRow

# Weakest first. An agency answers for its guests by contract, as a company does.
STRENGTH = {"none": 0, "hold_6pm": 1, "credit_card": 2, "company": 3, "ota": 3, "prepayment": 4}


def is_enough(guarantee: str, least: str) -> bool:
    """Whether a guarantee satisfies a least one."""
    return STRENGTH[guarantee] >= STRENGTH[least]


def guarantees_enough(least: str) -> list[str]:
    """The guarantees that satisfy a least one, weakest first."""
    return [guarantee for guarantee in STRENGTH if is_enough(guarantee, least)]


def least_guarantee(
    found: Mapping[Scope, Sequence[tuple[RestrictionRow, date]]],
    lineage: Sequence[PlanTerms],
    room_type: tuple[int, str],
) -> dict[str, Any]:
    """The strictest of the rules that concern one plan on one type, as a quote carries it and a booking freezes it.

    Args:
        found: the rules on guarantees that stand on nights of the stay; see ``broken_by_scope``.
        lineage: the plan and the ancestors whose restrictions it inherits.
        room_type: id and name.

    Returns:
        ``least``; ``allowed``: what is enough, weakest first; ``text``: the rule in a sentence. Empty without a rule.
    """
    with english():
        rules = list(scoped(found, lineage, room_type))
    if not rules:
        return {}
    _, who, row, day = max(rules, key=lambda rule: STRENGTH[rule[2].guarantee])
    least = row.guarantee
    with english():  # it is frozen with the booking, and read by whoever looks at it
        text = explained(row, day, who)
    return {"least": least, "allowed": guarantees_enough(least), "text": text}
