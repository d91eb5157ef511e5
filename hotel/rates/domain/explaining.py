"""The steps by which a night's price explains itself, in plain sentences."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal

from moneyed import Money

from hotel.rates.domain.parties import Party
from hotel.rates.domain.quotes import NightPrice, PackageLine, Step, TaxLine
from hotel.rates.domain.terms import Discount, PlanTerms, PriceRow

KINDS = {2: "dated", 1: "season", 0: "always"}


def chain_steps(
    chain: Sequence[PlanTerms], row: PriceRow, party: Party, shown: Sequence[Money]
) -> list[Step]:
    """The row that counted, then one step per derived plan."""
    guests = "1 adult" if party.adults == 1 else f"{party.adults} adults"
    guests += "".join(f", {count} {band}" for band, count in party.children)
    hour = ", an hour" if chain[0].day_use_step else ""
    steps = [Step(KINDS[row.level], f"{chain[0].name}: {row.label}, for {guests}{hour}.", shown[0])]
    for parent, plan, amount in zip(chain, chain[1:], shown[1:], strict=False):
        steps.append(Step("derived", f"{plan.name}: {_offset(plan)} {parent.name}.", amount))
    return steps


def hours_step(minutes: int, plan: PlanTerms, hours: Decimal, amount: Money) -> Step:
    """How long day use is and what of it is paid, with the amount for all of it."""
    stretch = {15: "quarters of an hour", 30: "half hours", 60: "hours"}[plan.day_use_step or 60]
    least = f", at least {plan.day_use_least}" if plan.day_use_least else ""
    lasts = f"{minutes // 60}:{minutes % 60:02} h"
    return Step("hours", f"{lasts}: {plain(hours)} × the price of an hour, started {stretch}{least}.", amount)


def _offset(plan: PlanTerms) -> str:
    parts = []
    if plan.offset_rate:
        parts.append(f"{plain(plan.offset_rate * 100)} % on")
    if plan.offset_amount:
        parts.append(f"{plain(plan.offset_amount)} on")
    text = " and ".join(parts) or "same as"
    return text if plan.rounding_step is None else f"rounded to {plain(plan.rounding_step)}, {text}"


def plain(value: Decimal) -> str:
    """A number without trailing zeros, with a sign when negative."""
    return f"{value.normalize():f}"


def discount_steps(
    taken: Sequence[tuple[Discount, Decimal]], left: Decimal, money: Callable[[Decimal], Money]
) -> list[Step]:
    """One step per discount, with the price reached."""
    reached = left + sum((off for _, off in taken), Decimal(0))
    steps = []
    for discount, off in taken:
        reached -= off
        steps.append(Step("discount", f"{discount.name}: {plain(-off)}.", money(reached)))
    return steps


def override_steps(amount: Money) -> tuple[Step, ...]:
    """The one step of a price set by hand or by a block."""
    return (Step("override", "The price was set for this stay.", amount),)


def package_steps(packages: Sequence[PackageLine]) -> list[Step]:
    """One step per package element."""
    return [
        Step(
            "package",
            f"{line.name}: {'contained in' if line.is_included else 'added to'} the rate.",
            line.amount,
        )
        for line in packages
    ]


def tax_steps(lines: Sequence[TaxLine], waived: Money) -> list[Step]:
    """One step per tax, and one for what certificates waive."""
    steps = [
        Step(
            "tax",
            f"{line.name} on {line.charge}: {'contained' if line.is_inclusive else 'added'}, base {line.base.amount}.",
            line.amount,
        )
        for line in lines
    ]
    if waived.amount:
        steps.append(Step("tax_waived", "Taken off: contained taxes the guest is exempt from.", waived))
    return steps


def retaxed(night: NightPrice, taxes: tuple[TaxLine, ...], total: Money, nothing: Money) -> NightPrice:
    """A sold night with other taxes, which its steps tell; what certificates waived stands."""
    others = [step for step in night.steps if step.kind not in ("tax", "tax_waived")]
    waived = [step for step in night.steps if step.kind == "tax_waived"]
    return replace(night, taxes=taxes, total=total, steps=(*others, *tax_steps(taxes, nothing), *waived))
