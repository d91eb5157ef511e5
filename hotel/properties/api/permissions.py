"""Who may pass: holders of the view's verb on its area, at one property at least."""

from typing import Any

from rest_framework.permissions import BasePermission

from hotel.properties.scoping import grants_of


class AreaPermission(BasePermission):
    """Checks the area before any handler runs; which rows is decided by ``visible_to``."""

    def has_permission(self, request: Any, view: Any) -> bool:
        """Authenticated, and the verb is held somewhere; an unmapped action is refused."""
        if not request.user or not request.user.is_authenticated:
            return False
        if view.action is None:
            return True  # the method is not allowed: DRF answers 405
        return bool(grants_of(request.user).property_ids(view.required_verb(), view.area))
