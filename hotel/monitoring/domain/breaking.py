"""What in a new API description would break a client that was written against an older one.

Both are OpenAPI documents as dictionaries. A client sends what the old one allowed and reads what it promised:
so a request must not become narrower, and an answer must not lose or loosen what was certain. Additions are free.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from hotel.monitoring.domain.shapes import Shape, shape_of

METHODS = ("get", "put", "post", "delete", "patch")
# Bounds of a value, to whether a larger number is the narrower one.
BOUNDS = {"maxLength": False, "maximum": False, "maxItems": False, "minLength": True, "minimum": True}
_PARAMETER = re.compile(r"\{[^}]*\}")
Document = Mapping[str, Any]


@dataclass(frozen=True, order=True)
class Break:
    """One break of a promise.

    Attributes:
        operation: such as ``GET /api/v1/rooms/{}``; names of path parameters are no promise.
        kind: a stable word, such as ``property_removed``.
        where: ``request``, ``query`` or the status of an answer, and the path of the value in it.
        detail: what it was and what it is.
    """

    operation: str
    kind: str
    where: str
    detail: str = ""

    @property
    def key(self) -> str:
        """How an intended break is named."""
        return f"{self.kind} {self.operation} {self.where}".rstrip()


def breaks(old: Document, new: Document) -> list[Break]:
    """Every break between two documents, sorted."""
    before, after = operations(old), operations(new)
    found: set[Break] = set()
    for name, operation in before.items():
        if name not in after:
            found.add(Break(name, "operation_removed", ""))
            continue
        found |= {
            Break(name, kind, where, detail)
            for kind, where, detail in _operation_breaks(_Pair(old, new), operation, after[name])
        }
    return sorted(found)


def operations(document: Document) -> dict[str, Mapping[str, Any]]:
    """Operations by name, without the names of path parameters."""
    return {
        f"{method.upper()} {_PARAMETER.sub('{}', path)}": entry[method]
        for path, entry in document.get("paths", {}).items()
        for method in METHODS
        if method in entry
    }


Found = tuple[str, str, str]


@dataclass(frozen=True)
class _Pair:
    old: Document
    new: Document


def _operation_breaks(pair: _Pair, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Found]:
    yield from _parameter_breaks(pair, _parameters(old), _parameters(new))
    yield from _body_breaks(pair, old.get("requestBody"), new.get("requestBody"))
    for status, answer in old.get("responses", {}).items():
        if not str(status).startswith("2"):
            continue
        other = new.get("responses", {}).get(status)
        if other is None:
            yield "answer_removed", str(status), ""
            continue
        for media, content in answer.get("content", {}).items():
            if media not in other.get("content", {}):
                yield "media_type_removed", f"{status} {media}", ""
            else:
                yield from _answer(pair, content, other["content"][media], str(status))


def _answer(pair: _Pair, old: Any, new: Any, where: str) -> Iterator[Found]:
    before = shape_of(old.get("schema", {}), pair.old)
    yield from _loosened(pair, before, shape_of(new.get("schema", {}), pair.new), where, frozenset())


def _parameters(operation: Mapping[str, Any]) -> dict[tuple[str, str], Mapping[str, Any]]:
    return {(p["in"], p["name"]): p for p in operation.get("parameters", ()) if p["in"] != "path"}


def _parameter_breaks(pair: _Pair, old: Any, new: Any) -> Iterator[Found]:
    for key, parameter in old.items():
        where = " ".join(key)
        if key not in new:
            yield "parameter_removed", where, ""
            continue
        if new[key].get("required") and not parameter.get("required"):
            yield "parameter_required", where, ""
        before, after = (
            shape_of(parameter.get("schema", {}), pair.old),
            shape_of(new[key].get("schema", {}), pair.new),
        )
        yield from _narrowed(pair, before, after, where, frozenset())
    for key, parameter in new.items():
        if key not in old and parameter.get("required"):
            yield "parameter_required", " ".join(key), "new"


def _body_breaks(pair: _Pair, old: Any, new: Any) -> Iterator[Found]:
    if new is None:
        if old is not None:
            yield "body_removed", "request", ""
        return
    if new.get("required") and not (old or {}).get("required"):
        yield "body_required", "request", ""
    for media, content in (old or {}).get("content", {}).items():
        other = new.get("content", {}).get(media)
        if other is None:
            yield "media_type_removed", f"request {media}", ""
            continue
        before, after = (
            shape_of(content.get("schema", {}), pair.old),
            shape_of(other.get("schema", {}), pair.new),
        )
        yield from _narrowed(pair, before, after, "request", frozenset())


def _narrowed(pair: _Pair, old: Shape, new: Shape, where: str, seen: frozenset[Any]) -> Iterator[Found]:
    """What of the old values the new one refuses."""
    if (old.name, new.name) in seen and old.name:
        return
    seen |= {(old.name, new.name)}
    if new.types and (not old.types or not old.types <= new.types):
        yield "type_changed", where, f"{_words(old.types)} to {_words(new.types)}"
    if new.enum is not None and (old.enum is None or not old.enum <= new.enum):
        yield "enum_narrowed", where, _words((old.enum or frozenset()) - new.enum)
    if new.format and new.format != old.format:
        yield "format_changed", where, f"{old.format or 'none'} to {new.format}"
    yield from _bounds_tightened(old, new, where)
    for name in sorted(new.required - old.required):
        yield "field_required", f"{where}.{name}", "new" if name not in old.properties else ""
    for name, part in old.properties.items():
        if name in new.properties:
            inner = shape_of(part, pair.old), shape_of(new.properties[name], pair.new)
            yield from _narrowed(pair, *inner, f"{where}.{name}", seen)
        elif not new.is_open:
            yield "field_removed", f"{where}.{name}", ""
    if old.items is not None and new.items is not None:
        inner = shape_of(old.items, pair.old), shape_of(new.items, pair.new)
        yield from _narrowed(pair, *inner, f"{where}[]", seen)


def _bounds_tightened(old: Shape, new: Shape, where: str) -> Iterator[Found]:
    for bound, larger_is_narrower in BOUNDS.items():
        after = new.bounds.get(bound)
        if after is None:
            continue
        before = old.bounds.get(bound)
        if before is None or (after > before if larger_is_narrower else after < before):
            yield "bound_tightened", where, f"{bound} {before} to {after}"


def _loosened(pair: _Pair, old: Shape, new: Shape, where: str, seen: frozenset[Any]) -> Iterator[Found]:
    """What the old answer promised and the new one does not."""
    if (old.name, new.name) in seen and old.name:
        return
    seen |= {(old.name, new.name)}
    if old.types and (not new.types or not new.types <= old.types):
        yield "type_changed", where, f"{_words(old.types)} to {_words(new.types)}"
    if old.format and new.format != old.format:
        yield "format_changed", where, f"{old.format} to {new.format or 'none'}"
    for name, part in old.properties.items():
        if name not in new.properties:
            yield "field_removed", f"{where}.{name}", ""
            continue
        if name in old.required and name not in new.required:
            yield "field_optional", f"{where}.{name}", ""
        inner = shape_of(part, pair.old), shape_of(new.properties[name], pair.new)
        yield from _loosened(pair, *inner, f"{where}.{name}", seen)
    if old.items is not None and new.items is not None:
        inner = shape_of(old.items, pair.old), shape_of(new.items, pair.new)
        yield from _loosened(pair, *inner, f"{where}[]", seen)


def _words(values: Any) -> str:
    return ", ".join(sorted(str(value) for value in values)) or "any"
