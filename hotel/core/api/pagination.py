"""Cursor pagination: stable under inserts, no counts, never unbounded."""

from typing import Any

from django.core.exceptions import ValidationError as ModelValidationError
from django.db import DataError
from rest_framework import pagination
from rest_framework.exceptions import NotFound, ValidationError


class CursorPagination(pagination.CursorPagination):
    """``?cursor=`` and ``?page_size=`` (1–200); newest first unless the view or ``?ordering=`` says otherwise."""

    page_size_query_param = "page_size"
    max_page_size = 200
    ordering = "-pk"

    def get_ordering(self, request: Any, queryset: Any, view: Any) -> tuple[str, ...]:
        """The requested or declared ordering, completed by the primary key so that it is total."""
        self.ordering = getattr(view, "default_ordering", self.ordering)
        ordering = tuple(super().get_ordering(request, queryset, view))
        return ordering if {"pk", "-pk", "id", "-id"} & set(ordering) else (*ordering, "pk")

    def paginate_queryset(self, queryset: Any, request: Any, view: Any = None) -> Any:
        """See DRF; a cursor that was not made here is bad input, not an error of ours.

        Raises:
            ValidationError: the cursor cannot be read, or does not fit the ordering.
        """
        try:
            return super().paginate_queryset(queryset, request, view=view)
        except (NotFound, ValueError, ModelValidationError, DataError) as error:
            if not request.query_params.get(self.cursor_query_param):
                raise
            text = "Take the cursor from the links of a page with the same ordering."
            raise ValidationError({self.cursor_query_param: [text]}) from error
