"""The one pricing function: terms and a question in, explained quotes out.

Offers, bookings, amendments and postings all come here, so that what was offered is what is charged.
Equal nights are computed once: a quote over many nights costs little more than one night of each price.

Source: docs/algorithms/pricing.md.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from moneyed import Money, get_currency

from hotel.core.days import day_told
from hotel.core.money import quantum as quantum_of
from hotel.core.words import _
from hotel.rates.domain.explaining import (
    chain_steps,
    discount_steps,
    hours_step,
    override_steps,
    package_steps,
    retaxed,
    tax_steps,
)
from hotel.rates.domain.guarantees import least_guarantee
from hotel.rates.domain.packages import ElementCharge, elements_charged, is_charged
from hotel.rates.domain.parties import occupancy_broken, party_of
from hotel.rates.domain.pricing import chain_prices, discounted, hours_paid, party_price, row_for
from hotel.rates.domain.quotes import BrokenRule, NightPrice, PackageLine, StayQuote, Step, TaxLine
from hotel.rates.domain.restrictions import (
    Wish,
    access_broken,
    broken_by_scope,
    broken_rules,
    plan_broken,
    promo_counts,
)
from hotel.rates.domain.sheet import RateSheet, StayRequest
from hotel.rates.domain.taxes import ROOM, LiabilityCounter, Liable, Taxed, recounted, stay_lines, taxed
from hotel.rates.domain.terms import ZERO, Discount, ElementTerms, PlanTerms, PriceRow, TaxTerms

NOT_SET = "rates_not_set"


@dataclass(frozen=True, slots=True)
class Rate:
    """The night's rate before taxes are looked at: amount, how it came about, and a key of its causes."""

    amount: Decimal
    steps: tuple[Step, ...]
    key: Any


@dataclass(frozen=True, slots=True)
class Parts:
    """Everything of a night but its date and ids; equal nights share one."""

    room_net: Money
    room_gross: Money
    packages: tuple[PackageLine, ...]
    taxes: tuple[TaxLine, ...]
    total: Money
    steps: tuple[Step, ...]
    tax: Decimal


