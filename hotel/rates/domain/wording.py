"""Terms and promotion codes in plain words, as managers read them beside their columns."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from moneyed import Money

from hotel.core.days import day_words, moment_words
from hotel.rates.domain.cancellation import owed_words


def cancellation_in_words(policy: Mapping[str, Any]) -> str:
    """What a frozen cancellation policy says, step by step.

    Such as: From 18:00 on the day before arrival: the first night is owed. Before: free of charge.
    """
    steps = policy.get("steps", ())
    if not steps:
        return "Always free of charge."
    zone = policy["zone"]
    parts = [f"{_from(step, zone)}: {_small(owed_words(step))}." for step in steps]
    if len(parts) > 1:
        parts.append("Of several that have come the dearest counts.")
    if all(step["deadline"] != "after_booking" or int(step["hours_after"]) for step in steps):
        parts.append("Before: free of charge.")
    if grace := int(policy.get("grace_hours", 0)):
        parts.append(f"Within {grace} hours after booking nothing is owed.")
    return " ".join(parts)


@dataclass(frozen=True, kw_only=True)
class PromoTerms:
    """A promotion code as its words need it; days are inclusive, None for no end."""

    discount_rate: Decimal | None
    discount_amount: Money | None
    plans: Sequence[str]
    book_from: date | None
    book_until: date | None
    stay_from: date | None
    stay_until: date | None
    max_uses: int | None
    used_count: int
    is_combinable: bool
    is_active: bool


def promo_in_words(promo: PromoTerms) -> str:
    """What a code does, such as: 10 % off each night; on BAR and BB only; used 3 of 10 times."""
    if promo.discount_rate is not None:
        parts = [f"{(promo.discount_rate * 100).normalize():f} % off each night"]
    elif promo.discount_amount is not None:
        amount = promo.discount_amount
        parts = [f"{amount.currency.code} {amount.amount.normalize():f} off each night"]
    else:
        parts = ["Takes nothing off; opens plans that ask for it"]
    parts.append(f"on {listed(promo.plans)} only" if promo.plans else "on every plan")
    parts += [
        f"{name} {span}"
        for name, span in (
            ("booked", _span(promo.book_from, promo.book_until)),
            ("for nights", _span(promo.stay_from, promo.stay_until)),
        )
        if span
    ]
    most = f" of {promo.max_uses}" if promo.max_uses is not None else ""
    parts.append(f"used {promo.used_count}{most} times")
    if not promo.is_combinable:
        parts.append("not after a company's discount")
    if not promo.is_active:
        parts.append("switched off now")
    return f"{'; '.join(parts)}."


def _from(step: Mapping[str, Any], zone: str) -> str:
    if step["deadline"] == "at_instant":
        return f"From {moment_words(datetime.fromisoformat(step['deadline_at']), zone)}"
    if step["deadline"] == "after_booking":
        hours = int(step["hours_after"])
        return f"From {hours} hours after the booking" if hours else "From the booking on"
    days = int(step["days_before"])
    when = {0: "the day of arrival", 1: "the day before arrival"}.get(
        days, f"the day {days} days before arrival"
    )
    return f"From {str(step['at_time'])[:5]} on {when}"


def _span(first: date | None, last: date | None) -> str:
    if first is not None and last is not None:
        return f"{day_words(first)} to {day_words(last)}"
    if first is not None:
        return f"from {day_words(first)}"
    return f"until {day_words(last)}" if last is not None else ""


def listed(names: Sequence[str], *, in_order: bool = False) -> str:
    """Names as an enumeration such as A, B and C: by the alphabet, or in the order given; at least one."""
    *first, last = names if in_order else sorted(names)
    return f"{', '.join(first)} and {last}" if first else last


def _small(text: str) -> str:
    return text[:1].lower() + text[1:]


def deposit_in_words(policy: Mapping[str, Any]) -> str:
    """What a frozen deposit policy asks for, such as: When booking: 30 % of the total."""
    steps = policy.get("steps", ())
    parts = [f"{_due(step)}: {_asked(step)}." for step in steps]
    if len(parts) > 1:
        parts.append("Together never more than the stay.")
    return " ".join(parts) or "Nothing is asked for before arrival."


def no_show_in_words(policy: Mapping[str, Any]) -> str:
    """What a frozen no-show policy says, such as: Who does not come: the first night is owed."""
    kept = "Whose room is held until the evening only owes nothing."
    return f"Who does not come: {_small(owed_words(policy))}. {kept}"


def _due(step: Mapping[str, Any]) -> str:
    if step["due"] == "at_booking":
        return "When booking"
    days = int(step["days_before"])
    return {0: "On the day of arrival", 1: "The day before arrival"}.get(days, f"{days} days before arrival")


def _asked(step: Mapping[str, Any]) -> str:
    if step["kind"] == "balance":
        return "all that is left"
    if step["kind"] == "nights":
        count = int(step["nights"])
        return "the first night" if count == 1 else f"the first {count} nights"
    if step["kind"] == "percent":
        return f"{(Decimal(step['share']) * 100).normalize():f} % of the total"
    amount = step["amount"]
    return f"{amount['currency']} {Decimal(amount['amount']).normalize():f}"
