from decimal import Decimal

import pytest

from hotel.reservations.domain.importing import FIELDS, Column, mapping_errors, read_row
from hotel.reservations.domain.mappings import BUILT_IN, MappingInvalid, mapping_load


def test_a_mapping_is_written_short_or_whole():
    whole = {"columns": ["Von"], "form": "%d.%m.%Y", "values": {"x": "y"}, "default": "z"}

    mapping = mapping_load({"fields": {"room_type": "Typ", "arrival": whole}, "decimal_sign": ","})

    assert mapping.fields["room_type"] == Column(("Typ",))
    assert mapping.fields["arrival"] == Column(("Von",), "%d.%m.%Y", {"x": "y"}, "z")
    assert (mapping.decimal_sign, mapping.is_lenient, "NULL" in mapping.missing) == (",", False, True)


@pytest.mark.parametrize(
    ("case", "contents", "text"),
    [
        ("no fields", {}, "fields: Field required."),
        ("an unknown field", {"fields": {"colour": "c"}}, "Unknown field 'colour'; known are external_id"),
        ("an unknown word", {"fields": {"arrival": {"column": "a"}}}, "Extra inputs are not permitted"),
        ("no column", {"fields": {"arrival": {"columns": []}}}, "at least 1 item"),
        ("another sign", {"fields": {}, "decimal_sign": ";"}, "decimal_sign: String should match"),
        ("a number for a name", {"fields": {"arrival": 3}}, "fields.arrival"),
    ],
)
def test_what_is_no_mapping_says_why(case, contents, text):
    with pytest.raises(MappingInvalid) as refused:
        mapping_load(contents)

    assert text in str(refused.value)


@pytest.mark.parametrize("name", BUILT_IN)
def test_the_mappings_of_the_house_can_be_used(name):
    mapping = mapping_load(BUILT_IN[name])
    header = [column for field in mapping.fields.values() for column in field.columns]

    assert set(mapping.fields) <= set(FIELDS)
    assert mapping_errors(mapping, header) == []


def test_the_standard_mapping_needs_few_columns_and_no_unknown_one():
    mapping = mapping_load(BUILT_IN["standard"])
    row = {"arrival": "2027-03-20", "departure": "2027-03-22", "room_type": "DBL", "adults": "2",
           "status": "confirmed", "total": "160"}  # fmt: skip

    assert mapping_errors(mapping, list(row)) == []
    assert read_row(mapping, 2, row).total == Decimal(160)
    assert mapping_errors(mapping, [*row, "Adults"]) == ["The mapping does not know the column 'Adults'."]
    assert mapping_errors(mapping, ["arrival", "room_type", "adults"]) == [
        "status: the file has no column 'status'."
    ]
