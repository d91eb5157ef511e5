"""Which changes of the API description break a client."""

import copy

import pytest

from hotel.monitoring.domain.breaking import Break, breaks

OLD = {
    "paths": {
        "/api/v1/rooms": {
            "get": {
                "parameters": [
                    {"in": "query", "name": "floor", "schema": {"type": "integer"}},
                    {"in": "query", "name": "kind", "schema": {"type": "string", "enum": ["a", "b"]}},
                ],
                "responses": {
                    "200": {
                        "content": {
                            "application/json": {
                                "schema": {"type": "array", "items": {"$ref": "#/components/schemas/Room"}}
                            }
                        }
                    },
                    "404": {"content": {"application/problem+json": {"schema": {"type": "object"}}}},
                },
            },
            "post": {
                "requestBody": {
                    "content": {"application/json": {"schema": {"$ref": "#/components/schemas/RoomRequest"}}}
                },
                "responses": {"201": {}},
            },
        },
        "/api/v1/rooms/{id}": {"get": {"responses": {"200": {}}}},
    },
    "components": {
        "schemas": {
            "Room": {
                "type": "object",
                "properties": {
                    "id": {"type": "integer"},
                    "ready_at": {"type": "string", "format": "date-time"},
                    "state": {"allOf": [{"$ref": "#/components/schemas/State"}]},
                    "next_to": {"type": "array", "items": {"$ref": "#/components/schemas/Room"}},
                },
                "required": ["id", "state"],
            },
            "RoomRequest": {
                "type": "object",
                "properties": {
                    "number": {"type": "string", "maxLength": 10},
                    "beds": {"type": "integer", "minimum": 0},
                    "note": {"type": "string", "nullable": True},
                    "state": {"oneOf": [{"$ref": "#/components/schemas/State"}, {"enum": [""]}]},
                },
                "required": ["number"],
            },
            "State": {"type": "string", "enum": ["clean", "dirty"]},
        }
    },
}
ROOMS, POST = "GET /api/v1/rooms", "POST /api/v1/rooms"
MISSING = object()
SCHEMAS = ("components", "schemas")
SENT = (*SCHEMAS, "RoomRequest")
SHOWN = (*SCHEMAS, "Room")
GET = ("paths", "/api/v1/rooms", "get")
PARAMETERS = OLD["paths"]["/api/v1/rooms"]["get"]["parameters"]


def changed(*steps):
    """A copy of OLD where each (path, value) is set, or taken away."""
    document = copy.deepcopy(OLD)
    for path, value in steps:
        here = document
        for part in path[:-1]:
            here = here[part]
        if value is MISSING:
            del here[path[-1]]
        else:
            here[path[-1]] = value
    return document


