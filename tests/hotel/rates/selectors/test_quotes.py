"""Quotes end to end: terms in the database, one pricing function, explained answers."""

from datetime import date, time, timedelta

import pytest
from moneyed import Money

from hotel.core.exceptions import InvalidInput
from hotel.rates.domain.quotes import Occupancy, night_price_dump
from hotel.rates.selectors.quotes import QuoteRequest, RatesNotSet, closed_why, quote_stay, quotes_search
from tests.cast import TODAY
from tests.factories.rates import (
    price_make,
    rate_plan_make,
    restriction_make,
    tax_exemption_make,
    tax_rule_make,
)
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


def test_a_search_is_narrowed_by_plan_and_type_and_may_tell_what_is_closed(cast):
    double, single = room_type_make(cast.alpha), room_type_make(cast.alpha, code="SGL")
    bar, other = rate_plan_make(cast.alpha), rate_plan_make(cast.alpha, code="OTHER")
    retired = rate_plan_make(cast.alpha, code="GONE", is_active=False)
    for plan in (bar, other, retired):
        price_make(plan, double, "110")
    price_make(bar, single, "80")
    restriction_make(cast.alpha, "min_los", ARRIVAL, DEPARTURE, 5, room_type=double)

    def found(**over):
        quotes = quotes_search(
            place=cast.alpha, arrival=ARRIVAL, departure=DEPARTURE, occupancy=TWO, booked_on=TODAY, **over
        )
        return [(quote.rate_plan_id, quote.room_type_id, [b.code for b in quote.broken]) for quote in quotes]

    assert found() == [(bar.pk, single.pk, [])]
    assert found(room_type_ids=[double.pk], rate_plan_ids=[bar.pk], include_broken=True) == [
        (bar.pk, double.pk, ["min_los"])
    ]
    assert found(rate_plan_ids=[retired.pk], include_broken=True) == [
        (retired.pk, double.pk, ["plan_inactive", "min_los"])
    ]


def test_sold_nights_and_prices_by_hand_take_the_place_of_the_plans(cast):
    double, plan = room_type_make(cast.alpha), rate_plan_make(cast.alpha)
    price_make(plan, double, "110")
    sold = night_price_dump(quote_stay(ask(cast.alpha, plan, double)).nights[0])
    plan.prices.all().delete()
    quote = quote_stay(
        ask(cast.alpha, plan, double, kept={ARRIVAL: sold}, overrides={date(2027, 4, 2): eur("50.005")})
    )
    assert [night.total for night in quote.nights] == [eur("110.00"), eur("50.01")]


@pytest.mark.parametrize(
    "amount", [Money("-1", "EUR"), Money("1", "USD")], ids=["below zero", "other currency"]
)
def test_a_price_by_hand_that_makes_no_sense_is_refused(cast, amount):
    double, plan = room_type_make(cast.alpha), rate_plan_make(cast.alpha)
    with pytest.raises(InvalidInput) as refused:
        quote_stay(ask(cast.alpha, plan, double, overrides={ARRIVAL: amount}))
    assert refused.value.code == "price_invalid"


@pytest.mark.parametrize(
    ("over", "is_day_use"),
    [
        ({"departure": ARRIVAL}, False),
        ({"arrival": DEPARTURE, "departure": ARRIVAL}, False),
        ({"departure": date(2029, 4, 1)}, False),
        ({}, True),
    ],
    ids=["no night", "backwards", "731 nights", "day use over night"],
)
def test_impossible_dates_are_refused(cast, over, is_day_use):
    double, plan = room_type_make(cast.alpha), rate_plan_make(cast.alpha)
    with pytest.raises(InvalidInput) as refused:
        quote_stay(ask(cast.alpha, plan, double, is_day_use=is_day_use, **over))
    assert refused.value.code == "dates_invalid"


def test_certificates_are_found_by_number_and_reasons_by_word(cast):
    double, plan = room_type_make(cast.alpha), rate_plan_make(cast.alpha)
    price_make(plan, double, "110")
    tax_rule_make(cast.alpha, exempt_reasons=["diplomat"])
    city = {"method": "per_person_night", "amount": 2, "is_inclusive": False, "exempt_reasons": ["resident"]}
    tax_rule_make(cast.alpha, "CITY", **city)
    tax_exemption_make(cast.alpha)

    def first_total(*exemptions):
        return quote_stay(ask(cast.alpha, plan, double, exemptions=exemptions)).nights[0].total

    assert first_total() == eur("114.00")
    assert first_total("C-1") == eur("104.00")
    assert first_total("resident:1") == eur("112.00")
    assert first_total("resident:x", "C-1") == eur("100.00")
    tax_exemption_make(cast.alpha, "C-9", revoked_at="2027-01-01T00:00Z")
    assert first_total("C-9") == eur("114.00")