class StayPricer:
    """Quotes one stay in any plan and type of a sheet."""

    def __init__(self, sheet: RateSheet, request: StayRequest) -> None:
        self.sheet, self.request = sheet, request
        self.currency = get_currency(sheet.currency)
        self.quantum = quantum_of(sheet.currency)
        self.party = party_of(request.occupancy, sheet.bands)
        self.wish = Wish(
            request.arrival,
            request.departure,
            request.booked_on,
            self.party.size,
            request.is_day_use,
            request.minutes,
        )
        self.days = self.wish.days
        counter = LiabilityCounter(sheet.taxes, self.party, [*sheet.exemptions, *request.exemptions])
        nightly = [tuple(self._slept(counter.night(day))) for day in self.days]
        self.liables = [(liables, tuple(liable.key for liable in liables)) for liables in nightly]
        self.stay_liables = () if request.is_day_use else counter.stay(request.arrival)
        self.broken_at = broken_by_scope((row for row in sheet.restrictions if not row.guarantee), self.wish)
        self.asked_at = broken_by_scope((row for row in sheet.restrictions if row.guarantee), self.wish)
        self._parts: dict[Any, Parts] = {}
        self._rates: dict[Any, Rate] = {}
        self._rows: dict[tuple[int, int], list[PriceRow | None]] = {}
        self._elements: dict[int, list[tuple[ElementTerms, ...]]] = {}

    def quote(self, plan_id: int, type_id: int) -> StayQuote:
        """The stay in one plan on one type; broken rules included, ``rates_not_set`` among them."""
        broken = self.broken(plan_id, type_id)
        nights: list[NightPrice] = []
        tax = ZERO
        chosen, due = self._chosen_rows(plan_id, type_id), self._due(plan_id)
        for index, day in enumerate(self.days):
            if (kept := self.request.kept.get(day)) is not None:
                nights.append(self._kept(kept, index))
                tax += sum((line.amount.amount for line in nights[-1].taxes), ZERO)
                continue
            rate = self._rate(plan_id, type_id, day, chosen[index])
            if rate is None:
                broken.append(self._not_set(plan_id, type_id, day))
                return self._assemble(plan_id, type_id, (), ZERO, broken)
            parts = self._night_parts(rate, due[index], index)
            nights.append(_night(day, plan_id, type_id, parts))
            tax += parts.tax
        return self._assemble(plan_id, type_id, tuple(nights), tax, broken)

    def broken(self, plan_id: int | None, type_id: int | None) -> list[BrokenRule]:
        """Every rule that stands against the stay, prices aside; None leaves out what is asked of plans or types."""
        found = list(self.party.broken)
        room_type = None if type_id is None else self.sheet.types[type_id]
        if room_type is not None:
            found += occupancy_broken(self.party, room_type)
        if plan_id is not None:
            found += self._plan_broken(plan_id)
            if room_type is not None and room_type.id not in self.sheet.types_of(plan_id):
                text = _("%(plans)s is not sold on %(room_type)s.") % {
                    "plans": self.sheet.plans[plan_id].name,
                    "room_type": room_type.name,
                }
                found.append(BrokenRule("not_on_type", "rate_plan_room_type", None, text))
        lineage = [] if plan_id is None else self.sheet.restricting(plan_id)
        named = None if room_type is None else (room_type.id, room_type.name)
        return found + broken_rules(self.broken_at, lineage, named)

    def _plan_broken(self, plan_id: int) -> list[BrokenRule]:
        plan, promo = self.sheet.plans[plan_id], self.sheet.promo
        access = access_broken(
            plan,
            is_agreed=plan_id in self.sheet.agreements,
            is_promo_good=promo is not None and promo_counts(promo, plan_id, self.wish),
        )
        return [*plan_broken(plan, self.wish), *access]

    def _slept(self, liables: Sequence[Liable]) -> list[Liable]:
        """For day use only the taxes that are a share of the price: no night is slept."""
        if not self.request.is_day_use:
            return list(liables)
        return [liable for liable in liables if liable.rule.method == "percent"]

    def _kept(self, kept: NightPrice, index: int) -> NightPrice:
        """A night as sold, the taxes added per guest counted again: caps run over the stay as it is now."""
        if kept.night in self.request.settled:
            return kept
        liables, _ = self.liables[index]
        sold = {
            line.code: (line.base.amount, line.amount.amount) for line in kept.taxes if line.charge == ROOM
        }
        changed = recounted(kept.room_net.amount, sold, liables, self.quantum)
        if not changed:
            return kept
        stands = [line for line in kept.taxes if line.charge != ROOM or line.code not in changed]
        due = [
            (liable.rule, *taxes)
            for liable in liables
            if (taxes := changed.get(liable.rule.code)) is not None
        ]
        order = {liable.rule.code: place for place, liable in enumerate(liables)}
        lines = sorted(
            [*stands, *self._lines(due, ROOM)],
            key=lambda line: (line.charge != ROOM, order.get(line.code, -1) if line.charge == ROOM else 0),
        )
        before, after = (sum((line.amount.amount for line in of), ZERO) for of in (kept.taxes, lines))
        return retaxed(kept, tuple(lines), self._money(kept.total.amount + after - before), self._money(ZERO))

    def _chosen_rows(self, plan_id: int, type_id: int) -> list[PriceRow | None]:
        """The row that counts on each day: of the plan itself, else of its nearest ancestor with one."""
        owned = [self._own_rows(plan.id, type_id) for plan in self.sheet.lineage(plan_id)]
        return [next((row for row in rows if row is not None), None) for rows in zip(*owned, strict=True)]

    def _own_rows(self, plan_id: int, type_id: int) -> list[PriceRow | None]:
        """The same among the plan's own rows; computed once, because children ask for their parent's."""
        key = (plan_id, type_id)
        if key not in self._rows:
            rows = self.sheet.prices.get(key, ())
            self._rows[key] = [row_for(rows, day) for day in self.days]
        return self._rows[key]

    def _rate(self, plan_id: int, type_id: int, day: date, row: PriceRow | None) -> Rate | None:
        """By hand before by plan; None when there is neither."""
        override = self.request.overrides.get(day)
        if override is not None:
            return Rate(override, override_steps(self._money(override)), override)
        if row is None:
            return None
        key = (plan_id, type_id, row.id)
        if key not in self._rates:
            self._rates[key] = self._plan_rate(plan_id, type_id, row, key)
        return self._rates[key]

    def _plan_rate(self, plan_id: int, type_id: int, row: PriceRow, key: Any) -> Rate:
        plan = self.sheet.plans[plan_id]
        chain = self._chain(plan_id, row.rate_plan_id)
        exact = party_price(row, self.sheet.types[type_id], self.party)
        shown = [level.shown for level in chain_prices(exact, chain, self.quantum)]
        steps = chain_steps(chain, row, self.party, [self._money(amount) for amount in shown])
        amount, lasting = self._lasting(shown[-1], chain[0])
        left, taken = discounted(amount, self._discounts(plan_id), plan.max_discount_rate, self.quantum)
        return Rate(left, (*steps, *lasting, *discount_steps(taken, left, self._money)), key)

    def _lasting(self, amount: Decimal, owner: PlanTerms) -> tuple[Decimal, tuple[Step, ...]]:
        """The price of the day: that of an hour, of a plan whose prices are for one, as often as hours are paid."""
        if owner.day_use_step is None or not self.request.is_day_use:
            return amount, ()
        minutes = self.request.minutes or 0
        hours = hours_paid(minutes, owner.day_use_step, owner.day_use_least)
        whole = (amount * hours).quantize(self.quantum, rounding=ROUND_HALF_UP)
        return whole, (hours_step(minutes, owner, hours, self._money(whole)),)

    def _chain(self, plan_id: int, owner_id: int) -> list[PlanTerms]:
        """From the plan that owns the price down to the plan that is sold."""
        lineage = self.sheet.lineage(plan_id)
        owner = next(depth for depth, plan in enumerate(lineage) if plan.id == owner_id)
        return lineage[owner::-1]

    def _discounts(self, plan_id: int) -> list[Discount]:
        """The company's, then the promotion's."""
        found = [self.sheet.agreements.get(plan_id)]
        promo = self.sheet.promo
        if promo is not None and promo_counts(promo, plan_id, self.wish):
            found.append(promo.discount)
        return [discount for discount in found if discount is not None]

    def _due(self, plan_id: int) -> list[tuple[ElementTerms, ...]]:
        """The package elements charged on each day."""
        if plan_id not in self._elements:
            elements, count = self.sheet.nearest(plan_id, self.sheet.elements) or (), len(self.days)
            self._elements[plan_id] = [
                tuple(element for element in elements if is_charged(element, day, index, count))
                for index, day in enumerate(self.days)
            ]
        return self._elements[plan_id]

    def _night_parts(self, rate: Rate, due: tuple[ElementTerms, ...], index: int) -> Parts:
        liables, tax_key = self.liables[index]
        key = (rate.key, tuple(element.id for element in due), tax_key)
        if key not in self._parts:
            self._parts[key] = self._compute(rate, due, liables)
        return self._parts[key]

    def _compute(self, rate: Rate, due: Sequence[ElementTerms], liables: Sequence[Liable]) -> Parts:
        charges = elements_charged(due, rate.amount, self.party, self.quantum)
        inside = sum((charge.amount for charge in charges if charge.element.is_included), ZERO)
        room = taxed(rate.amount - inside, ROOM, liables, self.quantum)
        pairs = [
            (charge, taxed(charge.amount, charge.element.group, liables, self.quantum)) for charge in charges
        ]
        included = sum((result.gross for charge, result in pairs if charge.element.is_included), ZERO)
        extra = sum((result.gross for charge, result in pairs if not charge.element.is_included), ZERO)
        results = [room, *(result for _, result in pairs)]
        lines = [*self._lines(room.lines, ROOM)]
        for charge, result in pairs:
            lines += self._lines(result.lines, charge.element.code)
        gross = room.gross + included
        total = gross + extra + sum((result.added for result in results), ZERO)
        packages = tuple(self._package(charge, result) for charge, result in pairs)
        waived = (
            rate.amount + sum((c.amount for c in charges if not c.element.is_included), ZERO) - gross - extra
        )
        steps = (*rate.steps, *package_steps(packages), *tax_steps(lines, self._money(waived)))
        return Parts(
            self._money(room.net),
            self._money(gross),
            packages,
            tuple(lines),
            self._money(total),
            steps,
            sum((line.amount.amount for line in lines), ZERO),
        )

    def _lines(self, lines: Sequence[tuple[TaxTerms, Decimal, Decimal]], charge: str) -> list[TaxLine]:
        return [
            TaxLine(rule.code, rule.name, self._money(base), self._money(amount), rule.is_inclusive, charge)
            for rule, base, amount in lines
        ]

    def _package(self, charge: ElementCharge, result: Taxed) -> PackageLine:
        element = charge.element
        return PackageLine(
            element.code,
            element.name,
            self._money(result.gross),
            element.is_included,
            element.rhythm,
            element.group,
            element.is_allowance,
            element.allowance_period,
            element.allowance_codes,
            element.bears_overage,
        )

    def _assemble(
        self,
        plan_id: int,
        type_id: int,
        nights: tuple[NightPrice, ...],
        tax: Decimal,
        broken: Sequence[BrokenRule],
    ) -> StayQuote:
        stay_taxes = tuple(self._lines(stay_lines(self.stay_liables, self.quantum), "stay")) if nights else ()
        once = sum((line.amount.amount for line in stay_taxes), ZERO)
        total = sum((night.total.amount for night in nights), ZERO) + once
        return StayQuote(
            property_id=self.sheet.property_id,
            rate_plan_id=plan_id,
            room_type_id=type_id,
            arrival=self.request.arrival,
            departure=self.request.departure,
            occupancy=self.request.occupancy,
            currency=self.sheet.currency,
            nights=nights,
            stay_taxes=stay_taxes,
            total=self._money(total),
            net_total=self._money(total - tax - once),
            tax_total=self._money(tax + once),
            broken=tuple(broken),
            policies=self._policies(plan_id, type_id),
        )

    def _policies(self, plan_id: int, type_id: int) -> dict[str, Any]:
        """What is frozen with the booking: the plan's policies, and the least guarantee if one is asked for."""
        named = (type_id, self.sheet.types[type_id].name)
        asked = least_guarantee(self.asked_at, self.sheet.restricting(plan_id), named)
        return self.sheet.policies_of(plan_id) | ({"guarantee": asked} if asked else {})

    def _not_set(self, plan_id: int, type_id: int, day: date) -> BrokenRule:
        plan, room_type = self.sheet.plans[plan_id], self.sheet.types[type_id]
        text = _("%(plan)s has no price for %(room_type)s on %(day)s.") % {
            "plan": plan.name,
            "room_type": room_type.name,
            "day": day_told(day),
        }
        return BrokenRule(NOT_SET, "rate_plan_room_type", day, text)

    def _money(self, amount: Decimal) -> Money:
        return Money(amount.quantize(self.quantum), self.currency)


def _night(day: date, plan_id: int, type_id: int, parts: Parts) -> NightPrice:
    return NightPrice(
        day,
        type_id,
        plan_id,
        parts.room_net,
        parts.room_gross,
        parts.packages,
        parts.taxes,
        parts.total,
        parts.steps,
    )
