"""What partners owe: once for a month, told to the hotel of the contract, and never changed."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import ProgrammingError, transaction

from hotel.contracts.loyalty import PartnerPointsOwed
from hotel.properties.models import Property
from loyalty.models import PartnerStatement
from loyalty.services.partner_statements import partner_statements_make
from loyalty.services.partners import partner_change, partner_reverse
from tests.factories.loyalty import loyalty_partner_make, partner_accrual_make
from tests.loyalty.services.unchanged import told

COLUMNS = ("property__code", "month", "given", "taken_back", "amount", "currency")


@pytest.fixture
def taxi(cast):
    """He posted 140 points in March."""
    taxi = loyalty_partner_make(cast.alpha)
    partner_accrual_make(cast.alpha, reference="a")
    partner_accrual_make(cast.alpha, reference="b", amount=Decimal("20.3"))
    return taxi


def at(day, place):
    Property.objects.filter(pk=place.pk).update(business_date=day)
    place.refresh_from_db()


def rows():
    return list(PartnerStatement.objects.order_by("month").values_list(*COLUMNS))


def test_a_month_is_told_once_when_the_hotel_has_left_it(cast, taxi):
    at(date(2027, 3, 31), cast.alpha)
    assert (partner_statements_make(program=taxi.program), rows()) == (0, [])
    at(date(2027, 4, 1), cast.alpha)
    assert [partner_statements_make(program=taxi.program) for _ in range(2)] == [1, 0]
    assert rows() == [("ALPHA", date(2027, 3, 1), 140, 0, Decimal("0.700"), "EUR")]
    (fact,) = told(PartnerPointsOwed)
    assert (fact["property_id"], fact["partner_id"], fact["business_date"]) == (
        cast.alpha.pk, taxi.pk, "2027-03-31",
    )  # fmt: skip
    assert (fact["given"], fact["taken_back"], fact["amount"], fact["currency"]) == (140, 0, "0.70", "EUR")


def test_what_is_reversed_later_comes_off_the_later_month_at_its_old_price(cast, taxi):
    partner_change(partner=taxi, changes={"point_price": 1})
    at(date(2027, 4, 5), cast.alpha)
    partner_statements_make(program=taxi.program)
    partner_reverse(partner=taxi, reference="a", actor=None)
    at(date(2027, 5, 1), cast.alpha)
    assert partner_statements_make(program=taxi.program) == 1
    assert rows()[1:] == [("ALPHA", date(2027, 4, 1), 0, 100, Decimal("-0.500"), "EUR")]


def test_missed_months_are_made_up_for_and_empty_ones_have_none(cast, taxi):
    at(date(2027, 5, 2), cast.alpha)
    partner_accrual_make(cast.alpha, reference="c")
    at(date(2027, 7, 1), cast.alpha)
    assert partner_statements_make(program=taxi.program) == 2
    assert [row[1] for row in rows()] == [date(2027, 3, 1), date(2027, 5, 1)]


@pytest.mark.parametrize("verb", ["update", "delete"])
def test_it_is_never_changed(cast, taxi, verb):
    at(date(2027, 4, 1), cast.alpha)
    partner_statements_make(program=taxi.program)
    made = PartnerStatement.objects.all()
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        made.delete() if verb == "delete" else made.update(currency="USD")
    assert len(rows()) == 1
