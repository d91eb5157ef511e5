"""The default permission: nobody. Every viewset states its area and gets the real one."""

from typing import Any

from rest_framework.permissions import BasePermission


class RefuseByDefault(BasePermission):
    """Refuses every request of a view that forgot to state who may use it."""

    def has_permission(self, request: Any, view: Any) -> bool:
        """Never."""
        return False
