"""The kernel's book-keeping for operators: read-only, but a parked message can be sent on its way again."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from unfold.admin import ModelAdmin

from hotel.core import admin_others  # noqa: F401  (registers other people's models again, in our style)
from hotel.core.models import DeclaredSchedule, HandledFact, IdempotencyRecord, OutboxMessage
from hotel.core.services.outbox import outbox_unpark


class ReadOnlyAdmin(ModelAdmin):
    """Rows that only services write."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never by hand."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never by hand."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never by hand."""
        return False


@admin.register(OutboxMessage)
class OutboxMessageAdmin(ReadOnlyAdmin):
    """Facts and how far their delivery is."""

    list_display = [
        "position",
        "topic",
        "aggregate",
        "property_id",
        "created_at",
        "delivered_at",
        "attempts",
        "parked_at",
    ]
    list_filter = [
        ("parked_at", admin.EmptyFieldListFilter),
        ("delivered_at", admin.EmptyFieldListFilter),
        "topic",
    ]
    search_fields = ["aggregate", "topic"]
    actions = ["unpark"]
    show_full_result_count = False

    @admin.action(description="Deliver parked messages again")
    def unpark(self, request: HttpRequest, queryset: QuerySet[OutboxMessage]) -> None:
        """Put the chosen parked messages back into delivery."""
        done = sum(outbox_unpark(message_id=pk) for pk in queryset.values_list("pk", flat=True))
        messages.success(request, f"{done} messages will be delivered again.")


@admin.register(HandledFact)
class HandledFactAdmin(ReadOnlyAdmin):
    """Which handler has applied which message."""

    list_display = ["handler", "message", "handled_at"]
    search_fields = ["handler"]
    list_select_related = ["message"]
    show_full_result_count = False


@admin.register(IdempotencyRecord)
class IdempotencyRecordAdmin(ReadOnlyAdmin):
    """Keys of callers; the stored answers are encrypted and not shown."""

    list_display = ["route", "key", "principal", "response_status", "created_at"]
    search_fields = ["key", "principal"]
    exclude = ["response_body"]
    show_full_result_count = False


@admin.register(DeclaredSchedule)
class DeclaredScheduleAdmin(ReadOnlyAdmin):
    """Schedules as the last deploy wrote them; the times that count are those of the periodic tasks."""

    list_display = ["name", "written"]
    search_fields = ["name"]
