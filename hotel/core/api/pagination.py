"""Cursor pagination: stable under inserts, no counts, never unbounded."""

from typing import Any

from rest_framework import pagination


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
