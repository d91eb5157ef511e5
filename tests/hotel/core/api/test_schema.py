"""What the schema hooks add: headers, error answers, examples."""

import re

from drf_spectacular.generators import SchemaGenerator

from hotel.core.api.schema import LOCAL_TIME, add_problem_responses, example_of
from tests.hotel.core.api import counter


def document() -> dict:
    return SchemaGenerator(urlconf=counter).get_schema(request=None, public=True)


def operations() -> dict:
    return document()["paths"]["/api/v1/counter"]


def parameters(operation: dict) -> dict[str, bool]:
    return {p["name"]: p.get("required", False) for p in operation.get("parameters", [])}


def test_the_key_header_is_documented_where_it_is_required():
    found = operations()
    assert parameters(found["post"])["Idempotency-Key"] is True
    assert "Idempotency-Key" not in parameters(found["get"])


def test_every_operation_has_its_error_answers_with_examples():
    found = operations()
    assert {"400", "401", "403", "404", "405", "406", "429"} <= set(found["get"]["responses"])
    assert {"409", "412", "415", "422", "428"} <= set(found["post"]["responses"])
    assert "409" not in found["get"]["responses"]
    assert found["post"]["responses"]["409"] == {"$ref": "#/components/responses/Conflict"}
    answer = document()["components"]["responses"]["Conflict"]["content"]["application/problem+json"]
    assert (answer["example"]["status"], answer["example"]["code"]) == (409, "conflict")


def test_what_is_printed_may_be_refused_by_a_machine_that_cannot_print():
    printed = {"get": {"responses": {"200": {"content": {"application/pdf": {}}}}}}
    told = {"get": {"responses": {"200": {"content": {"application/json": {}}}}}}

    paths = add_problem_responses({"paths": {"/printed": printed, "/told": told}}, None)["paths"]

    assert paths["/printed"]["get"]["responses"]["503"] == {"$ref": "#/components/responses/PdfUnavailable"}
    assert "503" not in paths["/told"]["get"]["responses"]


def test_examples_are_made_of_types_formats_enums_and_references():
    schemas = {
        "Room": {
            "type": "object",
            "properties": {"number": {"type": "string"}, "type": {"$ref": "#/components/schemas/Type"}},
        },
        "Type": {"enum": ["double", "single"]},
        "Loop": {"type": "object", "properties": {"again": {"$ref": "#/components/schemas/Loop"}}},
    }
    schema = {
        "type": "object",
        "properties": {
            "room": {"$ref": "#/components/schemas/Room"},
            "on": {"type": "string", "format": "date"},
            "nights": {"type": "integer", "minimum": 2},
            "rate": {"type": "number"},
            "ok": {"type": "boolean"},
            "tags": {"type": "array", "items": {"type": "string"}},
            "price": {"type": "string", "example": "12.00"},
            "either": {"oneOf": [{"type": "integer"}, {"type": "string"}]},
            "any": {},
        },
    }
    assert example_of(schema, schemas, depth=0) == {
        "room": {"number": "text", "type": "double"},
        "on": "2027-03-14",
        "nights": 2,
        "rate": 1.5,
        "ok": True,
        "tags": ["text"],
        "price": "12.00",
        "either": 1,
        "any": None,
    }
    assert example_of(schemas["Loop"], schemas, depth=0)["again"]["again"] is not None


def test_times_of_day_are_described_without_an_offset():
    time = {"type": "string", "format": "time", "nullable": True}
    day = {"type": "string", "format": "date"}
    document = {
        "paths": {},
        "components": {"schemas": {"Stay": {"properties": {"eta": time, "arrival": day}}}},
    }

    found = add_problem_responses(document, None)["components"]["schemas"]["Stay"]["properties"]

    assert found["eta"] == {"type": "string", "nullable": True, "pattern": LOCAL_TIME, "example": "15:00:00"}
    assert found["arrival"] == day
    for right, wrong in [("00:00", "24:00"), ("15:00:00", "15:00:60"), ("23:59:59.5", "3:00")]:
        assert re.fullmatch(LOCAL_TIME, right)
        assert not re.fullmatch(LOCAL_TIME, wrong)
