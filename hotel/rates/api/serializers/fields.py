"""Fields and bases shared by the serializers of rates."""

from collections.abc import Iterable
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.fields import empty

from hotel.core.words import _
from hotel.properties.api.mixins import PropertyScopedSerializer
from hotel.properties.models import Property

MANY = 200


@extend_schema_field(
    {
        "type": "array",
        "items": {"type": "integer", "minimum": 1, "maximum": 7},
        "minItems": 1,
        "maxItems": 7,
        "example": [5, 6],
    }
)
class WeekdaysField(serializers.Field):
    """Weekdays as ISO numbers, Monday 1 … Sunday 7; stored as bits."""

    default_error_messages = {"weekdays": "Give a list of weekdays: 1 for Monday to 7 for Sunday."}

    def to_internal_value(self, data: Any) -> int:
        """Numbers to bits."""
        is_list = isinstance(data, list) and 0 < len(data) <= 7
        if not is_list or not all(type(day) is int and 1 <= day <= 7 for day in data):
            self.fail("weekdays")
        return sum(1 << (day - 1) for day in set(data))

    def to_representation(self, value: int) -> list[int]:
        """Bits to numbers, ascending."""
        return [day for day in range(1, 8) if value & 1 << (day - 1)]


class PartMixin:
    """A part of a row is always given whole, also when the row itself is changed in part (PATCH)."""

    def to_internal_value(self, data: Any) -> dict[str, Any]:
        """Ask for required fields and fill in defaults, which DRF leaves out under PATCH."""
        values = super().to_internal_value(data)  # type: ignore[misc]
        fields: dict[str, serializers.Field] = self.fields  # type: ignore[attr-defined]
        missing = [name for name, field in fields.items() if field.required and name not in values]
        if missing:
            raise serializers.ValidationError({name: [_("This field is required.")] for name in missing})
        for name, field in fields.items():
            if name not in values and field.default is not empty:
                values[name] = field.default() if callable(field.default) else field.default
        return values


class RatesSerializer(PropertyScopedSerializer):
    """A row of rates that may have parts."""

    def place(self, attrs: dict[str, Any]) -> Property | None:
        """The property the row is or will be at."""
        return attrs.get("property") or getattr(self.instance, "property", None)

    def refuse_strangers(self, attrs: dict[str, Any], name: str, rows: Iterable[Any]) -> None:
        """Refuse rows of another property.

        Raises:
            ValidationError: for the field ``name``.
        """
        place = self.place(attrs)
        if any(row.property_id != getattr(place, "pk", None) for row in rows):
            raise serializers.ValidationError({name: [_("This belongs to another property.")]})

    def value(self, attrs: dict[str, Any], name: str) -> Any:
        """The value of a field after the change."""
        return attrs.get(name, getattr(self.instance, name, None))

    def refuse_disorder(self, attrs: dict[str, Any], *pairs: tuple[str, str]) -> None:
        """Refuse ends before their beginnings.

        Raises:
            ValidationError: for the second field of a pair.
        """
        for first, last in pairs:
            start, end = self.value(attrs, first), self.value(attrs, last)
            if start is not None and end is not None and end < start:
                raise serializers.ValidationError({last: [_("Not before %(first)s.") % {"first": first}]})

    def contents(self) -> dict[str, Any]:
        """The validated values, without the property."""
        values = dict(self.validated_data)
        values.pop("property", None)
        return values
