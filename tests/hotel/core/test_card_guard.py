"""The guard itself; every door is tried in tests/hostile/test_card_doors.py."""

import pytest

from hotel.core.card_guard import CardNumberRefused, card_refusal, refuse_card_data


@pytest.mark.parametrize(
    ("value", "fields"),
    [
        ({"notes": "4111 1111 1111 1111"}, ["notes"]),
        ({"a": {"b": ["x", "4111111111111111"]}, "c": "x"}, ["a"]),
        ({"n": 4111111111111111}, ["n"]),
        ({"4111111111111111": "x"}, []),
        (["4111111111111111"], []),
        ({"cvv": "123"}, ["cvv"]),
        ({"z": "5555555555554444", "a": "4111111111111111"}, ["a", "z"]),
    ],
)
def test_card_data_is_refused_wherever_it_stands(db, value, fields):
    with pytest.raises(CardNumberRefused) as refused:
        refuse_card_data(value, door="api")
    assert sorted(refused.value.fields) == fields


@pytest.mark.parametrize("value", [{}, [], "", None, True, 12, 3.5, {"notes": "ALPHA-7K2M9"}, {"n": 10**15}])
def test_other_values_pass(value):
    refuse_card_data(value, door="api")


def test_a_name_that_is_a_number_is_not_repeated(db):
    assert card_refusal(["4111111111111111", "notes"], door="api").fields.keys() == {"notes"}
