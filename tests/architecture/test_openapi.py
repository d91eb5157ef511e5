"""The generated OpenAPI document: described, exemplified, with error answers, one name per operation."""

from io import StringIO

import pytest
from django.core.management import call_command

METHODS = ("get", "post", "put", "patch", "delete")


@pytest.fixture(scope="session")
def operations(openapi) -> list[tuple[str, str, dict]]:
    """(method, path, operation) of every operation."""
    return [(m, path, item[m]) for path, item in openapi["paths"].items() for m in METHODS if m in item]


def _resolved(schema: dict, openapi: dict) -> dict:
    while "$ref" in schema:
        _, _, kind, name = schema["$ref"].split("/")
        schema = openapi["components"][kind][name]
    return schema


def _has_example(media: dict, openapi: dict) -> bool:
    """Whether a body shows an example: its own, its schema's, or that of its items."""
    if media.get("example") is not None or media.get("examples"):
        return True
    schema = _resolved(media.get("schema", {}), openapi)
    if schema.get("type") == "array":
        schema = _resolved(schema["items"], openapi)
    return (
        "example" in schema or not schema or schema.get("type") in {"string", "integer", "number", "boolean"}
    )


def test_the_document_is_valid_and_without_a_warning(tmp_path):
    call_command(
        "spectacular",
        "--validate",
        "--fail-on-warn",
        "--file",
        str(tmp_path / "openapi.yml"),
        stdout=StringIO(),
    )


def test_each_operation_is_described(operations):
    bare = [
        f"{m} {path}"
        for m, path, op in operations
        if len((op.get("description") or op.get("summary") or "").strip()) < 5
    ]
    assert bare == [], "the docstring of the viewset or of the action is the description"


def test_each_operation_has_one_id(operations):
    ids = [op["operationId"] for _, _, op in operations]
    assert sorted({i for i in ids if ids.count(i) > 1}) == []


def test_each_operation_tells_how_it_refuses(operations):
    for method, path, operation in operations:
        wanted = {"400", "401", "403", "404", "429"} | ({"409", "422"} if method != "get" else set())
        assert wanted <= set(operation["responses"]), f"{method} {path}"
        assert any(code.startswith("2") for code in operation["responses"]), f"{method} {path}"


def test_each_body_has_an_example(operations, openapi):
    bare = []
    for method, path, operation in operations:
        answers = [_resolved(answer, openapi) for answer in operation["responses"].values()]
        bodies = [operation.get("requestBody", {}), *answers]
        media = [m for body in bodies for kind, m in body.get("content", {}).items() if "json" in kind]
        bare += [f"{method} {path}"] * (not all(_has_example(m, openapi) for m in media))
    assert bare == []


def test_paths_have_no_trailing_slash_and_ids_are_numbers(operations):
    for method, path, operation in operations:
        assert path.startswith("/api/v1/"), path
        assert not path.endswith("/"), path
        for parameter in operation.get("parameters", []):
            if parameter["in"] == "path" and parameter["name"] == "id":
                assert parameter["schema"]["type"] == "integer", f"{method} {path}"
