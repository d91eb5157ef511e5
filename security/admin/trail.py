"""The trail in the admin: read only, with the state of its seals."""

import json
from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.utils.html import format_html
from unfold.decorators import display

from hotel.properties.admin_base import ReadOnlyAdmin
from hotel.properties.models import Property
from security.models import AccessEvent, AuditArchive, AuditLog, AuditSeal, SealMark, TrailJob
from security.selectors.trail import sealed_up_to


class WholeTrailAdmin(ReadOnlyAdmin):
    """Rows of no property: open to those who hold the right anywhere."""

    def property_ids_of(self, obj: Any) -> Iterable[int]:
        """All of them."""
        return Property.objects.values_list("pk", flat=True)


class TrailAdmin(ReadOnlyAdmin):
    """What entries and reads share."""

    show_full_result_count = False
    list_per_page = 50
    ordering = ["-id"]

    def property_ids_of(self, obj: Any) -> Iterable[int]:
        """Its own; an entry of no property was narrowed by the list already."""
        return [obj.property_id] if obj.property_id else Property.objects.values_list("pk", flat=True)

    def get_queryset(self, request: Any) -> Any:
        """Narrowed to the person; with how far the trail is sealed."""
        request.sealed_up_to = self._sealed = sealed_up_to()
        return super().get_queryset(request)

    @display(description="Seal", label={"sealed": "success", "waiting": "warning"})
    def seal_state(self, row: AuditLog) -> str:
        """Whether a seal covers it; within a minute one does."""
        return "sealed" if row.pk <= self._sealed else "waiting"

    @display(description="Before")
    def before(self, row: AuditLog) -> str:
        """As JSON, one value a line."""
        return _lines(row.old)

    @display(description="After")
    def after(self, row: AuditLog) -> str:
        """As JSON, one value a line."""
        return _lines(row.new)

    @display(description="Hash")
    def digest(self, row: AuditLog) -> str:
        """In hexadecimal."""
        return bytes(row.row_hash).hex()


def _lines(values: Any) -> str:
    return format_html("<pre>{}</pre>", json.dumps(values, indent=1, ensure_ascii=False)) if values else "–"


@admin.register(AuditLog)
class AuditLogAdmin(TrailAdmin):
    """Every change of every row, newest first. The history of single objects shows the readable diff instead."""

    list_display = ["id", "at", "op", "table", "row_pk", "actor", "door", "property_id", "seal_state"]
    list_filter = ["op", "door"]
    search_fields = ["=row_pk", "=table", "=request_id", "=actor"]
    search_help_text = "Exactly: key of a row, table, request id or actor"
    fields = [
        "at", "op", "table", "row_pk", "property_id", "before", "after", "actor", "impersonator_id", "token_id", "door",
        "address", "request_id", "reason", "transaction", "digest", "seal_state",
    ]  # fmt: skip


@admin.register(AccessEvent)
class AccessEventAdmin(TrailAdmin):
    """Who looked at whose data."""

    list_display = ["id", "at", "actor", "kind", "subjects", "door", "request_id", "seal_state"]
    list_filter = ["door"]
    search_fields = ["=request_id", "=actor"]
    search_help_text = "Exactly: request id or actor"
    fields = [
        "at",
        "table",
        "kind",
        "subjects",
        "actor",
        "door",
        "address",
        "request_id",
        "digest",
        "seal_state",
    ]


@admin.register(AuditSeal)
class AuditSealAdmin(WholeTrailAdmin):
    """Signed heads."""

    list_display = ["number", "first_id", "last_id", "rows", "sealed_at", "key_id", "exported_at"]
    search_fields = ["=number"]
    exclude = ["root", "log_root", "signature"]


@admin.register(SealMark)
class SealMarkAdmin(WholeTrailAdmin):
    """How far the sealer may go."""

    list_display = ["id", "last_id", "horizon"]
    search_fields = ["=id"]

    def get_queryset(self, request: Any) -> Any:
        """The one row, for those who may look."""
        rows = SealMark.objects.all()
        return rows if self.holds(request, "view") else rows.none()


@admin.register(AuditArchive)
class AuditArchiveAdmin(WholeTrailAdmin):
    """Months in files."""

    list_display = ["partition", "rows", "first_id", "last_id", "seal_number", "archived_at"]
    search_fields = ["partition"]


@admin.register(TrailJob)
class TrailJobAdmin(WholeTrailAdmin):
    """Checks and exports."""

    list_display = ["id", "kind", "status", "asked_by", "asked_at", "done", "total"]
    list_filter = ["kind", "status"]
    list_select_related = ["asked_by"]
    search_fields = ["=id"]
    exclude = ["file"]
