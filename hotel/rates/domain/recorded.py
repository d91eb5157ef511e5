"""Nights as another system priced them: the recorded amount is all the guest pays, contained taxes inside.

Source: docs/algorithms/taxes.md, "Recorded prices".
"""

from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from moneyed import Money

from hotel.core.money import quantum, rounded, zero
from hotel.rates.domain.explaining import tax_steps
from hotel.rates.domain.quotes import NightPrice, Step, TaxLine
from hotel.rates.domain.taxes import ROOM, Liable, concerns, taxed
from hotel.rates.domain.terms import TaxTerms

RECORDED = Step("taken_over", "Taken over as another system recorded it.")


def is_in_record(rule: TaxTerms) -> bool:
    """Whether the rule is inside a recorded price of a room: a contained share that does not ask who the guest is."""
    return rule.is_inclusive and rule.method == "percent" and not rule.is_personal and concerns(rule, ROOM)


def night_recorded(
    night: date, room_type_id: int, rate_plan_id: int, amount: Money, rules: Iterable[TaxTerms]
) -> NightPrice:
    """A night at the amount that another system recorded.

    Args:
        night: the versions of the rules that count on it are taken out.
        room_type_id: the type it was sold as.
        rate_plan_id: the plan it was sold in.
        amount: on the minor unit, everything inside. One of zero or below (a correction) has no taxes: a tax of a
            price is never below zero.
        rules: in order of computation; those ``is_in_record``.

    Returns:
        Gross and total are the amount, whatever the rules are.
    """
    held = tuple(rule for rule in rules if rule.counts_on(night)) if amount.amount > 0 else ()
    net, taxes, steps = _parts(amount, held)
    return NightPrice(
        night=night,
        room_type_id=room_type_id,
        rate_plan_id=rate_plan_id,
        room_net=net,
        room_gross=amount,
        packages=(),
        taxes=taxes,
        total=amount,
        steps=steps,
    )


@lru_cache(maxsize=256)
def _parts(amount: Money, rules: tuple[TaxTerms, ...]) -> tuple[Money, tuple[TaxLine, ...], tuple[Step, ...]]:
    """What equal nights share, such as those of one stay: net, taxes and explanation."""
    currency = amount.currency.code
    found = taxed(amount.amount, ROOM, [Liable(rule, 1, 0, 1) for rule in rules], quantum(currency))
    taxes = tuple(
        TaxLine(rule.code, rule.name, rounded(Money(base, currency)), Money(tax, currency), is_inclusive=True)
        for rule, base, tax in found.lines
    )
    return rounded(Money(found.net, currency)), taxes, (RECORDED, *tax_steps(taxes, zero(currency)))
