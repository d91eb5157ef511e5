"""The base of operations' endpoints."""

from typing import Any, ClassVar

from hotel.core.api.versions import expected_version
from hotel.properties.api.mixins import ReadViewSet


class OperationsViewSet(ReadViewSet):
    """Rows that are changed by commands."""

    is_abstract: ClassVar[bool] = True
    area = "operations"

    def read(self, form: type) -> dict[str, Any]:
        """What the body says."""
        body = form(data=self.request.data, context=self.get_serializer_context())
        body.is_valid(raise_exception=True)
        return dict(body.validated_data)

    def seen(self) -> dict[str, Any]:
        """Who gives a command, and the version he saw."""
        return {"actor": self.request.user, "expected_version": expected_version(self.request)}
