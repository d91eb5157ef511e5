"""Schemas that mean the same are the same shape."""

import pytest

from hotel.monitoring.domain.shapes import shape_of

DOCUMENT = {
    "components": {
        "schemas": {
            "State": {"type": "string", "enum": ["clean", "dirty"]},
            "Blank": {"enum": [""]},
            "Null": {"enum": [None]},
        }
    }
}
STATE = {"$ref": "#/components/schemas/State"}
ROWS = [
    ({}, frozenset(), None),
    ({"type": "integer"}, {"integer"}, None),
    ({"type": ["integer", "null"]}, {"integer", "null"}, None),
    ({"type": "integer", "nullable": True}, {"integer", "null"}, None),
    (STATE, {"string"}, {"clean", "dirty"}),
    ({"allOf": [STATE], "nullable": True}, {"string", "null"}, {"clean", "dirty", None}),
    (
        {"oneOf": [STATE, {"$ref": "#/components/schemas/Blank"}, {"$ref": "#/components/schemas/Null"}]},
        {"string", "null"},
        {"clean", "dirty", "", None},
    ),
    ({"anyOf": [{"type": "integer"}, {"type": "string"}]}, {"integer", "string"}, None),
]


@pytest.mark.parametrize(("schema", "types", "enum"), ROWS)
def test_a_schema_has_one_meaning(schema, types, enum):
    shape = shape_of(schema, DOCUMENT)
    assert (shape.types, shape.enum) == (frozenset(types), None if enum is None else frozenset(enum))


def test_a_choice_promises_only_what_all_have():
    one = {"type": "object", "properties": {"a": {}, "b": {}}, "required": ["a", "b"]}
    other = {"type": "object", "properties": {"a": {}}, "required": ["a"]}
    shape = shape_of({"oneOf": [one, other]}, {})
    assert (set(shape.properties), shape.required, shape.is_open) == ({"a"}, {"a"}, True)


def test_a_reference_that_leads_nowhere_is_an_error():
    with pytest.raises(KeyError):
        shape_of({"$ref": "#/components/schemas/None"}, DOCUMENT)
