"""The kernel's book-keeping for operators: read-only, but a parked message can be sent on its way again."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.views.decorators.http import require_POST
from kombu.exceptions import OperationalError
from unfold.admin import ModelAdmin
from unfold.decorators import display

from hotel.core import admin_others  # noqa: F401  (registers other people's models again, in our style)
from hotel.core.models import (
    DataKey,
    DeclaredSchedule,
    HandledFact,
    IdempotencyRecord,
    InvariantCheck,
    OutboxMessage,
    SecurityEvent,
)
from hotel.core.services.outbox import outbox_unpark
from hotel.core.tasks import invariants_verify

HOUR = 3600


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


@admin.register(DataKey)
class DataKeyAdmin(ReadOnlyAdmin):
    """Keys of guests, companies and properties: whose, since when, and which were destroyed; never the key."""

    list_display = ["subject", "version", "kek", "is_current", "created_at", "destroyed_at"]
    list_filter = ["kek", "is_current"]
    search_fields = ["subject"]
    exclude = ["wrapped"]
    show_full_result_count = False


@admin.register(DeclaredSchedule)
class DeclaredScheduleAdmin(ReadOnlyAdmin):
    """Schedules as the last deploy wrote them; the times that count are those of the periodic tasks."""

    list_display = ["name", "written"]
    search_fields = ["name"]


@admin.register(InvariantCheck)
class InvariantCheckAdmin(ReadOnlyAdmin):
    """What must never be lost or doubled, as last checked; a button has it checked now."""

    list_display = ["started_at", "result", "checked", "broken_rules", "duration_seconds"]
    search_fields = ["broken"]
    search_help_text = "Name of a broken rule"
    fields = ["started_at", "result", "checked", "duration_seconds", "violations"]
    list_before_template = "admin/verify_invariants.html"

    def get_urls(self) -> list[Any]:
        """With the button's address."""
        verify = self.admin_site.admin_view(require_POST(self.verify))
        return [path("verify", verify, name="core_invariantcheck_verify"), *super().get_urls()]

    def verify(self, request: HttpRequest) -> HttpResponse:
        """Have a worker check everything: at a big hotel that takes longer than a page may."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        try:
            invariants_verify.apply_async(retry=False, expires=HOUR)
        except OperationalError:
            messages.error(request, "No worker can be told: the broker is away. Start it, then try again.")
        else:
            messages.success(request, "All rules are being checked; the result will stand on top here.")
        return redirect("admin:core_invariantcheck_changelist")

    @display(description="Result", label={"all hold": "success", "broken": "danger"})
    def result(self, row: InvariantCheck) -> str:
        """In one word, coloured."""
        return "broken" if row.broken else "all hold"

    @display(description="Broken rules")
    def broken_rules(self, row: InvariantCheck) -> str:
        """Their names."""
        return ", ".join(rule["name"] for rule in row.broken) or "–"

    @display(description="Violations")
    def violations(self, row: InvariantCheck) -> str | SafeString:
        """Each broken rule with its first violations."""
        return (
            format_html_join(
                "",
                "<p><strong>{}</strong>: {}</p><ul>{}</ul>",
                (
                    (rule["name"], rule["text"], format_html_join("", "<li>{}</li>", _lines(rule)))
                    for rule in row.broken
                ),
            )
            or "None"
        )


def _lines(rule: dict[str, Any]) -> list[tuple[str]]:
    return [(" | ".join(violation),) for violation in rule["violations"]]


@admin.register(SecurityEvent)
class SecurityEventAdmin(ReadOnlyAdmin):
    """Refusals and findings that point at an attack or a mistake."""

    list_display = ["occurred_at", "kind", "user_id", "address", "path", "request_id"]
    list_filter = ["kind"]
    search_fields = ["kind", "address", "request_id", "path"]
    show_full_result_count = False
