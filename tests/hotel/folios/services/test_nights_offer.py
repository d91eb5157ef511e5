"""What was offered is what the folio owes, to the cent: through the frozen JSON, routing, and the database."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from moneyed import Money

from hotel.core.money import quantum
from hotel.folios.domain.amounts import cut_by_gross
from hotel.folios.domain.routing import Charge, RuleTerms, route
from hotel.folios.models import LedgerEntry, TransactionCode
from hotel.folios.services.folios import account_open
from hotel.folios.services.nights import Night, code_seeds, night_lines, night_parts, nights_post
from hotel.rates.domain.quotes import StayQuote, stay_quote_dump, stay_quote_load
from tests.factories.rate_quotes import stay_quotes


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


@given(stay_quotes())
@settings(max_examples=200)
def test_the_lines_of_a_stay_are_its_offer(quote):
    lines = lines_of(quote)

    unit = quantum(quote.currency)
    assert sum((line.amounts.gross.amount for line in lines), Decimal(0)) == quote.total.amount
    assert sum((line.net.amount for line in lines), Decimal(0)) == quote.net_total.amount
    taxes = [tax.amount.amount for line in lines for tax in line.taxes]
    assert sum(taxes, Decimal(0)) == quote.tax_total.amount
    assert all(amount % unit == 0 for amount in taxes)
    keys = [line.source_key for line in lines]
    assert len(set(keys)) == len(keys)


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
    """A dozen stays of every shape, posted at once in each currency."""
    type(cast.alpha).objects.filter(pk=cast.alpha.pk).update(currency=currency)
    cast.alpha.refresh_from_db()
    offers = quotes_drawn(currency, 12)
    folios = [account_open(place=cast.alpha, kind="house", name=str(number)) for number in range(len(offers))]
    nights = [
        night
        for number, (offer, folio) in enumerate(zip(offers, folios, strict=True))
        for night in nights_of(offer, folio.pk, number)[:1]
    ]
    today = cast.alpha.business_date

    nights_post(place=cast.alpha, nights=[on_day(night, today) for night in nights])

    owed = {folio.pk: Decimal(0) for folio in folios}
    for folio_id, amount in LedgerEntry.objects.filter(ledger="guest").values_list(
        "window__folio_id", "amount"
    ):
        owed[folio_id] += amount
    for night in nights:
        once = sum((tax.amount.amount for tax in night.stay_taxes), Decimal(0))
        assert owed[night.folio_id] == night.price.total.amount + once
    assert sum(LedgerEntry.objects.values_list("amount", flat=True)) == 0


def on_day(night: Night, day) -> Night:
    """The same night on another day, because only the open one is posted."""
    return replace(night, price=replace(night.price, night=day))


def quotes_drawn(currency: str, count: int) -> list[StayQuote]:
    """Quotes in one currency, the same in every run."""
    found: list[StayQuote] = []

    @given(stay_quotes())
    @settings(max_examples=count * 5, database=None)
    def draw(quote):
        if quote.currency == currency and len(found) < count:
            found.append(quote)

    draw()
    return found
