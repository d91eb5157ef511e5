"""Taxes of what is charged beside the night."""

from datetime import date
from decimal import Decimal

import pytest
from moneyed import Money

from hotel.rates.domain.quotes import Occupancy
from hotel.rates.selectors.charges import charge_taxed
from tests.cast import TODAY
from tests.factories.guests import company_make
from tests.factories.rates import tax_exemption_make, tax_rule_make


def taxed_at(cast, price="11", group="food", day=TODAY, **over):
    return charge_taxed(place=cast.alpha, group=group, price=Money(price, "EUR"), day=day, **over)


def test_shares_of_the_group_are_taken_and_nothing_else(cast):
    tax_rule_make(cast.alpha, groups=["food"])
    tax_rule_make(cast.alpha, "ROOM", groups=["room"])
    tax_rule_make(cast.alpha, "CITY", method="per_room_night", amount=3, is_inclusive=False)

    found = taxed_at(cast)

    assert (found.net, found.gross) == (Decimal("10.00"), Decimal(11))
    assert [(rule.code, amount) for rule, _, amount in found.lines] == [("VAT", Decimal("1.00"))]
    assert taxed_at(cast, group="other").lines == ()


def test_the_version_of_the_day_counts(cast):
    tax_rule_make(cast.alpha, groups=["food"], valid_until=date(2027, 3, 14))
    tax_rule_make(cast.alpha, groups=["food"], rate=Decimal("0.20"), valid_from=date(2027, 3, 14))

    assert taxed_at(cast, "12").net == Decimal("10.00")
    assert taxed_at(cast, "11", day=date(2027, 3, 13)).net == Decimal("10.00")


@pytest.mark.parametrize(
    ("stated", "gross"), [(("diplomat",), "10.00"), (("diplomat:1",), "11"), (("diplomat:2",), "10.00")]
)
def test_the_whole_party_must_be_freed(cast, stated, gross):
    tax_rule_make(cast.alpha, groups=["food"], exempt_reasons=["diplomat"])
    assert taxed_at(cast, occupancy=Occupancy(2), exemptions=stated).gross == Decimal(gross)


def test_certificates_of_the_company_count(cast):
    tax_rule_make(cast.alpha, groups=["food"])
    company = company_make(cast.alpha)
    tax_exemption_make(cast.alpha, company=company, tax_codes=["VAT"])
    assert taxed_at(cast, company_id=company.pk).gross == Decimal("10.00")
    assert taxed_at(cast).gross == Decimal(11)
