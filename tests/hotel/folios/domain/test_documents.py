"""The content of a document: plain, canonical, on the minor unit."""

from datetime import date
from decimal import Decimal

import pytest

from hotel.folios.domain.documents import Draft, Paid, Party, canonical, content, fingerprint
from hotel.folios.domain.invoicing import Item

DAY = date(2027, 3, 14)


def draft(exponent=2, currency="EUR", gross="12.00", **over) -> Draft:
    amount = Decimal(gross)
    values = {
        "kind": "invoice",
        "language": "de",
        "issued_on": DAY,
        "seller": Party(name="Alpha"),
        "payee": Party(name="Gus"),
        "items": [Item(1, "sundry", "Sundry", DAY, Decimal("1.000"), amount, amount)],
        **over,
    }
    return Draft(currency=currency, exponent=exponent, **values)


@pytest.mark.parametrize(
    ("exponent", "currency", "total"), [(2, "EUR", "12.00"), (0, "JPY", "12"), (3, "KWD", "12.000")]
)
def test_amounts_are_texts_on_the_minor_unit(exponent, currency, total):
    plain = content(draft(exponent, currency), "INV-2027-00001")
    assert plain["totals"]["total"] == plain["lines"][0]["unit"] == total
    assert (plain["number"], plain["issued_on"], plain["lines"][0]["quantity"]) == (
        "INV-2027-00001",
        "2027-03-14",
        "1",
    )


def test_the_balance_is_what_is_open_of_this_and_of_earlier_documents():
    sums = content(draft(payments=[Paid(DAY, "Cash", Decimal("7.00"))], brought_forward=Decimal("3.50")), "")[
        "totals"
    ]
    assert (sums["total"], sums["paid"], sums["brought_forward"], sums["balance"]) == (
        "12.00",
        "7.00",
        "3.50",
        "8.50",
    )


def test_what_is_taken_back_is_named():
    assert content(draft(), "")["corrects"] is None
    plain = content(draft(corrects="INV-2027-00001", corrects_on=DAY), "")
    assert plain["corrects"] == {"number": "INV-2027-00001", "issued_on": "2027-03-14"}


def test_equal_content_is_one_text_with_one_hash():
    assert canonical({"b": 1, "a": "ü"}) == '{"a":"ü","b":1}'
    assert fingerprint("ü") == "607474ca475a9724d7360aba71a56d5df77e61350e3f724cfa1f46e857e2d85f"
