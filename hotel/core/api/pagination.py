"""Cursor pagination: stable under inserts, no counts, never unbounded."""

import base64
import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Any

from django.core.exceptions import ValidationError as ModelValidationError
from django.db import DataError
from django.db.models import Q
from moneyed import Money
from rest_framework import pagination
from rest_framework.exceptions import ValidationError
from rest_framework.utils.urls import replace_query_param


@dataclass(frozen=True)
class Place:
    """Where a page begins: after (or, backwards, before) the row with these values of the ordering."""

    values: tuple[Any, ...]
    is_backward: bool = False


class CursorPagination(pagination.CursorPagination):
    """``?cursor=`` and ``?page_size=`` (1–200); newest first unless the view or ``?ordering=`` says otherwise.

    The cursor holds the whole ordering of the row it stands at, the primary key last. DRF's own holds the
    first field and an offset, which repeats a page for ever among more than a thousand rows of equal rank.
    """

    page_size_query_param = "page_size"
    max_page_size = 200
    ordering = "-pk"

    def get_ordering(self, request: Any, queryset: Any, view: Any) -> tuple[str, ...]:
        """The requested or declared ordering, completed by the primary key so that it is total."""
        self.ordering = getattr(view, "default_ordering", self.ordering)
        ordering = tuple(
            _column(field, queryset.model) for field in super().get_ordering(request, queryset, view)
        )
        return ordering if {"pk", "-pk", "id", "-id"} & set(ordering) else (*ordering, "pk")

    def paginate_queryset(self, queryset: Any, request: Any, view: Any = None) -> list[Any]:
        """One page of rows, in the asked order.

        Raises:
            ValidationError: the cursor cannot be read, or does not fit the ordering.
        """
        self.request, self.base_url = request, request.build_absolute_uri()
        self.page_size = size = self.get_page_size(request) or self.max_page_size
        self.fields = self.get_ordering(request, queryset, view)
        token = request.query_params.get(self.cursor_query_param, "")
        try:
            self.place = _read(token, self.fields) if token else None
            rows = self._rows(queryset, size)
        except (ValueError, TypeError, ModelValidationError, DataError) as error:
            if not token:
                raise
            text = "Take the cursor from the links of a page with the same ordering."
            raise ValidationError({self.cursor_query_param: [text]}) from error
        is_backward = self.place is not None and self.place.is_backward
        has_more = len(rows) > size
        self.page = rows[:size]
        if is_backward:
            self.page.reverse()
        self.has_next = is_backward or has_more
        self.has_previous = has_more if is_backward else self.place is not None
        return self.page

    def get_next_link(self) -> str | None:
        """The page after this one; None at the end."""
        return self._link(self.page[-1], is_backward=False) if self.has_next and self.page else None

    def get_previous_link(self) -> str | None:
        """The page before this one; None at the beginning."""
        return self._link(self.page[0], is_backward=True) if self.has_previous and self.page else None

    def _rows(self, queryset: Any, size: int) -> list[Any]:
        """The page's rows and one more, in the direction of travel."""
        fields = self.fields
        if self.place is not None:
            fields = tuple(map(_reversed, fields)) if self.place.is_backward else fields
            queryset = queryset.filter(_after(fields, self.place.values))
        return list(queryset.order_by(*fields)[: size + 1])

    def _link(self, row: Any, *, is_backward: bool) -> str:
        values = [_value(row, field) for field in self.fields]
        # str keeps the microseconds that Django's encoder drops; rows would be shown twice.
        text = json.dumps([self.fields, is_backward, values], default=str, separators=(",", ":"))
        token = base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")
        return replace_query_param(self.base_url or "", self.cursor_query_param, token)


def _read(token: str, fields: Sequence[str]) -> Place:
    """The place a cursor stands for; ValueError when it was made for another ordering, or nowhere."""
    made_for, is_backward, values = json.loads(base64.urlsafe_b64decode(token + "=" * (-len(token) % 4)))
    plain = all(value is None or isinstance(value, str | int | float) for value in values)
    if made_for != list(fields) or len(values) != len(fields) or not plain:
        raise ValueError("a cursor of another ordering")
    return Place(tuple(values), bool(is_backward))


def _value(row: Any, field: str) -> Any:
    """The row's value of an ordering field, following relations; money as its amount."""
    value = reduce(lambda thing, name: getattr(thing, name, None), field.lstrip("-").split("__"), row)
    return value.amount if isinstance(value, Money) else value


def _column(field: str, model: Any) -> str:
    """The column of a relation instead of the relation, which would mean its target's own ordering."""
    found = next((f for f in model._meta.concrete_fields if f.name == field.lstrip("-")), None)
    return field.replace(found.name, found.attname) if found is not None and found.is_relation else field


def _reversed(field: str) -> str:
    return field.removeprefix("-") if field.startswith("-") else f"-{field}"


def _after(fields: Sequence[str], values: Sequence[Any]) -> Q:
    """Rows behind the values in the order of the fields, nulls counting as the largest (as in PostgreSQL)."""
    found, equal = Q(), Q()
    for field, value in zip(fields, values, strict=True):
        beyond = _beyond(field, value)
        if beyond is not None:
            found |= equal & beyond
        name = field.lstrip("-")
        equal &= Q(**{f"{name}__isnull": True}) if value is None else Q(**{name: value})
    return found


def _beyond(field: str, value: Any) -> Q | None:
    """Strictly behind one value of one field; None when nothing can be."""
    name = field.lstrip("-")
    if field.startswith("-"):
        return Q(**{f"{name}__isnull": False}) if value is None else Q(**{f"{name}__lt": value})
    if value is None:
        return None
    return Q(**{f"{name}__gt": value}) | Q(**{f"{name}__isnull": True})
