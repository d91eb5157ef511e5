"""Imports of members in the admin."""

from typing import Any

from django.contrib import admin

from hotel.properties.admin_base import ReadOnlyAdmin
from loyalty.models import MemberImport, MemberImportRow
from loyalty.services.imports import import_start


@admin.register(MemberImport)
class MemberImportAdmin(ReadOnlyAdmin):
    """Files of members and how far they are."""

    list_display = ["file_name", "property", "status", "total", "position", "started_by", "ended_at"]
    list_filter = ["status", "property"]
    list_select_related = ["property", "started_by"]
    search_fields = ["file_name"]
    actions = ["start"]

    @admin.action(description="Enrol the members of the file", permissions=["manage"])
    def start(self, request: Any, queryset: Any) -> None:
        """Let the lines that were not refused be taken over."""
        call = lambda row: import_start(run=row)  # noqa: E731
        self.each(request, "manage", queryset, call, "{} files are being taken over.")


@admin.register(MemberImportRow)
class MemberImportRowAdmin(ReadOnlyAdmin):
    """What becomes of each line; what it tells of a person is not shown."""

    list_display = ["run", "line", "outcome", "member", "column", "reason"]
    list_filter = ["outcome", "property"]
    list_select_related = ["run", "member"]
    search_fields = ["run__file_name", "member__number"]
    exclude = ["told"]