@pytest.mark.parametrize(
    ("hours", "codes"),
    [
        (4, []),
        (5, ["day_use_too_long"]),
        ((time(9), time(13)), []),
        ((time(22), time(2, 1)), ["day_use_too_long"]),
    ],
    ids=["hours", "more hours", "by the clock", "over midnight, begun hours count"],
)
def test_hours_of_day_use_are_given_or_counted(cast, hours, codes):
    double, plan = room_type_make(cast.alpha), rate_plan_make(cast.alpha, day_use_hours=4)
    price_make(plan, double, "60")
    quote = quote_stay(ask(cast.alpha, plan, double, departure=ARRIVAL, is_day_use=True, hours=hours))
    assert ([broken.code for broken in quote.broken], quote.total) == (codes, eur("60.00"))


@pytest.mark.parametrize(
    ("day", "paid"),
    [(date(2027, 3, 27), "40.00"), (date(2027, 3, 28), "30.00"), (date(2027, 10, 31), "50.00")],
    ids=["an ordinary night", "the clock goes forward", "and back"],
)
def test_hours_are_real_time_when_the_clock_changes(cast, day, paid):
    double = room_type_make(cast.alpha)
    plan = rate_plan_make(cast.alpha, day_use_hours=8, day_use_step_minutes=60)
    price_make(plan, double, "10")
    hours = (time(1), time(5))
    quote = quote_stay(
        ask(cast.alpha, plan, double, arrival=day, departure=day, is_day_use=True, hours=hours)
    )
    assert (quote.total, quote.broken) == (eur(paid), ())


def test_an_hour_may_cost_more_on_some_dates(cast):
    double = room_type_make(cast.alpha)
    plan = rate_plan_make(cast.alpha, day_use_hours=8, day_use_step_minutes=30, day_use_min_hours=3)
    price_make(plan, double, "10")
    price_make(plan, double, "15", start_on=ARRIVAL, end_on=ARRIVAL + timedelta(days=1))

    def total(day, *hours):
        asked = {"arrival": day, "departure": day, "is_day_use": True, "hours": hours}
        return quote_stay(ask(cast.alpha, plan, double, **asked)).total

    assert total(ARRIVAL, time(10), time(14, 10)) == eur("67.50")
    assert total(ARRIVAL + timedelta(days=1), time(10), time(14, 10)) == eur("45.00")
    assert total(ARRIVAL, time(10), time(11)) == eur("45.00")


def test_why_something_is_closed_is_told_for_what_is_named(cast):
    double, plan = room_type_make(cast.alpha), rate_plan_make(cast.alpha, sell_from=date(2028, 1, 1))
    restriction_make(cast.alpha, "closed", ARRIVAL, DEPARTURE)
    restriction_make(cast.alpha, "cta", ARRIVAL, DEPARTURE, room_type=double)
    restriction_make(cast.alpha, "ctd", DEPARTURE, date(2027, 4, 4), rate_plan=plan)

    def why(**named):
        broken = closed_why(place=cast.alpha, arrival=ARRIVAL, departure=DEPARTURE, booked_on=TODAY, **named)
        return [(rule.code, rule.level, rule.night) for rule in broken]

    house, arriving = ("closed", "house", ARRIVAL), ("cta", "room_type", ARRIVAL)
    early, leaving = ("outside_selling_dates", "rate_plan", None), ("ctd", "rate_plan", DEPARTURE)
    assert why() == [house]
    assert why(room_type=double) == [house, arriving]
    assert why(rate_plan=plan) == [early, house, leaving]
    not_sold = ("not_on_type", "rate_plan_room_type", None)
    assert why(rate_plan=plan, room_type=double) == [early, not_sold, house, arriving, leaving]
    crowd = Occupancy(9)
    assert why(room_type=double, occupancy=crowd)[0] == ("max_occupancy", "room_type", None)
