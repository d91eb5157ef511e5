"""A schema of an OpenAPI document as what it means for a value, whatever way it is written."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

_BOUNDS = ("maxLength", "maximum", "maxItems", "minLength", "minimum")


@dataclass(frozen=True)
class Shape:
    """What a value may be.

    Attributes:
        types: JSON types, ``null`` among them when it may be null; empty for any.
        enum: allowed values; None for no list.
        properties: names to schemas, not yet resolved.
        required: names that are always there.
        items: the schema of elements, not yet resolved.
        is_open: further properties are allowed.
        name: the component it refers to, by which recursion is noticed.
    """

    types: frozenset[str] = frozenset()
    format: str = ""
    enum: frozenset[Any] | None = None
    properties: Mapping[str, Any] = field(default_factory=dict)
    required: frozenset[str] = frozenset()
    items: Any = None
    bounds: Mapping[str, float] = field(default_factory=dict)
    is_open: bool = False
    name: str = ""


def shape_of(schema: Mapping[str, Any], document: Mapping[str, Any]) -> Shape:
    """The shape of a schema; references are followed, ``allOf`` is merged, ``oneOf`` and ``anyOf`` are united.

    Raises:
        KeyError: a reference leads nowhere.
    """
    if "$ref" in schema:
        name = schema["$ref"].rsplit("/", 1)[-1]
        found = shape_of(document["components"]["schemas"][name], document)
        return Shape(**{**found.__dict__, "name": name})
    own = _own(schema)
    for part in schema.get("allOf", ()):
        own = _both(own, shape_of(part, document))
    choices = [shape_of(part, document) for part in (*schema.get("oneOf", ()), *schema.get("anyOf", ()))]
    if choices:
        own = _both(own, _any_of(choices))
    return _nullable(own) if schema.get("nullable") else own


def _own(schema: Mapping[str, Any]) -> Shape:
    types = schema.get("type", ())
    enum = schema.get("enum")
    kinds = frozenset([types] if isinstance(types, str) else types)
    if enum is not None and not kinds:
        kinds = frozenset("null" if value is None else "string" for value in enum)
    return Shape(
        types=kinds,
        format=schema.get("format", ""),
        enum=None if enum is None else frozenset(enum),
        properties=schema.get("properties", {}),
        required=frozenset(schema.get("required", ())),
        items=schema.get("items"),
        bounds={name: schema[name] for name in _BOUNDS if name in schema},
        is_open=bool(schema.get("additionalProperties", False)),
    )


def _both(one: Shape, other: Shape) -> Shape:
    return Shape(
        types=one.types | other.types,
        format=one.format or other.format,
        enum=other.enum if one.enum is None else one.enum,
        properties={**other.properties, **one.properties},
        required=one.required | other.required,
        items=one.items if one.items is not None else other.items,
        bounds={**other.bounds, **one.bounds},
        is_open=one.is_open or other.is_open,
        name=one.name or other.name,
    )


def _any_of(choices: list[Shape]) -> Shape:
    """What one of them allows. Properties are promised only when all have them."""
    enums = [choice.enum for choice in choices]
    types = [choice.types for choice in choices]
    common = set.intersection(*(set(choice.properties) for choice in choices))
    return Shape(
        types=frozenset().union(*types) if all(types) else frozenset(),
        enum=None if any(enum is None for enum in enums) else frozenset().union(*(e or () for e in enums)),
        properties={name: choices[0].properties[name] for name in common},
        required=frozenset.intersection(*(choice.required for choice in choices)),
        is_open=True,
    )


def _nullable(shape: Shape) -> Shape:
    return Shape(
        **{
            **shape.__dict__,
            "types": shape.types | {"null"} if shape.types else shape.types,
            "enum": None if shape.enum is None else shape.enum | {None},
        }
    )
