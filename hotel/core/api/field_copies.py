"""Copies of serializer fields, made as an object is copied.

DRF copies the fields of a serializer for every request, each by calling its class again with deep copies of what it was
made from: a tenth of the work of making a booking. A field that was never bound holds nothing that its copies would
change, so that they may share what it holds; only fields within a field have to know their own parent.
"""

from collections.abc import Mapping
from functools import cache
from typing import Any

from rest_framework import serializers


def fields_copied(fields: Mapping[str, serializers.Field]) -> dict[str, serializers.Field]:
    """Copies of fields that were never bound, in order, ready to be bound."""
    return {name: field_copied(field) for name, field in fields.items()}


def field_copied(field: serializers.Field) -> serializers.Field:
    """A copy of a field that was never bound itself, with copies of the fields within it."""
    twin = object.__new__(type(field))
    twin.__dict__ = {
        name: field_copied(value) if name != "parent" and isinstance(value, serializers.Field) else value
        for name, value in field.__dict__.items()
    }
    for value in twin.__dict__.values():
        if isinstance(value, serializers.Field):
            value.parent = twin
    return twin


class KeptFields:
    """For serializers whose fields depend on the class alone: built once, copied for each instance."""

    def get_fields(self) -> dict[str, Any]:
        """Copies, as DRF makes them of declared fields."""
        return fields_copied(_fields_of(type(self)))

    def built_fields(self) -> dict[str, Any]:
        """What DRF builds."""
        return super().get_fields()  # type: ignore[misc,no-any-return]


@cache
def _fields_of(kind: type[KeptFields]) -> dict[str, Any]:
    return kind().built_fields()
