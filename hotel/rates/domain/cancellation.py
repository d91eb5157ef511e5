"""What a cancellation or a no-show costs, and when deposits are due, from policies frozen as plain JSON.

Source: docs/algorithms/cancellation.md. A policy is what ``StayQuote.policies`` holds under ``cancellation``,
``no_show`` or ``deposit``; the whole of ``policies`` is understood as well. An empty policy costs nothing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from moneyed import Money

from hotel.core.days import day_words, moment_words
from hotel.core.money import rounded, zero
from hotel.core.money import total as sum_of
from hotel.core.zones import instant_at


@dataclass(frozen=True, slots=True)
class Fee:
    """What is owed.

    Attributes:
        amount: 0 ≤ amount ≤ the stay's total, on the minor unit.
        step: the step of the policy that counts; None when nothing is owed.
        deadline_text: why, in one sentence, for guests.
    """

    amount: Money
    step: dict[str, Any] | None
    deadline_text: str


@dataclass(frozen=True, slots=True)
class Instalment:
    """A part of the deposit: the business date it is due on, and how much."""

    due_on: date
    amount: Money
    text: str


@dataclass(frozen=True, slots=True)
class Deadline:
    """From ``at`` on (inclusive, UTC) a cancellation costs ``amount``."""

    at: datetime
    amount: Money
    step: dict[str, Any]


def penalty_amount(step: Mapping[str, Any], nights: Sequence[Money], total: Money) -> Money:
    """What a step asks for: the first nights at their own prices, a share, or an amount; never above the total."""
    currency = total.currency.code
    if step["penalty"] == "nights":
        asked = sum_of(nights[: int(step["nights"])], currency)
    elif step["penalty"] == "percent":
        asked = rounded(total * Decimal(step["share"]))
    else:
        asked = Money(Decimal(step["amount"]["amount"]), step["amount"]["currency"])
    return max(min(asked, total), zero(currency))


def deadline_at(step: Mapping[str, Any], *, arrival: date, zone: str, booked_at: datetime) -> datetime:
    """The UTC instant from which the step counts."""
    if step["deadline"] == "at_instant":
        return datetime.fromisoformat(step["deadline_at"]).astimezone(UTC)
    if step["deadline"] == "after_booking":
        return booked_at.astimezone(UTC) + timedelta(hours=int(step["hours_after"]))
    days = min(int(step["days_before"]), (arrival - date.min).days - 1)
    return instant_at(ZoneInfo(zone), arrival - timedelta(days=days), time.fromisoformat(step["at_time"]))


def deadlines(
    policy: Mapping[str, Any],
    *,
    nights: Sequence[Money],
    total: Money,
    arrival: date,
    zone: str,
    booked_at: datetime,
) -> list[Deadline]:
    """Every step with its instant and what it costs, by instant; for showing to guests."""
    steps = part_of(policy, "cancellation").get("steps", ())
    found = [
        Deadline(
            deadline_at(step, arrival=arrival, zone=zone, booked_at=booked_at),
            penalty_amount(step, nights, total),
            dict(step),
        )
        for step in steps
    ]
    return sorted(found, key=lambda deadline: deadline.at)


def cancellation_fee(
    policy: Mapping[str, Any],
    *,
    nights: Sequence[Money],
    total: Money,
    arrival: date,
    zone: str,
    cancelled_at: datetime,
    booked_at: datetime,
) -> Fee:
    """What a cancellation at an instant costs.

    Of all steps whose deadline has come (the instant itself included) the dearest counts, so that the fee never
    falls as time goes by. Within the grace after booking nothing is owed.

    Args:
        policy: the frozen snapshot.
        nights: all-in total of each night, in order of dates.
        total: of the stay; the fee never exceeds it.
        arrival: the arrival the policy is reckoned from; after an amendment the earliest ever agreed.
        zone: IANA name of the property's zone.
        cancelled_at: aware instant.
        booked_at: aware instant.
    """
    policy = part_of(policy, "cancellation")
    moment = cancelled_at.astimezone(UTC)
    free_until = booked_at.astimezone(UTC) + timedelta(hours=int(policy.get("grace_hours", 0)))
    nothing = zero(total.currency.code)
    if moment < free_until:
        return Fee(nothing, None, f"Free of charge until {moment_words(free_until, zone)}.")
    steps = deadlines(policy, nights=nights, total=total, arrival=arrival, zone=zone, booked_at=booked_at)
    passed = [deadline for deadline in steps if deadline.at <= moment]
    dearest = max(passed, key=lambda deadline: deadline.amount, default=None)
    if dearest is None or dearest.amount <= nothing:
        following = next((d.at for d in steps if d.at > moment and d.amount > nothing), None)
        text = f"Free of charge until {moment_words(following, zone)}." if following else "Free of charge."
        return Fee(nothing, None, text)
    return Fee(
        dearest.amount, dearest.step, f"{owed_words(dearest.step)} since {moment_words(dearest.at, zone)}."
    )


def no_show_fee(policy: Mapping[str, Any], nights: Sequence[Money], total: Money) -> Fee:
    """What a guest owes who does not come; never above the total."""
    policy = part_of(policy, "no_show")
    if not policy.get("penalty"):
        return Fee(zero(total.currency.code), None, "Nothing is owed.")
    step = {key: policy.get(key) for key in ("penalty", "nights", "share", "amount")}
    return Fee(penalty_amount(step, nights, total), step, f"{owed_words(step)} for not arriving.")


def deposit_schedule(
    policy: Mapping[str, Any], *, nights: Sequence[Money], total: Money, arrival: date, booked_on: date
) -> list[Instalment]:
    """When the deposit falls due, by date; instalments together never exceed the total.

    A due date before the booking is the day of booking. Instalments of nothing are absent.

    Args:
        policy: the frozen snapshot.
        nights: all-in total of each night, in order of dates.
        total: of the stay.
        arrival: business date.
        booked_on: business date.
    """
    left, found = total, []
    for step in sorted(
        part_of(policy, "deposit").get("steps", ()), key=lambda s: _due_on(s, arrival, booked_on)
    ):
        asked = (
            total
            if step["kind"] == "balance"
            else penalty_amount({**step, "penalty": step["kind"]}, nights, total)
        )
        amount = min(asked, left)
        if amount.amount > 0:
            left -= amount
            due_on = _due_on(step, arrival, booked_on)
            found.append(Instalment(due_on, amount, f"Due on {day_words(due_on)}."))
    return found


def part_of(policy: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    """The named policy, given itself or the whole snapshot; empty when there is none."""
    return (policy.get(name) or {}) if name in policy else policy


def _due_on(step: Mapping[str, Any], arrival: date, booked_on: date) -> date:
    if step["due"] == "at_booking":
        return booked_on
    days = min(int(step["days_before"]), (arrival - date.min).days)
    return max(arrival - timedelta(days=days), booked_on)


def owed_words(step: Mapping[str, Any]) -> str:
    """What a step asks for, as the beginning of a sentence."""
    if step["penalty"] == "nights":
        count = int(step["nights"])
        return "The first night is owed" if count == 1 else f"The first {count} nights are owed"
    if step["penalty"] == "percent":
        return f"{(Decimal(step['share']) * 100).normalize():f} % of the total is owed"
    return f"{step['amount']['amount']} {step['amount']['currency']} is owed"
