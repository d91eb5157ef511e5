"""The one pricing function: whole stays in, explained quotes out; see docs/algorithms/pricing.md."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from moneyed import Money

from hotel.rates.domain.postings import stay_postings
from hotel.rates.domain.quotes import Occupancy
from hotel.rates.domain.stays import StayPricer
from hotel.rates.domain.terms import ChildTerms, Discount, Exemption, PromoTerms
from tests.factories.rate_terms import (
    DOUBLE,
    MONDAY,
    asked,
    dec,
    element,
    plan,
    price,
    quoted,
    rule,
    sheet,
    tax,
)


def eur(amount) -> Money:
    return Money(dec(amount), "EUR")


def codes(quote) -> list[tuple[str, str]]:
    return [(broken.code, broken.level) for broken in quote.broken]


def totals(quote) -> list[str]:
    return [str(night.total.amount) for night in quote.nights]


def test_a_stay_may_change_its_price_every_night_and_over_the_year():
    rows = [
        price(100),
        price(150, pk=2, level=2, start=date(2027, 12, 31), end=date(2028, 1, 1)),
        price(80, pk=3, level=1, start=date(2028, 1, 1), end=date(2028, 3, 1)),
    ]
    quote = quoted(sheet(*rows), asked(date(2027, 12, 30), date(2028, 1, 2)))
    assert [(night.night, night.total) for night in quote.nights] == [
        (date(2027, 12, 30), eur("100.00")),
        (date(2027, 12, 31), eur("150.00")),
        (date(2028, 1, 1), eur("80.00")),
    ]
    assert (quote.total, quote.is_sellable) == (eur("330.00"), True)


def test_a_derived_plan_sells_its_parents_price_unless_it_has_one_of_its_own():
    plans = [plan(room_type_ids=frozenset({1})), plan(2, "Nrf", parent_id=1, offset_rate="-0.10")]
    own = price(70, pk=2, plan_id=2, level=2, start=date(2027, 3, 2), end=date(2027, 3, 3))
    quote = quoted(sheet(price("99.50"), own, plans=plans), asked(departure=date(2027, 3, 3)), plan_id=2)
    assert totals(quote) == ["89.55", "70.00"]
    assert [step.text for step in quote.nights[0].steps] == [
        "Bar: standard price, for 2 adults.",
        "Nrf: -10 % on Bar.",
    ]
    assert [step.text for step in quote.nights[1].steps] == ["Nrf: dated price, for 2 adults."]


def test_a_night_without_price_is_told_and_nothing_is_quoted():
    rows = [price(100, level=2, start=MONDAY, end=MONDAY + timedelta(1))]
    terms = sheet(*rows, taxes=[tax("CLEAN", method="per_stay", amount=20, is_inclusive=False)])
    quote = quoted(terms, asked(departure=MONDAY + timedelta(3)))
    (broken,) = quote.broken
    assert (broken.code, broken.level, broken.night) == (
        "rates_not_set",
        "rate_plan_room_type",
        date(2027, 3, 2),
    )
    assert broken.text == "Bar has no price for Double on Tue 2 Mar 2027."
    assert (quote.nights, quote.stay_taxes, quote.total, quote.is_sellable) == ((), (), eur(0), False)


def test_the_agreed_discount_is_taken_before_the_promotions_and_both_within_the_cap():
    promo = PromoTerms("SPRING", Discount("Spring", dec("0.20")))
    terms = sheet(price(100), agreements={1: Discount("Acme", dec("0.10"))}, promo=promo)
    quote = quoted(terms, asked())
    assert totals(quote) == ["72.00"]
    assert [(step.text, step.amount) for step in quote.nights[0].steps[1:]] == [
        ("Acme: -10.", eur("90.00")),
        ("Spring: -18.", eur("72.00")),
    ]
    capped = sheet(
        price(100),
        plans=[plan(max_discount_rate="0.25", room_type_ids=frozenset({1}))],
        agreements={1: Discount("Acme", dec("0.10"))},
        promo=promo,
    )
    assert totals(quoted(capped, asked())) == ["75.00"]


def test_a_code_that_does_not_count_takes_nothing_off():
    promo = PromoTerms("SPRING", Discount("Spring", dec("0.20")), is_used_up=True)
    assert totals(quoted(sheet(price(100), promo=promo), asked())) == ["100.00"]


def test_a_code_may_open_a_plan_without_taking_anything_off():
    plans = [plan(needs_promo=True, room_type_ids=frozenset({1}))]
    assert codes(quoted(sheet(price(100), plans=plans), asked())) == [("promo_required", "rate_plan")]
    opened = quoted(sheet(price(100), plans=plans, promo=PromoTerms("VIP")), asked())
    assert (opened.broken, totals(opened)) == ((), ["100.00"])


def test_a_negotiated_plan_is_for_its_companies_only():
    plans = [plan(is_negotiated=True, room_type_ids=frozenset({1}))]
    assert codes(quoted(sheet(price(100), plans=plans), asked())) == [("not_agreed", "rate_plan")]
    assert quoted(sheet(price(100), plans=plans, agreements={1: None}), asked()).broken == ()


def test_a_price_by_hand_takes_the_place_of_plan_price_and_discounts():
    terms = sheet(price(100), promo=PromoTerms("S", Discount("S", dec("0.5"))), taxes=[tax()])
    quote = quoted(terms, asked(departure=date(2027, 3, 3), overrides={MONDAY: dec("55")}))
    assert totals(quote) == ["55.00", "50.00"]
    assert (quote.nights[0].room_net, quote.nights[0].steps[0].kind) == (eur("50.00"), "override")


def test_a_price_by_hand_needs_no_price_of_the_plan():
    quote = quoted(sheet(), asked(overrides={MONDAY: dec("0")}))
    assert (quote.broken, totals(quote)) == ((), ["0.00"])


def test_a_night_sold_keeps_its_price_and_counts_towards_the_cap_of_a_tax():
    city = tax("CITY", method="per_person_night", amount=2, is_inclusive=False, max_nights=2)
    before = quoted(sheet(price(100), taxes=[city]), asked())
    dearer = sheet(price(130), taxes=[city])
    quote = quoted(dearer, asked(departure=MONDAY + timedelta(3), kept={MONDAY: before.nights[0]}))
    assert quote.nights[0] is before.nights[0]
    assert totals(quote) == ["104.00", "134.00", "130.00"]
    assert (quote.total, quote.net_total, quote.tax_total) == (eur("368.00"), eur("360.00"), eur("8.00"))


def test_a_family_of_ten_nights_with_a_cap_of_seven_and_a_free_child():
    city = tax("CITY", method="per_person_night", amount="2.50", is_inclusive=False, max_nights=7, min_age=15)
    row = price(200, by_child={"child": ChildTerms("share", dec("0.5"))})
    request = asked(departure=MONDAY + timedelta(10), occupancy=Occupancy(2, child_ages=(8,)))
    quote = quoted(sheet(row, taxes=[tax(), city]), request)
    assert totals(quote) == ["255.00"] * 7 + ["250.00"] * 3
    assert (quote.total, quote.net_total, quote.tax_total) == (eur("2535.00"), eur("2272.70"), eur("262.30"))


def test_packages_are_contained_or_added_and_taxed_by_their_group():
    terms = sheet(
        price(110),
        taxes=[tax("VAT", "0.10", groups=("room", "food")), tax("BEV", "0.20", pk=2, groups=("beverage",))],
        elements={
            1: [
                element("BF", 11),
                element("WINE", 24, pk=2, group="beverage", basis="flat", is_included=False),
            ]
        },
    )
    night = quoted(terms, asked()).nights[0]
    assert (night.room_net, night.room_gross, night.total) == (eur("80.00"), eur("110.00"), eur("134.00"))
    assert [(line.charge, line.code, line.amount) for line in night.taxes] == [
        ("room", "VAT", eur("8.00")),
        ("BF", "VAT", eur("2.00")),
        ("WINE", "BEV", eur("4.00")),
    ]
    assert [step.kind for step in night.steps] == ["always", "package", "package", "tax", "tax", "tax"]


def test_a_plan_without_packages_has_those_of_its_parent_on_their_nights():
    plans = [plan(room_type_ids=frozenset({1})), plan(2, "Nrf", parent_id=1, offset_rate="-0.10")]
    fruit = element("FRUIT", 9, basis="flat", rhythm="arrival")
    quote = quoted(
        sheet(price(100), plans=plans, elements={1: [fruit]}), asked(departure=date(2027, 3, 3)), plan_id=2
    )
    assert [[line.code for line in night.packages] for night in quote.nights] == [["FRUIT"], []]
    assert totals(quote) == ["90.00", "90.00"]


def test_what_a_certificate_takes_off_is_a_step():
    terms = sheet(price(110), taxes=[tax(exempt_reasons=["diplomat"])], exemptions=[Exemption("diplomat")])
    quote = quoted(terms, asked())
    assert (quote.total, quote.tax_total) == (eur("100.00"), eur("0.00"))
    assert quote.nights[0].steps[-1].kind == "tax_waived"
    assert quote.nights[0].steps[-1].amount == eur("10.00")
    stated = quoted(sheet(price(110), taxes=terms.taxes), asked(exemptions=[Exemption("diplomat")]))
    assert stated.total == eur("100.00")


def test_taxes_of_the_stay_are_in_the_total_once():
    terms = sheet(price(100), taxes=[tax("CLEAN", method="per_stay", amount=20, is_inclusive=False)])
    quote = quoted(terms, asked(departure=MONDAY + timedelta(2)))
    assert [(line.code, line.charge, line.amount) for line in quote.stay_taxes] == [
        ("CLEAN", "stay", eur("20.00"))
    ]
    assert (quote.total, quote.net_total, quote.tax_total) == (eur("220.00"), eur("200.00"), eur("20.00"))


def test_day_use_pays_shares_but_no_night_and_no_stay():
    rules = [
        tax(),
        tax("CITY", method="per_person_night", amount=2, is_inclusive=False, pk=2),
        tax("CLEAN", method="per_stay", amount=20, is_inclusive=False, pk=3),
    ]
    plans = [plan(day_use_hours=6, room_type_ids=frozenset({1}))]
    request = asked(departure=MONDAY, is_day_use=True, minutes=300)
    quote = quoted(sheet(price(55), plans=plans, taxes=rules), request)
    assert (quote.broken, totals(quote), quote.stay_taxes) == ((), ["55.00"], ())
    assert quote.tax_total == eur("5.00")


def test_day_use_by_the_hour_explains_itself_and_pays_discounts_packages_and_taxes_once():
    by_hour = {"day_use_hours": 8, "day_use_step": 30, "day_use_least": 2}
    terms = sheet(
        price("20"),
        plans=[plan(room_type_ids=frozenset({1}), **by_hour)],
        promo=PromoTerms("SPRING", Discount("Spring", amount=Decimal(10))),
        elements={1: [element("BF", 11, is_included=False)]},
        taxes=[tax(), tax("CITY", method="per_person_night", amount=2, is_inclusive=False, pk=2)],
    )
    quote = quoted(terms, asked(departure=MONDAY, is_day_use=True, minutes=200))
    (day,) = quote.nights
    assert [(step.text, step.amount) for step in day.steps[:3]] == [
        ("Bar: standard price, for 2 adults, an hour.", eur("20.00")),
        ("3:20 h: 3.5 × the price of an hour, started half hours, at least 2.", eur("70.00")),
        ("Spring: -10.", eur("60.00")),
    ]
    assert (day.room_gross, quote.total, quote.tax_total) == (eur("60.00"), eur("82.00"), eur("5.45"))
    assert sum((line.gross for line in stay_postings(quote)), eur(0)) == quote.total


def test_a_price_for_the_day_does_not_ask_for_the_hours_and_nights_do_not_take_an_hours_price():
    by_day = plan(day_use_hours=8, room_type_ids=frozenset({1}))
    for minutes in (30, 480):
        request = asked(departure=MONDAY, is_day_use=True, minutes=minutes)
        assert totals(quoted(sheet(price(55), plans=[by_day]), request)) == ["55.00"]
    by_hour = plan(day_use_hours=8, day_use_step=60, room_type_ids=frozenset({1}))
    night = quoted(sheet(price(20), plans=[by_hour]), asked())
    assert codes(night) == [("day_use_only", "rate_plan")]


@pytest.mark.parametrize(
    ("currency", "rate", "shown"),
    [("JPY", "10000.5", "9000"), ("KWD", "10.0055", "9.005"), ("EUR", "99.95", "89.96")],
)
def test_every_amount_lies_on_the_currencys_minor_unit(currency, rate, shown):
    plans = [plan(room_type_ids=frozenset({1})), plan(2, "Nrf", parent_id=1, offset_rate="-0.10")]
    quote = quoted(sheet(price(rate), plans=plans, currency=currency), asked(), plan_id=2)
    assert (str(quote.total.amount), quote.currency) == (shown, currency)


def test_everything_against_a_stay_is_told_with_its_level():
    terms = sheet(
        price(100),
        plans=[plan(is_active=False)],
        restrictions=[rule("min_los", 3), rule("closed", type_id=1), rule("cta", plan_id=1)],
    )
    request = asked(occupancy=Occupancy(4, children=(("teen", 1),)))
    quote = quoted(terms, request)
    assert codes(quote) == [
        ("age_band_unknown", "request"),
        ("max_adults", "room_type"),
        ("plan_inactive", "rate_plan"),
        ("not_on_type", "rate_plan_room_type"),
        ("min_los", "house"),
        ("closed", "room_type"),
        ("cta", "rate_plan"),
    ]
    assert totals(quote) == ["100.00"]


def test_only_what_is_named_is_asked():
    terms = sheet(
        plans=[plan(is_active=False, room_type_ids=frozenset({1}))],
        restrictions=[rule("min_los", 3), rule("closed", type_id=1), rule("cta", plan_id=1)],
    )
    pricer = StayPricer(terms, asked(occupancy=Occupancy(4)))
    assert [broken.code for broken in pricer.broken(None, None)] == ["min_los"]
    assert [broken.code for broken in pricer.broken(None, 1)] == ["max_adults", "min_los", "closed"]
    assert [broken.code for broken in pricer.broken(1, None)] == ["plan_inactive", "min_los", "cta"]


def test_a_plan_that_does_not_inherit_is_free_of_its_parents_restrictions():
    rows = [rule("min_los", 3, plan_id=1)]
    for inherits, wanted in ((True, [("min_los", "rate_plan")]), (False, [])):
        plans = [
            plan(room_type_ids=frozenset({1})),
            plan(2, "Nrf", parent_id=1, offset_rate="-0.1", inherits_restrictions=inherits),
        ]
        assert codes(quoted(sheet(price(100), plans=plans, restrictions=rows), asked(), plan_id=2)) == wanted


def test_policies_come_along_to_be_frozen():
    policies = {1: {"cancellation": {"code": "FLEX"}}}
    assert quoted(sheet(price(100), policies=policies), asked()).policies == {
        "cancellation": {"code": "FLEX"},
        "deposit": {},
        "no_show": {},
    }


def test_a_quote_names_what_was_asked():
    request = asked(departure=MONDAY + timedelta(2))
    quote = quoted(sheet(price(100)), request)
    assert (quote.property_id, quote.rate_plan_id, quote.room_type_id) == (7, 1, DOUBLE.id)
    assert (quote.arrival, quote.departure, quote.occupancy) == (MONDAY, MONDAY + timedelta(2), Occupancy(2))


def test_one_pricer_quotes_many_plans_and_types_alike():
    """Equal nights are computed once; the results are those of pricers of their own."""
    plans = [plan(room_type_ids=frozenset({1})), plan(2, "Nrf", parent_id=1, offset_rate="-0.10")]
    rows = [price(100), price(150, pk=2, weekdays=48, level=1, start=MONDAY, end=MONDAY + timedelta(30))]
    terms = sheet(*rows, plans=plans, taxes=[tax(max_nights=4)], elements={2: [element("BF", 10)]})
    request = asked(departure=MONDAY + timedelta(9), overrides={MONDAY: Decimal(9)})
    shared = StayPricer(terms, request)
    assert [shared.quote(pk, 1) for pk in (1, 2)] == [quoted(terms, request, plan_id=pk) for pk in (1, 2)]
