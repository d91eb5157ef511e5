"""Wrapping keys and their changes in the admin, to be looked at; a change is begun on the page of keys or by API."""

from typing import Any

from django.contrib import admin

from hotel.properties.admin_base import ReadOnlyAdmin
from security.models import DataEncryption, KeyRotation
from security.models.keys import sees_keys


class WholeAdmin(ReadOnlyAdmin):
    """Rows of the whole installation: for who holds the right at every property."""

    def holds(self, request: Any, verb: str, obj: Any = None) -> bool:
        """Everywhere, or not at all."""
        return bool(verb) and sees_keys(request.user, verb)


@admin.register(DataEncryption)
class DataEncryptionAdmin(WholeAdmin):
    """The keys that wrap data keys; never the keys themselves."""

    list_display = ["key_id", "state", "source", "check_value", "in_force_at", "retired_at"]
    list_filter = ["state", "source"]
    search_fields = ["key_id"]


@admin.register(KeyRotation)
class KeyRotationAdmin(WholeAdmin):
    """Changes of keys and how far they are."""

    list_display = ["started_at", "kind", "target", "status", "done", "total", "ended_at", "started_by"]
    list_filter = ["kind", "status"]
    list_select_related = ["started_by"]
    search_fields = ["target"]
    exclude = ["position"]
