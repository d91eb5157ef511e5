"""Filter back ends shared by all lists."""

from typing import Any

from django.utils.dateparse import parse_datetime
from rest_framework import filters
from rest_framework.exceptions import ValidationError

from hotel.core.api.parsers import refuse_unstorable


class SearchFilter(filters.SearchFilter):
    """``?search=``: words looked for in the view's ``search_fields``; refuses unstorable text."""

    def get_search_terms(self, request: Any) -> list[str]:
        """See DRF."""
        refuse_unstorable(request.query_params.get(self.search_param, ""))
        return super().get_search_terms(request)


class OrderingFilter(filters.OrderingFilter):
    """``?ordering=``: only the view's ``ordering_fields``."""


class UpdatedSinceFilter(filters.BaseFilterBackend):
    """``?updated_since=``: rows changed at or after an instant (ISO 8601 with offset)."""

    param = "updated_since"

    def filter_queryset(self, request: Any, queryset: Any, view: Any) -> Any:
        """Applies only to models with ``updated_at``."""
        text = request.query_params.get(self.param)
        if not text or not has_updated_at(queryset.model):
            return queryset
        try:
            moment = parse_datetime(text)
        except ValueError:
            moment = None
        if moment is None or moment.tzinfo is None:
            raise ValidationError({self.param: ["Give an instant such as 2027-03-14T08:00:00Z."]})
        return queryset.filter(updated_at__gte=moment)

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        """Describe the parameter where it works."""
        queryset = getattr(view, "queryset", None)
        if queryset is None or not has_updated_at(queryset.model):
            return []
        schema = {"type": "string", "format": "date-time"}
        text = "Only rows changed at or after this instant."
        return [{"name": self.param, "in": "query", "required": False, "description": text, "schema": schema}]


def has_updated_at(model: Any) -> bool:
    """Whether rows of the model know when they were changed."""
    return any(field.name == "updated_at" for field in model._meta.get_fields())
