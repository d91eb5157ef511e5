"""What the reference shows of requests: each has an example, and each example is one."""

from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from config.stack.paths import ROOT

WRITES = {"post", "patch", "put"}
REFERENCE = yaml.load((ROOT / "config" / "openapi.yml").read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)


def requests_of(family: str, files: frozenset[tuple[str, str]] = frozenset()) -> list[Any]:
    """The bodies of the writes below a path such as ``/loyalty/``, as parameters named by verb and the rest of the path.

    Args:
        files: verb and rest of the path of those whose body is a file.
    """
    found = []
    for path, operations in REFERENCE["paths"].items():
        short = path.partition(family)[2]
        for verb in sorted(WRITES & operations.keys()):
            if short and "requestBody" in operations[verb] and (verb, short) not in files:
                body = operations[verb]["requestBody"]["content"]["application/json"]
                found.append(pytest.param(body, id=f"{verb} {short}"))
    return found


def problems(body: dict[str, Any], values: dict[str, Any]) -> list[str]:
    """What does not fit of an example."""
    schema = {**body["schema"], "components": REFERENCE["components"]}
    found = [error.message for error in Draft202012Validator(schema).iter_errors(values)]
    name = body["schema"]["$ref"].rpartition("/")[2]
    known = REFERENCE["components"]["schemas"][name]["properties"]
    return sorted(found) + [f"{field} is not asked for" for field in sorted(values.keys() - known.keys())]
