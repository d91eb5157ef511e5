"""What the reference shows of a request."""

from collections.abc import Callable
from typing import Any

from drf_spectacular.utils import OpenApiExample, extend_schema_serializer


def example(title: str, /, **values: Any) -> Callable[[type], type]:
    """Show a serializer's requests by one example: a title, and what is sent."""
    return extend_schema_serializer(examples=[OpenApiExample(title, values, request_only=True)])
