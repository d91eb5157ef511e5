"""The transaction codes that every property has, in one table."""

from dataclasses import dataclass

BREAKAGE, PACKAGE_LOSS = "breakage", "package_loss"


@dataclass(frozen=True)
class CodeSeed:
    """One row of the table.

    Attributes:
        code: small letters, so that it never meets a code of rates, which are capitals.
        kind: what it posts, as ``CodeKind``.
        group: of revenue and taxes, as ``ChargeGroup``; empty where there is none.
        department: who earns it.
        is_taxed: whether the rules of its group are taken.
        adjustment: the code its adjustments are posted with; empty for itself.
    """

    code: str
    name: str
    kind: str
    group: str = ""
    department: str = ""
    is_taxed: bool = True
    adjustment: str = ""


def _charge(code: str, name: str, group: str, department: str) -> tuple[CodeSeed, CodeSeed]:
    rebate = CodeSeed(f"{code}_rebate", f"{name}, rebate", "adjustment", group, department)
    return rebate, CodeSeed(code, name, "charge", group, department, adjustment=rebate.code)


def _plain(kind: str, *rows: tuple[str, str]) -> tuple[CodeSeed, ...]:
    return tuple(CodeSeed(code, name, kind, is_taxed=False) for code, name in rows)


STANDARD: tuple[CodeSeed, ...] = (
    *_charge("room", "Room", "room", "rooms"),
    *_charge("late_check_out", "Late check-out", "room", "rooms"),
    *_charge("no_show_fee", "No-show fee", "fee", "rooms"),
    *_charge("cancellation_fee", "Cancellation fee", "fee", "rooms"),
    *_charge("early_departure_fee", "Early departure fee", "fee", "rooms"),
    *_charge("food", "Food", "food", "restaurant"),
    *_charge("beverage", "Beverage", "beverage", "bar"),
    *_charge("service", "Service", "service", "other"),
    *_charge("sundry", "Sundry", "other", "other"),
    CodeSeed(BREAKAGE, "Package breakage", "adjustment", "other", "other", is_taxed=False),
    CodeSeed(PACKAGE_LOSS, "Beyond the package", "adjustment", "other", "other", is_taxed=False),
    *_plain("non_revenue", ("tip", "Tip"), ("paid_out", "Paid out for the guest")),
    *_plain(
        "payment",
        ("cash", "Cash"),
        ("card", "Card"),
        ("card_terminal", "Card, by terminal"),
        ("bank", "Bank transfer"),
        ("voucher", "Voucher"),
    ),
    *_plain("deposit", ("deposit_transfer", "Deposit")),
    *_plain("city_ledger", ("city_ledger", "To the city ledger")),
)
