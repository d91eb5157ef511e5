"""How each recorded guest pays and what he consumes, which no file tells: a plausible, seeded mix; pure.

Source: invented. Companies and agents pay by the city ledger or by bank, others by card or cash; a few pay deposits.
"""

import random
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from hotel.reservations.domain.imported import ImportedStay

ACCOUNT = "account"
BY_MARKET: Mapping[str, Mapping[str, int]] = {
    "Corporate": {ACCOUNT: 60, "card_terminal": 35, "cash": 5},
    "Groups": {ACCOUNT: 70, "bank": 20, "card_terminal": 10},
    "Offline TA/TO": {ACCOUNT: 65, "card_terminal": 25, "cash": 10},
}
OTHERS: Mapping[str, int] = {"card_terminal": 75, "cash": 20, "bank": 5}
DEPOSITS: Mapping[str, tuple[int, str]] = {"Direct": (15, "0.30"), "Groups": (25, "0.20")}  # of 100; share
EXTRAS_OF_A_STAY = {0: 60, 1: 30, 2: 10}
EXTRAS = {"food": (12, 68), "beverage": (4, 30), "service": (10, 40)}


@dataclass(frozen=True)
class Extra:
    """Something consumed: the code of its charge, on which evening, for how much (taxes inside)."""

    code: str
    day: date
    amount: Decimal


@dataclass(frozen=True)
class Manner:
    """How a guest pays.

    Attributes:
        way: the code of a way of payment, or ``account`` for the city ledger.
        debtor: who owes it then; empty for nobody.
        deposit_way: how a deposit is paid.
        deposit_share: of the total at booking; 0 for none.
        extras: in order of their days.
    """

    way: str
    debtor: str
    deposit_way: str
    deposit_share: Decimal
    extras: tuple[Extra, ...]


def manner_of(stay: ImportedStay) -> Manner:
    """The manner of a recorded stay; the same each time."""
    dice = random.Random(f"{stay.line}:{stay.arrival}")  # noqa: S311  (believable, not secret)
    market = stay.text("market")
    ways = BY_MARKET.get(market, OTHERS)
    way = dice.choices(list(ways), list(ways.values()))[0]
    debtor = debtor_of(stay)
    if way == ACCOUNT and not debtor:
        way = "bank" if market == "Groups" else "card_terminal"
    likely, share = DEPOSITS.get(market, (0, "0"))
    deposit = (
        Decimal(1) if is_prepaid(stay) else Decimal(share) if dice.randrange(100) < likely else Decimal(0)
    )
    return Manner(
        way=way,
        debtor=debtor if way == ACCOUNT else "",
        deposit_way="bank" if debtor else "card_terminal",
        deposit_share=deposit,
        extras=_extras(stay, dice),
    )


def debtor_of(stay: ImportedStay) -> str:
    """The company that sends a guest, or else the agent; empty for neither."""
    for kind in ("company", "agent"):
        if name := stay.text(kind):
            return f"{kind.capitalize()} {name}"
    return ""


def is_prepaid(stay: ImportedStay) -> bool:
    """Sold as not refundable, for nights, to somebody who can be charged."""
    return "Non Refund" in stay.text("notes") and not stay.is_day_use


def _extras(stay: ImportedStay, dice: random.Random) -> tuple[Extra, ...]:
    count = dice.choices(list(EXTRAS_OF_A_STAY), list(EXTRAS_OF_A_STAY.values()))[0]
    found = []
    for _ in range(0 if stay.is_day_use else count):
        code = dice.choice(list(EXTRAS))
        cents = dice.randint(*(100 * euros for euros in EXTRAS[code]))
        found.append(Extra(code, dice.choice(stay.nights), Decimal(cents) / 100))
    return tuple(sorted(found, key=lambda extra: (extra.day, extra.code, extra.amount)))
