"""Money in the API, and fields that are built once."""

import pytest
from moneyed import Money
from rest_framework.serializers import ModelSerializer, ValidationError

from hotel.core.api.serializers import KeptFieldsSerializer, MoneyField
from hotel.core.models import OutboxMessage


@pytest.mark.parametrize(
    ("amount", "currency", "expected"),
    [
        ("129.00", "EUR", "129.00"),
        ("129", "EUR", "129.00"),
        (129, "EUR", "129.00"),
        (129.5, "EUR", "129.50"),
        ("12900", "JPY", "12900"),
        ("1.125", "KWD", "1.125"),
        ("99999999999.99", "EUR", "99999999999.99"),
        ("-5", "EUR", "-5.00"),
    ],
)
def test_money_is_read_and_written_on_the_minor_unit(amount, currency, expected):
    field = MoneyField()
    value = field.run_validation({"amount": amount, "currency": currency})
    assert value == Money(expected, currency)
    assert field.to_representation(value) == {"amount": expected, "currency": currency}


def test_more_places_than_the_currency_has_are_not_written():
    assert MoneyField().to_representation(Money("129.000", "EUR")) == {"amount": "129.00", "currency": "EUR"}


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("129.00", "shape"),
        ({"amount": "1"}, "shape"),
        ({"amount": "1", "currency": "EUR", "x": 1}, "shape"),
        ([], "shape"),
        ({"amount": "1", "currency": "EURO"}, "currency"),
        ({"amount": "1", "currency": ["EUR"]}, "currency"),
        ({"amount": "NaN", "currency": "EUR"}, "amount"),
        ({"amount": "Infinity", "currency": "EUR"}, "amount"),
        ({"amount": "x", "currency": "EUR"}, "amount"),
        ({"amount": None, "currency": "EUR"}, "amount"),
        ({"amount": {}, "currency": "EUR"}, "amount"),
        ({"amount": True, "currency": "EUR"}, "amount"),
        ({"amount": "100000000000", "currency": "EUR"}, "amount"),
        ({"amount": "1.005", "currency": "EUR"}, "precision"),
        ({"amount": "1.5", "currency": "JPY"}, "precision"),
    ],
    ids=str,
)
def test_other_shapes_are_refused(value, code):
    with pytest.raises(ValidationError) as caught:
        MoneyField().run_validation(value)
    assert caught.value.detail[0].code == code


def test_a_least_amount_can_be_asked_for():
    field = MoneyField(min_amount=0)
    assert field.run_validation({"amount": "0", "currency": "EUR"}) == Money("0.00", "EUR")
    with pytest.raises(ValidationError, match="Not less than 0"):
        field.run_validation({"amount": "-0.01", "currency": "EUR"})


class Meta:
    model = OutboxMessage
    fields = ["id", "topic", "position", "payload"]
    read_only_fields = ["payload"]


def test_kept_fields_are_what_the_framework_builds():
    kept = type("Kept", (KeptFieldsSerializer,), {"Meta": Meta, "__module__": __name__})
    built = type("Built", (ModelSerializer,), {"Meta": Meta, "__module__": __name__})
    kept()  # builds
    shown = [[line.strip() for line in repr(made()).splitlines()[1:]] for made in (kept, built)]
    assert shown[0] == shown[1]
    assert len(shown[0]) == 4


def test_kept_fields_of_one_serializer_are_not_those_of_the_next():
    kept = type("Kept", (KeptFieldsSerializer,), {"Meta": Meta, "__module__": __name__})
    first, second = kept(), kept()
    first.fields["topic"].required = False
    assert first.fields["topic"].parent is first
    assert second.fields["topic"].parent is second
    assert second.fields["topic"].required


def test_a_serializer_that_derives_from_another_has_fields_of_its_own():
    kept = type("Kept", (KeptFieldsSerializer,), {"Meta": Meta, "__module__": __name__})
    short = type(
        "Short", (kept,), {"Meta": type("Meta", (Meta,), {"fields": ["id"], "read_only_fields": []})}
    )
    assert list(kept().fields) == ["id", "topic", "position", "payload"]
    assert list(short().fields) == ["id"]
