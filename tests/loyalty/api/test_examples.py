"""Each request that changes something of loyalty has an example in the reference, and each example is one."""

from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from config.stack.paths import ROOT

WRITES = {"post", "patch", "put"}
FILES = {("post", "imports")}  # whose body is a file


def requests() -> list[Any]:
    found = []
    paths = REFERENCE["paths"]
    for path, operations in paths.items():
        for verb in sorted(WRITES & operations.keys()):
            short = path.partition("/loyalty/")[2]
            if short and "requestBody" in operations[verb] and (verb, short) not in FILES:
                body = operations[verb]["requestBody"]["content"]["application/json"]
                found.append(pytest.param(body, id=f"{verb} {short}"))
    return found


REFERENCE = yaml.load((ROOT / "config" / "openapi.yml").read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
REQUESTS = requests()


def problems(body: dict[str, Any], values: dict[str, Any]) -> list[str]:
    schema = {**body["schema"], "components": REFERENCE["components"]}
    found = [error.message for error in Draft202012Validator(schema).iter_errors(values)]
    name = body["schema"]["$ref"].rpartition("/")[2]
    known = REFERENCE["components"]["schemas"][name]["properties"]
    return sorted(found) + [f"{field} is not asked for" for field in sorted(values.keys() - known.keys())]


@pytest.mark.parametrize("body", REQUESTS)
def test_a_request_has_an_example_that_fits(body):
    examples = body.get("examples", {})
    assert examples
    for told in examples.values():
        assert problems(body, told["value"]) == []


def test_all_are_looked_at_and_a_wrong_example_is_told():
    assert len(REQUESTS) >= 49
    (adjust,) = (one.values[0] for one in REQUESTS if one.id == "post members/{id}/adjust")
    assert problems(adjust, {"property": 1, "points": "many", "why": "None"}) == [
        "'many' is not of type 'integer'",
        "'reason' is a required property",
        "why is not asked for",
    ]
