"""The gate finds planted breaks of the released API, and only those nobody has accepted."""

import json

import pytest
import yaml

from config.stack.checks import OPENAPI
from config.stack.promises import (
    RELEASED,
    broken_promises,
    document_read,
    promises_write,
    without_words,
)

ROOM = "#/components/schemas/Room"


def document(**properties):
    schema = {"type": "object", "description": "A room.", "properties": properties, "required": ["id"]}
    answer = {"content": {"application/json": {"schema": {"$ref": ROOM}}}, "description": "Found."}
    refusal = {"content": {"application/problem+json": {}}}
    get = {"operationId": "rooms", "tags": ["rooms"], "responses": {"200": answer, "404": refusal}}
    return {"paths": {"/api/v1/rooms": {"get": get}}, "components": {"schemas": {"Room": schema}}}


BEFORE = document(id={"type": "integer", "example": 7}, description={"type": "string", "title": "Words"})


@pytest.fixture
def files(tmp_path):
    """(released, code, accepted) with nothing broken."""
    code, released, accepted = tmp_path / "code.yml", tmp_path / "released.json", tmp_path / "accepted.toml"
    code.write_text(yaml.safe_dump(BEFORE))
    promises_write(code, released)
    return released, code, accepted


def trouble(files):
    released, code, accepted = files
    return broken_promises(code, released, accepted).splitlines()


def test_a_release_keeps_shapes_and_drops_words():
    kept = without_words(BEFORE)
    assert kept["components"]["schemas"]["Room"] == {
        "type": "object",
        "properties": {"id": {"type": "integer"}, "description": {"type": "string"}},
        "required": ["id"],
    }
    assert kept["paths"]["/api/v1/rooms"]["get"] == {
        "responses": {"200": {"content": {"application/json": {"schema": {"$ref": ROOM}}}}}
    }


def test_what_is_unchanged_is_no_trouble(files):
    assert trouble(files) == []


def test_a_planted_break_is_named_until_it_is_accepted_with_a_reason(files):
    _, code, accepted = files
    code.write_text(yaml.safe_dump(document(id={"type": "string"}, description={"type": "string"})))
    key = "type_changed GET /api/v1/rooms 200.id"
    assert trouble(files)[0] == f"{key}  (integer to string)"
    accepted.write_text(f'[[break]]\nkey = "{key}"\nreason = " "\n')
    assert trouble(files) == [f"accepted without a reason: {key}"]
    accepted.write_text(f'[[break]]\nkey = "{key}"\nreason = "Ids became words in June."\n')
    assert trouble(files) == []


def test_an_acceptance_of_what_is_not_broken_is_stale(files):
    files[2].write_text('[[break]]\nkey = "operation_removed GET /api/v1/x"\nreason = "Gone."\n')
    assert trouble(files) == [
        "no longer a break, take it out of accepted.toml: operation_removed GET /api/v1/x"
    ]


def test_without_a_released_description_the_check_fails_instead_of_passing_by_doing_nothing(files):
    files[0].unlink()
    assert trouble(files) == [
        "released.json is missing: without it no break would be found. ./auberge openapi --release"
    ]


def test_the_canary_in_the_real_description_is_found(tmp_path):
    """An operation and a property of the house taken away: both are named."""
    real = document_read(OPENAPI)
    assert len(real["paths"]) > 150
    promised = json.loads(RELEASED.read_text())
    del real["paths"]["/api/v1/rooms/{id}"]["get"]
    del real["components"]["schemas"]["Room"]["properties"]["number"]
    code = tmp_path / "code.json"
    code.write_text(json.dumps({"paths": real["paths"], "components": real["components"]}))
    lines = broken_promises(code, accepted=tmp_path / "none.toml").splitlines()
    assert "get" in promised["paths"]["/api/v1/rooms/{id}"]
    assert "operation_removed GET /api/v1/rooms/{}" in lines
    assert any(line.startswith("field_removed GET /api/v1/rooms 200.results[].number") for line in lines)
