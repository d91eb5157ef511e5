"""What the last release promised to clients of the API, and whether the code still keeps it."""

import json
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from config.stack.paths import ROOT
from hotel.monitoring.domain.breaking import Break, breaks

RELEASED = ROOT / "config/openapi.released.json"
ACCEPTED = ROOT / "config/openapi.accepted.toml"
# Words and examples promise nothing.
_WORDS = {"description", "example", "examples", "title", "summary", "tags", "security", "operationId"}
SHOWN = 60


def broken_promises(openapi: Path, released: Path = RELEASED, accepted: Path = ACCEPTED) -> str:
    """Breaks of the released description that nobody has accepted, and acceptances of what is not broken.

    Args:
        openapi: the description of the code, YAML.
        released: the promises of the last release, written by `promises_write`.
        accepted: TOML with one `[[break]]` per intended break: `key` and `reason`.

    Returns:
        What to read in the gate; empty when every promise is kept.
    """
    if not released.exists():
        return f"{released.name} is missing: without it no break would be found. ./auberge openapi --release"
    found = breaks(json.loads(released.read_text()), document_read(openapi))
    reasons = reasons_read(accepted)
    lines = [_line(one) for one in found if one.key not in reasons]
    if lines:
        lines = [*lines[:SHOWN], *([f"... {len(lines) - SHOWN} more"] if len(lines) > SHOWN else [])]
        lines.append(f"Keep the promise, or name the break with its reason in config/{accepted.name}.")
    keys = {one.key for one in found}
    lines += [
        f"no longer a break, take it out of {accepted.name}: {key}" for key in reasons if key not in keys
    ]
    lines += [f"accepted without a reason: {key}" for key, reason in reasons.items() if not reason.strip()]
    return "\n".join(lines)


def _line(one: Break) -> str:
    return f"{one.key}  ({one.detail})" if one.detail else one.key


def reasons_read(accepted: Path) -> dict[str, str]:
    """Keys of the intended breaks to their reasons."""
    rows = tomllib.loads(accepted.read_text()).get("break", []) if accepted.exists() else []
    return {row["key"]: row.get("reason", "") for row in rows}


def promises_write(openapi: Path, released: Path = RELEASED) -> None:
    """Write what this release promises; done once when a version is released, never to silence the gate."""
    promised = without_words(document_read(openapi))
    paths, schemas = promised["paths"], promised["components"]["schemas"]
    text = f'{{"paths":{{\n{_rows(paths)}\n}},"components":{{"schemas":{{\n{_rows(schemas)}\n}}}}}}\n'
    released.write_text(text)


def _rows(entries: Mapping[str, Any]) -> str:
    """One line an entry, so that a release is read as a difference."""
    dump = json.dumps
    return ",\n".join(
        f"{dump(name)}:{dump(entry, sort_keys=True, separators=(',', ':'))}"
        for name, entry in sorted(entries.items())
    )


def document_read(path: Path) -> dict[str, Any]:
    """An OpenAPI document of YAML."""
    import yaml

    # The compiled reader is many times as fast, where there is one.
    if hasattr(yaml, "CSafeLoader"):
        return yaml.load(path.read_text(), Loader=yaml.CSafeLoader)
    return yaml.safe_load(path.read_text())


def without_words(document: Mapping[str, Any]) -> dict[str, Any]:
    """Paths and schemas without texts, examples and refusals."""
    return {
        "paths": {
            path: {method: _operation(operation) for method, operation in entry.items()}
            for path, entry in document["paths"].items()
        },
        "components": {"schemas": _schemas(document["components"]["schemas"])},
    }


def _operation(operation: Any) -> Any:
    if not isinstance(operation, dict):
        return operation
    answers = operation.get("responses", {})
    kept = {status: answer for status, answer in answers.items() if str(status).startswith("2")}
    return _plain({**operation, "responses": kept})


def _schemas(schemas: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _schema(schema) for name, schema in schemas.items()}


def _schema(schema: Any) -> Any:
    """Names of properties may be any word, such as ``description``: only the keywords beside them go."""
    if not isinstance(schema, dict):
        return schema
    kept = {key: value for key, value in schema.items() if key not in _WORDS}
    made = {key: _plain(value) for key, value in kept.items() if key != "properties"}
    if "properties" in kept:
        made["properties"] = _schemas(kept["properties"])
    return made


def _plain(value: Any) -> Any:
    if isinstance(value, list):
        return [_plain(part) for part in value]
    if isinstance(value, dict):
        return (
            _schema(value)
            if "properties" in value
            else {key: _plain(part) for key, part in value.items() if key not in _WORDS}
        )
    return value
