"""Taxes of a charge, of a night and of a stay.

Source: docs/algorithms/taxes.md. The arithmetic is Decimal; every amount leaves on the currency's minor unit.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from hotel.rates.domain.parties import Party
from hotel.rates.domain.terms import ONE, ZERO, Exemption, TaxTerms

STAY_METHODS = frozenset({"per_stay", "per_person_stay"})
ROOM = "room"


@dataclass(frozen=True, slots=True)
class Liable:
    """A rule on one night: how many of how many persons pay, and how many a certificate frees."""

    rule: TaxTerms
    persons: int
    waived: int
    party: int

    @property
    def key(self) -> tuple[int, int, int, int]:
        """Equal keys give equal taxes."""
        return (self.rule.id, self.persons, self.waived, self.party)


@dataclass(frozen=True, slots=True)
class Taxed:
    """A charge with its taxes.

    Attributes:
        gross: what is paid for the charge, inclusive taxes inside: the price, less the taxes waived.
        net: without inclusive taxes.
        lines: rule, base and amount, in order of the rules; those of 0 persons are absent.
    """

    gross: Decimal
    net: Decimal
    lines: tuple[tuple[TaxTerms, Decimal, Decimal], ...]

    @property
    def added(self) -> Decimal:
        """Taxes that come on top of ``gross``."""
        return sum((amount for rule, _, amount in self.lines if not rule.is_inclusive), ZERO)


class LiabilityCounter:
    """Who pays which tax, night by night, in order; counts each person's nights against the rule's cap."""

    def __init__(self, rules: Sequence[TaxTerms], party: Party, exemptions: Sequence[Exemption]) -> None:
        self.rules, self.party, self.exemptions = rules, party, exemptions
        self.paid: dict[str, list[int]] = {}

    def night(self, night: date) -> tuple[Liable, ...]:
        """The rules of this night and who pays; call once per night, ascending, also for nights already sold."""
        return tuple(
            self._liable(rule, night)
            for rule in self.rules
            if rule.method not in STAY_METHODS and rule.counts_on(night)
        )

    def stay(self, arrival: date) -> tuple[Liable, ...]:
        """The rules charged once per stay; those that count on the arrival night."""
        return tuple(
            self._liable(rule, arrival)
            for rule in self.rules
            if rule.method in STAY_METHODS and rule.counts_on(arrival)
        )

    def _liable(self, rule: TaxTerms, night: date) -> Liable:
        size = self.party.size
        freed = self._freed(rule, night)
        if not rule.is_personal:
            is_free = freed >= size > 0
            return Liable(rule, 0 if is_free else size, size if is_free else 0, size)
        paid = self.paid.setdefault(rule.code, [0] * size)
        pays = waived = 0
        for index, person in enumerate(self.party.persons):
            if not person.may_be(rule.min_age, rule.max_age):
                continue
            if rule.max_nights is not None and paid[index] >= rule.max_nights:
                continue
            paid[index] += 1
            if waived < freed:
                waived += 1
            else:
                pays += 1
        return Liable(rule, pays, waived, size)

    def _freed(self, rule: TaxTerms, night: date) -> int:
        """How many persons the exemptions free: a whole party, or the counts added up."""
        found = [
            exemption.persons or self.party.size
            for exemption in self.exemptions
            if frees(exemption, rule, night)
        ]
        return min(sum(found), self.party.size)


def frees(exemption: Exemption, rule: TaxTerms, night: date) -> bool:
    """Whether the exemption is valid that night and meant for the rule."""
    if not exemption.first <= night <= exemption.last:
        return False
    if exemption.tax_codes:
        return rule.code in exemption.tax_codes
    return exemption.reason in rule.exempt_reasons


def concerns(rule: TaxTerms, group: str) -> bool:
    """Whether the rule is taken on a charge of this group; amounts per person or room go with the room."""
    return group in rule.groups if rule.method == "percent" else group == ROOM


def taxed(price: Decimal, group: str, liables: Iterable[Liable], quantum: Decimal) -> Taxed:
    """The taxes of one charge.

    Args:
        price: on the minor unit, inclusive taxes inside, ≥ 0.
        group: the charge group.
        liables: of the night, in order of computation.
        quantum: the minor unit.

    Returns:
        Net, gross and lines: net + inclusive amounts = gross exactly.
    """
    concerned = [liable for liable in liables if concerns(liable.rule, group)]
    inclusive = [liable for liable in concerned if liable.rule.is_inclusive]
    net, paid, waived = _extract(price, inclusive, quantum)
    amounts = {liable.rule.code: amount for liable, amount in zip(inclusive, paid, strict=True)}
    lines = []
    for liable in concerned:
        rule = liable.rule
        base = net + sum((amounts.get(code, ZERO) for code in rule.stacked_on), ZERO)
        if not rule.is_inclusive:
            amounts[rule.code] = _added(liable, base).quantize(quantum, rounding=ROUND_HALF_UP)
        if liable.persons:
            lines.append((rule, base, amounts[rule.code]))
    return Taxed(price - waived, net, tuple(lines))


def recounted(
    price: Decimal, sold: Mapping[str, tuple[Decimal, Decimal]], liables: Iterable[Liable], quantum: Decimal
) -> dict[str, tuple[Decimal, Decimal] | None]:
    """The taxes added per guest on a room that was sold already, for who pays now; contained ones stand.

    Args:
        price: the room without contained taxes: the base of a tax that was not charged before.
        sold: base and amount as sold, by tax code.
        liables: of the night, in order of computation.
        quantum: the minor unit.

    Returns:
        Base and amount by code, None where nobody pays any more; only what differs from ``sold``, and the added taxes
        stacked on it.
    """
    found: dict[str, tuple[Decimal, Decimal] | None] = {}
    change: dict[str, Decimal] = {}
    for liable in liables:
        rule, before = liable.rule, sold.get(liable.rule.code)
        moved = sum((change.get(code, ZERO) for code in rule.stacked_on), ZERO)
        if rule.is_inclusive or not concerns(rule, ROOM) or not (rule.is_personal or (moved and before)):
            continue
        base = (before[0] if before else price) + moved
        amount = _added(liable, base).quantize(quantum, rounding=ROUND_HALF_UP)
        after = (base, amount) if liable.persons else None
        if after != before:
            found[rule.code] = after
            change[rule.code] = (amount if after else ZERO) - (before[1] if before else ZERO)
    return found


def _added(liable: Liable, base: Decimal) -> Decimal:
    share, flat = _terms(liable, liable.persons)
    return _capped(liable, base * share + flat)


def _terms(liable: Liable, persons: int) -> tuple[Decimal, Decimal]:
    """The rule as share × base + amount, for so many persons."""
    rule = liable.rule
    if not persons:
        return ZERO, ZERO
    if rule.method == "percent":
        return (rule.rate * persons / liable.party if rule.is_personal else rule.rate), ZERO
    if rule.method in ("per_room_night", "per_stay"):
        return ZERO, rule.amount
    return ZERO, rule.amount * persons


def _capped(liable: Liable, amount: Decimal) -> Decimal:
    most = liable.rule.max_amount
    return amount if most is None else min(amount, most)


def _extract(
    price: Decimal, inclusive: Sequence[Liable], quantum: Decimal
) -> tuple[Decimal, list[Decimal], Decimal]:
    """Solve net + Σ taxes = price, taxes in order; round their sum once and spread it by largest remainder.

    Returns:
        Net, the amount paid per rule, and the sum that certificates waive.
    """
    if not inclusive:
        return price, [], ZERO
    exact = _solve(price, inclusive)
    inside = sum(exact, ZERO)
    whole = min(inside, price).quantize(quantum, rounding=ROUND_HALF_UP)
    paid = [
        amount * liable.persons / (liable.persons + liable.waived) if liable.persons else ZERO
        for liable, amount in zip(inclusive, exact, strict=True)
    ]
    waived = [amount - part for amount, part in zip(exact, paid, strict=True)]
    parts = spread(whole, [*paid, *waived], quantum)
    return price - whole, parts[: len(paid)], sum(parts[len(paid) :], ZERO)


def _solve(price: Decimal, inclusive: Sequence[Liable]) -> list[Decimal]:
    """The exact amount of each inclusive rule, as if nobody were freed.

    Each tax is ``a × net + b``; a capped one becomes the constant cap and the rest is solved again.
    """
    fixed: dict[str, Decimal] = {}
    while True:
        linear = _coefficients(inclusive, fixed)
        slope = sum((a for a, _ in linear), ZERO)
        constant = sum((b for _, b in linear), ZERO)
        net = max((price - constant) / (ONE + slope), ZERO)
        exact = [a * net + b for a, b in linear]
        over = [
            liable
            for liable, amount in zip(inclusive, exact, strict=True)
            if liable.rule.code not in fixed and _capped(liable, amount) < amount
        ]
        if not over:
            return exact
        fixed |= {liable.rule.code: liable.rule.max_amount or ZERO for liable in over}


def _coefficients(inclusive: Sequence[Liable], fixed: dict[str, Decimal]) -> list[tuple[Decimal, Decimal]]:
    known: dict[str, tuple[Decimal, Decimal]] = {}
    for liable in inclusive:
        rule = liable.rule
        if rule.code in fixed:
            known[rule.code] = (ZERO, fixed[rule.code])
            continue
        share, flat = _terms(liable, liable.persons + liable.waived)
        below = [known[code] for code in rule.stacked_on if code in known]
        a = share * (ONE + sum((lower for lower, _ in below), ZERO))
        b = share * sum((lower for _, lower in below), ZERO) + flat
        known[rule.code] = (a, b)
    return [known[liable.rule.code] for liable in inclusive]


def spread(whole: Decimal, weights: Sequence[Decimal], quantum: Decimal) -> list[Decimal]:
    """Split an amount on the minor unit by weights, exactly, by largest remainder; ties to the earlier part.

    With no weight at all everything is zero, and so must the whole be.
    """
    mass = sum(weights, ZERO)
    if not mass:
        return [ZERO.quantize(quantum)] * len(weights)
    units = int(whole / quantum)
    exact = [units * weight / mass for weight in weights]
    parts = [int(share) for share in exact]
    order = sorted(range(len(parts)), key=lambda i: (parts[i] - exact[i], i))
    for i in order[: units - sum(parts)]:
        parts[i] += 1
    return [part * quantum for part in parts]


def stay_lines(liables: Iterable[Liable], quantum: Decimal) -> tuple[tuple[TaxTerms, Decimal, Decimal], ...]:
    """The taxes charged once per stay: rule, base (zero) and amount."""
    return tuple(
        (liable.rule, ZERO, _added(liable, ZERO).quantize(quantum, rounding=ROUND_HALF_UP))
        for liable in liables
        if liable.persons
    )


def document_taxes(grosses: Sequence[Decimal], rate: Decimal, quantum: Decimal) -> list[Decimal]:
    """The variant ``per_document``: extract an inclusive tax from the sum, and spread it over the lines.

    Args:
        grosses: of the lines with this one tax, on the minor unit, ≥ 0.
        rate: 0.10 for ten percent.
        quantum: the minor unit.

    Returns:
        One tax per line; together the rounded tax of the document. No line's gross changes.
    """
    inside = sum(grosses, ZERO) * rate / (ONE + rate)
    return spread(inside.quantize(quantum, rounding=ROUND_HALF_UP), list(grosses), quantum)
