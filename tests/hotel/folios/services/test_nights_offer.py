"""What was offered is what the folio owes, to the cent: through the frozen JSON, routing, and the database."""

from collections import Counter
from dataclasses import replace
from decimal import Decimal

import pytest
from django.db.models import Sum
from hypothesis import given, settings
from hypothesis import strategies as st
from moneyed import Money

from hotel.core.money import quantum
from hotel.folios.domain.amounts import cut_by_gross
from hotel.folios.domain.routing import Charge, RuleTerms, route
from hotel.folios.models import LedgerEntry, TransactionCode
from hotel.folios.services.folios import account_open
from hotel.folios.services.nights import Night, code_seeds, night_lines, night_parts, nights_post
from hotel.rates.domain.quotes import StayQuote, TaxLine, stay_quote_dump, stay_quote_load
from tests.factories.rate_quotes import quotes_seeded, stay_quotes

STAYS = 10_000


def nights_of(quote: StayQuote, folio_id: int = 1, stay: int = 1) -> list[Night]:
    """The nights as they are read back from the reservation."""
    frozen = stay_quote_load(stay_quote_dump(quote))
    return [
        Night(folio_id, stay, price, frozen.stay_taxes if number == 0 else ())
        for number, price in enumerate(frozen.nights)
    ]


def lines_of(quote: StayQuote):
    """What would be posted, with codes that need no database."""
    parts = night_parts(nights_of(quote))
    codes = {
        (seed.kind, seed.code): TransactionCode(code=seed.code, kind=seed.kind, group=seed.group)
        for seed in code_seeds(parts)
    }
    return night_lines(parts, codes)


def taxes_of(quote: StayQuote) -> list[TaxLine]:
    """All taxes that were offered."""
    return [*(tax for night in quote.nights for tax in night.taxes), *quote.stay_taxes]


def assert_is_offer(quote: StayQuote) -> None:
    """The lines that the audit would post add up to the offer: gross, net, and every tax by its code."""
    lines, unit = lines_of(quote), quantum(quote.currency)
    offered, posted = Counter(), Counter()
    for tax in taxes_of(quote):
        offered[tax.code] += tax.amount.amount
    for tax in (tax for line in lines for tax in line.taxes):
        posted[tax.code.code] += tax.amount.amount
        assert tax.amount.amount % unit == 0
    assert posted == offered
    assert sum(offered.values()) == quote.tax_total.amount
    assert sum((line.amounts.gross.amount for line in lines), Decimal(0)) == quote.total.amount
    assert sum((line.net.amount for line in lines), Decimal(0)) == quote.net_total.amount
    keys = [line.source_key for line in lines]
    assert len(set(keys)) == len(keys)


@given(stay_quotes())
@settings(max_examples=200)
def test_the_lines_of_a_stay_are_its_offer(quote):
    assert_is_offer(quote)


@pytest.mark.long
def test_the_lines_of_ten_thousand_stays_are_their_offers():
    """Every shape is there, and often."""
    seen = Counter()
    for quote in quotes_seeded(20270314, STAYS):
        assert_is_offer(quote)
        seen[quote.currency] += 1
        seen["contained"] += any(tax.is_inclusive for tax in taxes_of(quote))
        seen["added"] += any(not tax.is_inclusive for tax in taxes_of(quote))
        seen["once"] += bool(quote.stay_taxes)
        seen["package"] += any(night.packages for night in quote.nights)
        seen["untaxed"] += not quote.tax_total.amount
        seen["free"] += not quote.total.amount
    assert [seen.pop(currency) for currency in ("EUR", "JPY", "KWD")] == [3334, 3333, 3333]
    assert min(seen[shape] for shape in ("contained", "added", "once", "package", "untaxed")) > STAYS // 20


limits = st.tuples(
    st.none() | st.decimals(1, 900, places=0), st.none() | st.decimals("0.01", 1, places=2), st.booleans()
)


@given(stay_quotes(), st.lists(limits, max_size=3))
@settings(max_examples=200)
def test_routing_cuts_the_offer_without_losing_a_cent(quote, shapes):
    rules = [
        RuleTerms(n, 1, 10 + n, 1, limit_amount=amount, limit_rate=rate, limit_per_day=per_day)
        for n, (amount, rate, per_day) in enumerate(shapes)
    ]
    used, pieces = {}, []
    for line in lines_of(quote):
        charge = Charge(line.amounts.gross.amount, line.code.code, line.code.group, line.revenue_date)
        parts = route(charge, 1, {1: rules}, used, quantum(quote.currency))
        pieces += cut_by_gross(line.amounts, [Money(part.gross, quote.currency) for part in parts])

    assert sum((piece.gross.amount for piece in pieces), Decimal(0)) == quote.total.amount
    assert sum((piece.net.amount for piece in pieces), Decimal(0)) == quote.net_total.amount
    taxes = sum((tax.amount.amount for piece in pieces for tax in piece.taxes), Decimal(0))
    assert taxes == quote.tax_total.amount


@pytest.mark.parametrize("currency", ["EUR", "JPY", "KWD"])
def test_the_ledger_says_what_was_offered(cast, currency):
    """A hundred whole stays of every shape through the database, all their nights on the open day."""
    type(cast.alpha).objects.filter(pk=cast.alpha.pk).update(currency=currency)
    cast.alpha.refresh_from_db()
    offers = list(quotes_seeded(7, 100, currency))
    folios = [account_open(place=cast.alpha, kind="house", name=str(number)) for number in range(len(offers))]
    nights = [
        replace(
            night,
            reservation_id=number * 10 + position,  # one night each, because all are posted on one day
            price=replace(night.price, night=cast.alpha.business_date),
        )
        for number, (offer, folio) in enumerate(zip(offers, folios, strict=True))
        for position, night in enumerate(nights_of(offer, folio.pk))
    ]

    nights_post(place=cast.alpha, nights=nights)

    owed = {folio.pk: Decimal(0) for folio in folios}
    entries = LedgerEntry.objects.filter(ledger="guest").values_list("window__folio_id", "amount")
    for folio_id, amount in entries:
        owed[folio_id] += amount
    assert list(owed.values()) == [offer.total.amount for offer in offers]
    by_ledger = dict(LedgerEntry.objects.order_by().values_list("ledger").annotate(Sum("amount")))
    assert -by_ledger.pop("tax") == sum(offer.tax_total.amount for offer in offers)
    assert sum(by_ledger.values()) == sum(offer.tax_total.amount for offer in offers)
