"""Who may read the change feed."""

from typing import Any

from rest_framework.permissions import BasePermission

from hotel.properties.scoping import grants_of


class AnyRight(BasePermission):
    """Everybody with a right at some property; which changes he sees is decided per property and area."""

    def has_permission(self, request: Any, view: Any) -> bool:
        """Authenticated, and holds something somewhere."""
        if not request.user or not request.user.is_authenticated:
            return False
        return view.action is None or bool(grants_of(request.user).any_property_ids())
