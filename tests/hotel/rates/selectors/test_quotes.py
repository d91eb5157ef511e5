"""Quotes end to end: terms in the database, one pricing function, explained answers."""

from datetime import date

import pytest
from moneyed import Money

from hotel.rates.domain.quotes import Occupancy
from hotel.rates.selectors.quotes import QuoteRequest, RatesNotSet, quote_stay, quotes_search
from tests.cast import TODAY
from tests.factories.rates import price_make, rate_plan_make, tax_rule_make
from tests.factories.rooms import room_type_make

ARRIVAL, DEPARTURE = date(2027, 4, 1), date(2027, 4, 3)
TWO = Occupancy(2)


def ask(place, plan, room_type, **over) -> QuoteRequest:
    values = {"arrival": ARRIVAL, "departure": DEPARTURE, "occupancy": TWO, "booked_on": TODAY, **over}
    return QuoteRequest(place=place, rate_plan=plan, room_type=room_type, **values)


def eur(amount) -> Money:
    return Money(amount, "EUR")


def test_a_flat_price_is_quoted_with_its_contained_tax(cast):
    double = room_type_make(cast.alpha)
    plan = rate_plan_make(cast.alpha)
    price_make(plan, double, "110")
    tax_rule_make(cast.alpha)
    quote = quote_stay(ask(cast.alpha, plan, double))
    assert quote.broken == ()
    assert [night.night for night in quote.nights] == [date(2027, 4, 1), date(2027, 4, 2)]
    assert [(n.room_net, n.room_gross, n.total) for n in quote.nights] == [
        (eur("100.00"), eur("110.00"), eur("110.00"))
    ] * 2
    assert (quote.total, quote.net_total, quote.tax_total) == (eur("220.00"), eur("200.00"), eur("20.00"))


def test_a_plan_without_a_price_is_refused_with_the_night(cast):
    double = room_type_make(cast.alpha)
    plan = rate_plan_make(cast.alpha)
    price_make(plan, double, "110", start_on=ARRIVAL, end_on=date(2027, 4, 2))
    with pytest.raises(RatesNotSet) as refused:
        quote_stay(ask(cast.alpha, plan, double))
    assert refused.value.extra == {"nights": ["2027-04-02"]}


def test_the_search_prices_every_plan_on_every_type_it_is_sold_on(cast):
    double, single = room_type_make(cast.alpha), room_type_make(cast.alpha, code="SGL")
    plan = rate_plan_make(cast.alpha)
    price_make(plan, double, "110")
    price_make(plan, single, "80")
    rate_plan_make(cast.alpha, code="NRF", parent=plan, offset_rate="-0.10")
    found = quotes_search(
        place=cast.alpha, arrival=ARRIVAL, departure=DEPARTURE, occupancy=TWO, booked_on=TODAY
    )
    assert sorted(quote.total.amount for quote in found) == [144, 160, 198, 220]