BREAKING = [
    ("operation", [(("paths", "/api/v1/rooms/{id}", "get"), MISSING)], ["operation_removed GET /api/v1/rooms/{}"]),
    ("path", [(("paths", "/api/v1/rooms/{id}"), MISSING)], ["operation_removed GET /api/v1/rooms/{}"]),
    ("answer", [((*GET, "responses", "200"), MISSING)], [f"answer_removed {ROOMS} 200"]),
    ("media", [((*GET, "responses", "200", "content"), {})], [f"media_type_removed {ROOMS} 200 application/json"]),
    ("shown field", [((*SHOWN, "properties", "id"), MISSING)], [f"field_removed {ROOMS} 200[].id"]),
    ("optional", [((*SHOWN, "required"), ["id"])], [f"field_optional {ROOMS} 200[].state"]),
    ("shown type", [((*SHOWN, "properties", "id", "type"), "string")], [f"type_changed {ROOMS} 200[].id"]),
    ("shown null", [((*SHOWN, "properties", "id", "nullable"), True)], [f"type_changed {ROOMS} 200[].id"]),
    ("shown format", [((*SHOWN, "properties", "ready_at", "format"), "date")], [f"format_changed {ROOMS} 200[].ready_at"]),
    ("parameter", [((*GET, "parameters"), PARAMETERS[1:])], [f"parameter_removed {ROOMS} query floor"]),
    ("needed", [((*GET, "parameters", 0, "required"), True)], [f"parameter_required {ROOMS} query floor"]),
    ("asked type", [((*GET, "parameters", 0, "schema", "type"), "boolean")], [f"type_changed {ROOMS} query floor"]),
    ("asked enum", [((*GET, "parameters", 1, "schema", "enum"), ["a", "c"])], [f"enum_narrowed {ROOMS} query kind"]),
    ("sent field", [((*SENT, "properties", "beds"), MISSING)], [f"field_removed {POST} request.beds"]),
    ("required", [((*SENT, "required"), ["number", "beds"])], [f"field_required {POST} request.beds"]),
    ("new required", [((*SENT, "properties", "size"), {"type": "integer"}), ((*SENT, "required"), ["number", "size"])], [f"field_required {POST} request.size"]),
    ("sent type", [((*SENT, "properties", "beds", "type"), "string")], [f"type_changed {POST} request.beds"]),
    ("sent null", [((*SENT, "properties", "note", "nullable"), False)], [f"type_changed {POST} request.note"]),
    ("enum", [((*SCHEMAS, "State", "enum"), ["clean"])], [f"enum_narrowed {POST} request.state"]),
    ("new enum", [((*SENT, "properties", "number", "enum"), ["1"])], [f"enum_narrowed {POST} request.number"]),
    ("shorter", [((*SENT, "properties", "number", "maxLength"), 9)], [f"bound_tightened {POST} request.number"]),
    ("larger", [((*SENT, "properties", "beds", "minimum"), 1)], [f"bound_tightened {POST} request.beds"]),
    ("bound", [((*SENT, "properties", "beds", "maximum"), 9)], [f"bound_tightened {POST} request.beds"]),
    ("new parameter", [((*GET, "parameters"), [*PARAMETERS, {"in": "query", "name": "bed", "required": True}])], [f"parameter_required {ROOMS} query bed"]),
    ("sent format", [((*SENT, "properties", "number", "format"), "date")], [f"format_changed {POST} request.number"]),
    ("sent media", [(("paths", "/api/v1/rooms", "post", "requestBody", "content"), {})], [f"media_type_removed {POST} request application/json"]),
    ("body", [(("paths", "/api/v1/rooms", "post", "requestBody"), MISSING)], [f"body_removed {POST} request"]),
    ("must", [(("paths", "/api/v1/rooms", "post", "requestBody", "required"), True)], [f"body_required {POST} request"]),
]  # fmt: skip


@pytest.mark.parametrize(("steps", "keys"), [row[1:] for row in BREAKING], ids=[row[0] for row in BREAKING])
def test_what_breaks_a_client_is_found_and_nothing_else(steps, keys):
    assert [found.key for found in breaks(OLD, changed(*steps))] == keys


HARMLESS = [
    ("nothing", []),
    ("a new operation", [(("paths", "/api/v1/beds"), {"get": {"responses": {"200": {}}}})]),
    ("a new answer field", [((*SHOWN, "properties", "size"), {"type": "integer"})]),
    ("always there now", [((*SHOWN, "required"), ["id", "state", "ready_at"])]),
    ("an optional field", [((*SENT, "properties", "size"), {"type": "integer"})]),
    ("no more required", [((*SENT, "required"), [])]),
    ("one value more", [((*SCHEMAS, "State", "enum"), ["clean", "dirty", "new"])]),
    ("a wider bound", [((*SENT, "properties", "number", "maxLength"), 11)]),
    ("no bound", [((*SENT, "properties", "beds", "minimum"), MISSING)]),
    ("may be null", [((*SENT, "properties", "beds", "nullable"), True)]),
    ("another refusal", [((*GET, "responses", "404"), MISSING)]),
    (
        "a field that may still be sent",
        [((*SENT, "properties", "beds"), MISSING), ((*SENT, "additionalProperties"), True)],
    ),
    ("words", [((*SHOWN, "properties", "id", "description"), "The key.")]),
    (
        "a parameter's name",
        [
            (("paths", "/api/v1/rooms/{id}"), MISSING),
            (("paths", "/api/v1/rooms/{pk}"), OLD["paths"]["/api/v1/rooms/{id}"]),
        ],
    ),
]


@pytest.mark.parametrize("steps", [row[1] for row in HARMLESS], ids=[row[0] for row in HARMLESS])
def test_what_is_added_or_allowed_breaks_nobody(steps):
    assert breaks(OLD, changed(*steps)) == []


def test_a_body_that_holds_itself_is_compared_once():
    rooms = {"type": "array", "items": {"$ref": "#/components/schemas/RoomRequest"}}
    nested = changed(((*SENT, "properties", "next_to"), rooms))
    assert breaks(nested, nested) == []


def test_a_break_says_what_it_was_and_what_it_is():
    new = changed(((*SENT, "properties", "number", "maxLength"), 9))
    assert breaks(OLD, new) == [Break(POST, "bound_tightened", "request.number", "maxLength 10 to 9")]
