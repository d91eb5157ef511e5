"""Which taxes are inside what another system recorded for a room."""

from datetime import date

from hotel.rates.selectors.recorded import taxes_in_record
from tests.cast import TODAY
from tests.factories.rates import city_tax_make, tax_rule_make

CHANGE = date(2027, 3, 10)


def codes(place, *nights):
    return [(rule.code, str(rule.rate)) for rule in taxes_in_record(place, nights)]


def test_the_propertys_contained_shares_are_read_in_order_of_computation(cast, django_assert_num_queries):
    tax_rule_make(cast.alpha, "VAT", valid_until=CHANGE, position=2)
    tax_rule_make(cast.alpha, "VAT", valid_from=CHANGE, position=2, rate="0.20")
    tax_rule_make(cast.alpha, "BED", position=1)
    tax_rule_make(cast.alpha, "ADD", is_inclusive=False)
    tax_rule_make(cast.alpha, "FOOD", groups=["food"])
    city_tax_make(cast.alpha)
    tax_rule_make(cast.beta, "OTHER")
    ten, twenty, bed = ("VAT", "0.100000"), ("VAT", "0.200000"), ("BED", "0.100000")

    with django_assert_num_queries(1):
        assert codes(cast.alpha, TODAY, date(2026, 1, 1)) == [bed, ten, twenty]
    assert codes(cast.alpha, TODAY) == [bed, twenty]
    assert codes(cast.alpha, date(2027, 3, 9)) == [bed, ten]
    with django_assert_num_queries(0):
        assert codes(cast.alpha) == []
