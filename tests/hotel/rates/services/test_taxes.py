"""Taxes in dated versions, their order, and certificates."""

from datetime import date
from decimal import Decimal

import pytest
from moneyed import Money

from hotel.core.exceptions import Conflict, InvalidInput
from hotel.core.models import OutboxMessage
from hotel.rates.models import TaxExemption, TaxRule
from hotel.rates.services.taxes import (
    TaxDatesInvalid,
    TaxStackInvalid,
    exemption_register,
    exemption_revoke,
    tax_rule_create,
    tax_rule_end,
    tax_rule_revise,
)
from tests.factories.rates import tax_rule_make

MAY, JUNE = date(2027, 5, 1), date(2027, 6, 1)
GST = {
    "code": "GST", "name": "GST", "position": 20, "method": "percent", "rate": Decimal("0.07"),
    "groups": ["room"], "is_inclusive": False, "valid_from": MAY,
}  # fmt: skip


def versions() -> list[tuple]:
    return list(TaxRule.objects.order_by("valid_from").values_list("code", "valid_from", "valid_until"))


def told() -> list[tuple]:
    rows = OutboxMessage.objects.filter(topic="RateChanged").order_by("pk")
    return [(row.payload["first_night"], row.payload["last_night"]) for row in rows]


def test_a_tax_on_a_tax_is_made_and_told(cast):
    tax_rule_make(cast.alpha)
    made = tax_rule_create(place=cast.alpha, values={**GST, "stacked_on": ["VAT"]})
    assert (made.stacked_on, told()) == (["VAT"], [("2027-05-01", None)])


@pytest.mark.parametrize(
    ("over", "below"),
    [
        ({"stacked_on": ["NONE"]}, {}),
        ({"stacked_on": ["VAT"], "position": 5}, {}),
        ({"stacked_on": ["VAT"], "is_inclusive": True}, {"is_inclusive": False}),
    ],
    ids=["unknown", "later", "contained on added"],
)
def test_a_stack_that_cannot_be_computed_is_refused(cast, over, below):
    tax_rule_make(cast.alpha, **below)
    with pytest.raises(TaxStackInvalid):
        tax_rule_create(place=cast.alpha, values={**GST, **over})
    assert [code for code, *_ in versions()] == ["VAT"]


def test_amounts_of_another_currency_are_refused(cast):
    values = {**GST, "method": "per_room_night", "rate": None, "groups": [], "amount": Money(2, "JPY")}
    with pytest.raises(InvalidInput):
        tax_rule_create(place=cast.alpha, values=values)
    assert versions() == []


def test_a_new_version_ends_the_old_one_and_keeps_the_rest(cast):
    old = tax_rule_make(cast.alpha, valid_from=MAY, exempt_reasons=["diplomat"])
    new = tax_rule_revise(rule=old, valid_from=JUNE, values={"rate": Decimal("0.13")})
    assert versions() == [("VAT", MAY, JUNE), ("VAT", JUNE, None)]
    assert (new.rate, new.groups, new.exempt_reasons) == (Decimal("0.13"), ["room"], ["diplomat"])
    assert told() == [("2027-06-01", None)]


@pytest.mark.parametrize("day", [MAY, date(2027, 7, 1)], ids=["its first night", "its end"])
def test_a_version_begins_within_the_one_before(cast, day):
    old = tax_rule_make(cast.alpha, valid_from=MAY, valid_until=date(2027, 7, 1))
    with pytest.raises(TaxDatesInvalid):
        tax_rule_revise(rule=old, valid_from=day, values={})
    assert versions() == [("VAT", MAY, date(2027, 7, 1))]


def test_a_version_in_the_middle_ends_where_the_old_one_ended(cast):
    old = tax_rule_make(cast.alpha, valid_from=MAY, valid_until=date(2027, 7, 1))
    tax_rule_revise(rule=old, valid_from=JUNE, values={})
    assert versions() == [("VAT", MAY, JUNE), ("VAT", JUNE, date(2027, 7, 1))]


def test_a_tax_ends_after_its_first_night_only(cast):
    rule = tax_rule_make(cast.alpha, valid_from=MAY)
    with pytest.raises(TaxDatesInvalid):
        tax_rule_end(rule=rule, valid_until=MAY)
    assert (versions(), told()) == ([("VAT", MAY, None)], [])
    tax_rule_end(rule=rule, valid_until=JUNE)
    assert (versions(), told()) == ([("VAT", MAY, JUNE)], [("2027-06-01", None)])


def test_a_certificate_is_registered_and_revoked_once(cast):
    values = {"certificate": "C-1", "holder": "Embassy", "reason": "diplomat"}
    row = exemption_register(place=cast.alpha, values={**values, "valid_from": MAY, "valid_until": JUNE})
    assert (row.property, row.revoked_at) == (cast.alpha, None)
    revoked = exemption_revoke(exemption=row, reason="Expired.")
    assert (revoked.revoked_at is not None, revoked.revoked_reason) == (True, "Expired.")
    with pytest.raises(Conflict):
        exemption_revoke(exemption=row, reason="Again.")
    assert TaxExemption.objects.get().revoked_reason == "Expired."
