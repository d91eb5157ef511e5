"""Taxes of charges, nights and stays; see docs/algorithms/taxes.md."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotel.rates.domain.taxes import (
    LiabilityCounter,
    Liable,
    concerns,
    document_taxes,
    frees,
    recounted,
    spread,
    stay_lines,
    taxed,
)
from hotel.rates.domain.terms import Exemption
from tests.factories.rate_terms import CENT, MONDAY, dec, party, tax


def taxes_of(price, *rules, guests=None, exemptions=(), group="room", quantum=CENT):
    """One charge of one night."""
    liables = LiabilityCounter(rules, guests or party(2), exemptions).night(MONDAY)
    return taxed(dec(price), group, liables, quantum)


def shown(result) -> list[tuple[str, str, str]]:
    return [(rule.code, str(base.quantize(CENT)), str(amount)) for rule, base, amount in result.lines]


def test_a_contained_share_is_extracted_and_net_and_tax_are_the_price():
    result = taxes_of("110", tax())
    assert (result.net, result.gross, result.added) == (dec("100"), dec("110"), 0)
    assert shown(result) == [("VAT", "100.00", "10.00")]
    odd = taxes_of("99.99", tax(rate="0.07"))
    assert (odd.net, shown(odd)) == (dec("93.45"), [("VAT", "93.45", "6.54")])


def test_an_added_share_comes_on_top():
    result = taxes_of("100", tax(rate="0.10", is_inclusive=False))
    assert (result.net, result.gross, result.added) == (100, 100, dec("10.00"))


def test_rules_stack_in_order_contained_below_added():
    rules = [
        tax("VAT", "0.10"),
        tax("SVC", "0.10", pk=2, is_inclusive=False, stacked_on=["VAT"]),
        tax("GST", "0.07", pk=3, is_inclusive=False, stacked_on=["VAT", "SVC"]),
    ]
    result = taxes_of("110", *rules)
    assert shown(result) == [
        ("VAT", "100.00", "10.00"),
        ("SVC", "110.00", "11.00"),
        ("GST", "121.00", "8.47"),
    ]
    assert (result.gross, result.added) == (110, dec("19.47"))


def test_contained_rules_stacked_on_one_another_are_solved_together():
    """Net 100, ten percent service, seven percent of 110: the price is 117.70."""
    rules = [tax("SVC", "0.10"), tax("GST", "0.07", pk=2, stacked_on=["SVC"])]
    assert shown(taxes_of("117.70", *rules)) == [("SVC", "100.00", "10.00"), ("GST", "110.00", "7.70")]


def test_contained_amounts_are_taken_out_before_shares():
    city = tax("CITY", method="per_person_night", amount="2.50", pk=2)
    result = taxes_of("115", tax(), city)
    assert shown(result) == [("VAT", "100.00", "10.00"), ("CITY", "100.00", "5.00")]


def test_contained_amounts_never_exceed_the_price():
    result = taxes_of("3", tax("CITY", method="per_person_night", amount="2.50"))
    assert (result.net, result.gross, shown(result)) == (0, 3, [("CITY", "0.00", "3.00")])


@pytest.mark.parametrize(
    ("rule", "amount"),
    [
        (tax(method="per_room_night", amount="3", is_inclusive=False), "3.00"),
        (tax(method="per_person_night", amount="3", is_inclusive=False), "9.00"),
        (tax(method="per_person_night", amount="3", is_inclusive=False, min_age=15), "6.00"),
        (tax(method="per_person_night", amount="3", is_inclusive=False, max_age=11), "3.00"),
        (tax(rate="0.03", is_inclusive=False), "3.00"),
        (tax(rate="0.03", is_inclusive=False, min_age=15), "2.00"),
        (tax(rate="0.03", is_inclusive=False, max_amount="1.25"), "1.25"),
        (tax(method="per_person_night", amount="3", is_inclusive=False, max_amount="7"), "7.00"),
    ],
    ids=[
        "room",
        "person",
        "adults only",
        "children only",
        "share",
        "share of liable",
        "capped share",
        "capped amount",
    ],
)
def test_methods_for_two_adults_and_a_child_of_eight_at_one_hundred(rule, amount):
    result = taxes_of("100", rule, guests=party(2, 8))
    assert [str(found) for _, _, found in result.lines] == [amount]


def test_a_contained_share_with_a_cap_leaves_the_rest_to_the_net():
    rules = [tax("VAT", "0.10"), tax("CITY", "0.05", pk=2, max_amount="2")]
    result = taxes_of("112", *rules)
    assert (result.net, shown(result)) == (100, [("VAT", "100.00", "10.00"), ("CITY", "100.00", "2.00")])


def test_a_rule_on_a_capped_contained_rule_uses_the_cap():
    rules = [tax("CITY", "0.05", max_amount="2"), tax("VAT", "0.10", pk=2, stacked_on=["CITY"])]
    result = taxes_of("112.20", *rules)
    assert shown(result) == [("CITY", "100.00", "2.00"), ("VAT", "102.00", "10.20")]


@pytest.mark.parametrize(
    ("rule", "group", "wanted"),
    [
        (tax(), "room", True),
        (tax(), "food", False),
        (tax(groups=("food",)), "room", False),
        (tax(method="per_person_night", amount=1), "room", True),
        (tax(method="per_person_night", amount=1), "food", False),
    ],
)
def test_which_charges_a_rule_is_taken_on(rule, group, wanted):
    assert concerns(rule, group) is wanted


def test_a_charge_that_no_rule_concerns_is_net():
    result = taxes_of("50", tax(), group="beverage")
    assert (result.net, result.gross, result.lines, result.added) == (50, 50, (), 0)


def paid_by_night(rule, guests, nights, exemptions=()) -> list[int]:
    """Persons who pay on each night."""
    counter = LiabilityCounter([rule], guests, exemptions)
    return [sum(liable.persons for liable in counter.night(MONDAY + timedelta(n))) for n in range(nights)]


def test_a_family_pays_the_city_tax_for_seven_of_ten_nights_and_its_small_child_never():
    city = tax(method="per_person_night", amount="2.50", is_inclusive=False, max_nights=7, min_age=15)
    assert paid_by_night(city, party(2, 16, 4), 10) == [3] * 7 + [0] * 3


def test_each_person_has_his_own_nights_over_versions_of_a_tax():
    old = tax(method="per_person_night", amount="2", max_nights=3, valid_until=MONDAY + timedelta(2))
    new = tax(method="per_person_night", amount="3", max_nights=3, valid_from=MONDAY + timedelta(2), pk=2)
    counter = LiabilityCounter([old, new], party(2), ())
    found = [[(li.rule.amount, li.persons) for li in counter.night(MONDAY + timedelta(n))] for n in range(4)]
    assert found == [[(2, 2)], [(2, 2)], [(3, 2)], [(3, 0)]]


def test_the_first_night_of_a_month_takes_the_new_version():
    rules = [
        tax(rate="0.10", valid_until=date(2027, 4, 1)),
        tax(rate="0.13", valid_from=date(2027, 4, 1), pk=2),
    ]
    counter = LiabilityCounter(rules, party(1), ())
    assert [li.rule.rate for li in counter.night(date(2027, 3, 31))] == [dec("0.10")]
    assert [li.rule.rate for li in counter.night(date(2027, 4, 1))] == [dec("0.13")]


DIPLOMAT = Exemption("diplomat", 1, first=MONDAY, last=MONDAY + timedelta(1))


def test_a_certificate_frees_so_many_persons_on_its_nights():
    city = tax(method="per_person_night", amount="2", is_inclusive=False, exempt_reasons=["diplomat"])
    assert paid_by_night(city, party(2), 4, [DIPLOMAT]) == [1, 1, 2, 2]
    assert paid_by_night(city, party(2), 1, [DIPLOMAT, DIPLOMAT, DIPLOMAT]) == [0]


def test_a_freed_person_uses_up_his_nights_all_the_same():
    city = tax(method="per_person_night", amount="2", max_nights=2, exempt_reasons=["diplomat"])
    whole = Exemption("diplomat", 0, last=MONDAY)
    assert paid_by_night(city, party(2), 3, [whole]) == [0, 2, 0]


@pytest.mark.parametrize(
    ("exemption", "wanted"),
    [
        (Exemption("diplomat"), True),
        (Exemption("resident"), False),
        (Exemption("resident", tax_codes=frozenset({"VAT"})), True),
        (Exemption("diplomat", tax_codes=frozenset({"CITY"})), False),
        (Exemption("diplomat", last=MONDAY - timedelta(1)), False),
        (Exemption("diplomat", first=MONDAY + timedelta(1)), False),
        (Exemption("diplomat", first=MONDAY, last=MONDAY), True),
    ],
    ids=["reason", "other reason", "by code", "other code", "over", "not yet", "both ends inclusive"],
)
def test_whom_an_exemption_frees(exemption, wanted):
    assert frees(exemption, tax(exempt_reasons=["diplomat"]), MONDAY) is wanted


def test_a_contained_tax_that_is_waived_lowers_what_the_guest_pays():
    vat = tax(exempt_reasons=["diplomat"])
    result = taxes_of("110", vat, exemptions=[Exemption("diplomat")])
    assert (result.net, result.gross, result.lines) == (100, 100, ())


def test_a_part_of_a_contained_personal_tax_is_waived():
    city = tax("CITY", method="per_person_night", amount="5", exempt_reasons=["diplomat"])
    result = taxes_of("110", city, exemptions=[Exemption("diplomat", 1)])
    assert (result.net, result.gross, shown(result)) == (100, 105, [("CITY", "100.00", "5.00")])


def test_one_exempt_person_does_not_free_a_tax_on_the_charge():
    result = taxes_of("110", tax(exempt_reasons=["diplomat"]), exemptions=[Exemption("diplomat", 1)])
    assert (result.net, result.gross) == (100, 110)


def test_nobody_pays_nothing_and_nothing_fails():
    by_age = tax(rate="0.05", is_inclusive=False, min_age=15, pk=2)
    result = taxes_of("110", tax(min_age=1), by_age, guests=party(0))
    assert (result.net, result.gross, result.lines) == (110, 110, ())


def test_taxes_of_the_stay_are_charged_once_for_who_pays_on_arrival():
    rules = [
        tax("CLEAN", method="per_stay", amount="20", is_inclusive=False),
        tax("ECO", method="per_person_stay", amount="1.50", is_inclusive=False, min_age=15, pk=2),
        tax("OLD", method="per_stay", amount="9", is_inclusive=False, valid_until=MONDAY, pk=3),
        tax("VAT", pk=4),
    ]
    counter = LiabilityCounter(rules, party(2, 8), ())
    found = [(rule.code, str(amount)) for rule, _, amount in stay_lines(counter.stay(MONDAY), CENT)]
    assert found == [("CLEAN", "20.00"), ("ECO", "3.00")]
    assert [liable.rule.code for liable in counter.night(MONDAY)] == ["VAT"]


def test_a_stay_tax_that_all_are_freed_from_is_absent():
    rule = tax("ECO", method="per_person_stay", amount="1", is_inclusive=False, exempt_reasons=["x"])
    assert stay_lines(LiabilityCounter([rule], party(2), [Exemption("x")]).stay(MONDAY), CENT) == ()


def test_equal_liabilities_have_equal_keys():
    counter = LiabilityCounter([tax(max_nights=1)], party(2), ())
    first, second, third = (counter.night(MONDAY + timedelta(n))[0] for n in range(3))
    assert first.key == (1, 2, 0, 2)
    assert second.key == third.key == (1, 0, 0, 2)


@pytest.mark.parametrize(
    ("quantum", "price", "net", "amount"),
    [("1", "11000", "10000", "1000"), ("1", "999", "908", "91"), ("0.001", "10.005", "9.095", "0.910")],
    ids=["yen", "odd yen", "dinars"],
)
def test_currencies_without_and_with_three_digits(quantum, price, net, amount):
    result = taxes_of(price, tax(), quantum=dec(quantum))
    assert (str(result.net), [str(found) for _, _, found in result.lines]) == (net, [amount])


@pytest.mark.parametrize(
    ("whole", "weights", "parts"),
    [
        ("0.10", [1, 1, 1], ["0.04", "0.03", "0.03"]),
        ("1.00", [1, 2, 1], ["0.25", "0.50", "0.25"]),
        ("0.05", [0, 1], ["0.00", "0.05"]),
        ("0.00", [0, 0], ["0.00", "0.00"]),
        ("0.00", [], []),
    ],
)
def test_an_amount_is_split_by_largest_remainder(whole, weights, parts):
    found = spread(dec(whole), [Decimal(weight) for weight in weights], CENT)
    assert [str(part) for part in found] == parts


def test_the_tax_of_a_document_is_rounded_once_and_spread():
    """Three lines of 0.35: each alone holds 0.03 of tax (0.0318), together 0.10 (0.0955)."""
    assert document_taxes([dec("0.35")] * 3, dec("0.10"), CENT) == [dec("0.04"), dec("0.03"), dec("0.03")]


AMOUNTS = st.decimals(0, 3000, places=2)
RATES = st.decimals(0, "0.3", places=4)


@given(
    price=AMOUNTS, rates=st.lists(RATES, min_size=1, max_size=4), persons=st.integers(1, 4), data=st.data()
)
def test_net_and_contained_taxes_are_the_price_exactly(price, rates, persons, data):
    rules, codes = [], []
    for n, rate in enumerate(rates):
        stacked = data.draw(st.sets(st.sampled_from(codes))) if codes else []
        cap = data.draw(st.none() | st.integers(0, 40))
        over = {} if cap is None else {"max_amount": cap}
        rules.append(tax(f"T{n}", rate, pk=n, stacked_on=stacked, **over))
        codes.append(f"T{n}")
    rules.append(tax("CITY", method="per_person_night", amount="2.50", pk=9, exempt_reasons=["x"]))
    exemptions = [Exemption("x", data.draw(st.integers(1, 4)))] if data.draw(st.booleans()) else []
    result = taxes_of(price, *rules, guests=party(persons), exemptions=exemptions)
    contained = sum(amount for _, _, amount in result.lines)
    assert result.net + contained == result.gross <= price
    assert result.net >= 0
    assert all(amount >= 0 and amount == amount.quantize(CENT) for _, _, amount in result.lines)
    if not exemptions:
        assert result.gross == price


@given(whole=st.integers(0, 10**6), weights=st.lists(AMOUNTS, min_size=1, max_size=9))
def test_parts_sum_to_the_whole_and_none_is_a_cent_away(whole, weights):
    amount = Decimal(whole) * CENT if sum(weights) else Decimal(0)
    parts = spread(amount, weights, CENT)
    assert sum(parts) == amount
    for part, weight in zip(parts, weights, strict=True):
        assert abs(part - (amount * weight / sum(weights) if sum(weights) else 0)) < CENT


def test_a_tax_counted_anew_takes_what_is_stacked_on_it_along():
    city = tax("CITY", method="per_person_night", amount=2, is_inclusive=False)
    vat = tax("VAT", "0.10", pk=2, is_inclusive=False, stacked_on=("CITY",))
    liables = [Liable(city, 3, 0, 3), Liable(vat, 3, 0, 3)]
    sold = {"CITY": (Decimal(100), Decimal(4)), "VAT": (Decimal(104), Decimal("10.40"))}

    assert recounted(Decimal(100), sold, liables, Decimal("0.01")) == {
        "CITY": (Decimal(100), Decimal(6)),
        "VAT": (Decimal(106), Decimal("10.60")),
    }
    nobody = [Liable(city, 0, 0, 3), Liable(vat, 3, 0, 3)]
    assert recounted(Decimal(100), sold, nobody, Decimal("0.01")) == {
        "CITY": None,
        "VAT": (Decimal(100), Decimal("10.00")),
    }
    assert recounted(Decimal(100), sold, [Liable(city, 2, 0, 3), Liable(vat, 3, 0, 3)], Decimal("0.01")) == {}
