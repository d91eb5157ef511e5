"""Fields and limits that the serializers of guests share."""

from datetime import date
from typing import Any

from rest_framework import serializers

from hotel.core.clock import now
from hotel.core.words import _
from hotel.guests.models import Company, Guest
from hotel.guests.selectors.profiles import guest_visible
from hotel.properties.api.mixins import ScopedRelatedField

OLDEST = date(1900, 1, 1)


class ProfileField(serializers.PrimaryKeyRelatedField):
    """A guest or company that the caller may act on with the verb of the current action."""

    def get_queryset(self) -> Any:
        """Narrowed to the caller; others do not exist for him."""
        view = self.context.get("view")
        rows: Any = super().get_queryset()
        if view is None or getattr(view, "swagger_fake_view", False):
            return rows.none()
        return rows.visible_to(self.context["request"].user, view.required_verb(), view.area)


class GuestField(ScopedRelatedField):
    """A reference to a guest that the caller may see."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=Guest.objects.all(), **kwargs)

    def row_visible(self, key: int, user: Any) -> Guest | None:
        """Without composing the query: every booking asks."""
        return guest_visible(key, user)


def guest_field(**kwargs: Any) -> ProfileField:
    """A guest the caller may act on."""
    return ProfileField(queryset=Guest.objects.all(), **kwargs)


def company_field(**kwargs: Any) -> ProfileField:
    """A company the caller may act on."""
    return ProfileField(queryset=Company.objects.all(), **kwargs)


def validate_birth_date(value: date) -> None:
    """Refuse dates before 1900 and days that have not come anywhere on earth."""
    if not OLDEST <= value <= now().date():
        raise serializers.ValidationError(_("Give a day between 1900-01-01 and today."))


def validate_document_date(value: date) -> None:
    """Refuse days no document in use can bear."""
    if not OLDEST <= value <= date(2200, 1, 1):
        raise serializers.ValidationError(_("Give a day between 1900-01-01 and 2200-01-01."))
