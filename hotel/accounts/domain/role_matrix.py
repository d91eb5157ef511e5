"""The roles every chain starts with: who may do what, as one readable table.

A verb stands alone (``manage`` does not imply ``view``), so each row lists all that the role needs, beside
``COMMON``, which every role has.
Amounts are in minor units, because a chain may have several currencies: 20 000 is 200.00 EUR or 20 000 JPY.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

COMMON: Mapping[str, str] = {"dashboard": "view"}
EVERYTHING: Mapping[str, str] = {
    "system": "view manage",
    "properties": "view manage",
    "accounts": "view manage act_as",
    "messaging": "view manage send",
    "rooms": "view manage status block",
    "guests": "view manage merge",
    "rates": "view manage override",
    "reservations": "view manage override assign",
    "folios": "view manage post adjust invoice write_off",
    "stays": "view manage audit",
    "operations": "view work manage",
    "papers": "view",
    "monitoring": "view manage",
    "security": "view manage respond approve break_glass",
    "loyalty": "view enrol manage approve",
}


@dataclass(frozen=True)
class RoleSeed:
    """One row of the table.

    Attributes:
        name: as people read it.
        rights: area to its verbs, separated by blanks; beside ``COMMON``.
        max_discount_rate: share of the price its holders may let off alone, 0–1.
        rebate_minor: largest rebate they may approve alone, in minor units; 0 is none.
        refund_minor: the same for refunds.
        can_override_rate: whether they may set a price by hand.
    """

    name: str
    rights: Mapping[str, str] = field(default_factory=dict)
    max_discount_rate: Decimal = Decimal(0)
    rebate_minor: int = 0
    refund_minor: int = 0
    can_override_rate: bool = False

    def pairs(self) -> Iterator[tuple[str, str]]:
        """Each right as (area, verb)."""
        return ((area, verb) for area, verbs in {**COMMON, **self.rights}.items() for verb in verbs.split())


ROLE_MATRIX: Mapping[str, RoleSeed] = {
    "general_manager": RoleSeed("General manager", EVERYTHING, Decimal(1), 1_000_000, 1_000_000, True),
    "group_manager": RoleSeed("Group manager", EVERYTHING, Decimal(1), 1_000_000, 1_000_000, True),
    "front_desk": RoleSeed(
        "Front desk",
        {
            "properties": "view",
            "messaging": "view send",
            "rooms": "view status",
            "guests": "view manage",
            "rates": "view",
            "reservations": "view manage assign",
            "folios": "view manage post adjust invoice",
            "stays": "view manage audit",
            "operations": "view work",
            "papers": "view",
            "loyalty": "view enrol",
        },
        max_discount_rate=Decimal("0.10"),
        rebate_minor=5_000,
    ),
    "reservations": RoleSeed(
        "Reservations",
        {
            "properties": "view",
            "messaging": "view send",
            "rooms": "view",
            "guests": "view manage merge",
            "rates": "view",
            "reservations": "view manage assign",
            "folios": "view",
            "papers": "view",
            "loyalty": "view enrol",
        },
        max_discount_rate=Decimal("0.10"),
    ),
    "revenue_manager": RoleSeed(
        "Revenue manager",
        {
            "properties": "view",
            "rooms": "view manage",
            "rates": "view manage override",
            "reservations": "view override",
            "folios": "view",
            "stays": "view",
            "papers": "view",
        },
        max_discount_rate=Decimal("0.30"),
        can_override_rate=True,
    ),
    "housekeeping": RoleSeed(
        "Housekeeping",
        {"properties": "view", "rooms": "view status", "operations": "view work", "papers": "view"},
    ),
    "housekeeping_supervisor": RoleSeed(
        "Housekeeping supervisor",
        {"properties": "view", "rooms": "view status block", "operations": "view work manage"},
    ),
    "maintenance": RoleSeed(
        "Maintenance", {"properties": "view", "rooms": "view block", "operations": "view work"}
    ),
    "food_beverage": RoleSeed(
        "Food & beverage",
        {
            "properties": "view",
            "rooms": "view",
            "reservations": "view",
            "folios": "view post adjust",
            "papers": "view",
        },
        rebate_minor=5_000,
    ),
    "events_sales": RoleSeed(
        "Events & sales",
        {
            "properties": "view",
            "messaging": "view send",
            "rooms": "view",
            "guests": "view manage",
            "rates": "view",
            "reservations": "view manage",
            "folios": "view post",
            "papers": "view",
        },
        max_discount_rate=Decimal("0.15"),
    ),
    "marketing": RoleSeed(
        "Marketing",
        {
            "properties": "view",
            "messaging": "view manage send",
            "rooms": "view",
            "guests": "view",
            "rates": "view",
            "loyalty": "view enrol manage",
        },
    ),
    "accountant": RoleSeed(
        "Accountant",
        {
            "properties": "view",
            "rooms": "view",
            "guests": "view",
            "rates": "view",
            "reservations": "view",
            "folios": "view manage post adjust invoice write_off",
            "stays": "view",
            "papers": "view",
        },
        rebate_minor=50_000,
        refund_minor=50_000,
    ),
    "it_security": RoleSeed(
        "IT & security",
        {
            "system": "view manage",
            "properties": "view manage",
            "accounts": "view manage act_as",
            "messaging": "view manage",
            "monitoring": "view manage",
            "security": "view manage respond break_glass",
        },
    ),
    "auditor": RoleSeed("Auditor", dict.fromkeys(EVERYTHING, "view")),
}
