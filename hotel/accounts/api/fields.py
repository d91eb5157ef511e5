"""References that offer only what the caller may name."""

from typing import Any

from rest_framework import serializers

from hotel.accounts.models import Role, User
from hotel.properties.models import PropertyGroup


class _NarrowedField(serializers.PrimaryKeyRelatedField):
    """An id among the rows where the caller holds the action's verb on the view's area."""

    model: type

    def get_queryset(self) -> Any:
        """Narrowed to the caller; the schema generator sees none."""
        view = self.context.get("view")
        rows = self.model.objects.all()  # type: ignore[attr-defined]
        if view is None or getattr(view, "swagger_fake_view", False):
            return rows.none()
        return rows.visible_to(self.context["request"].user, view.required_verb(), view.area)


class UserField(_NarrowedField):
    """A user."""

    model = User


class RoleField(_NarrowedField):
    """A role."""

    model = Role


class GroupField(_NarrowedField):
    """A group of properties."""

    model = PropertyGroup
