"""Reports of compliance in the admin, to be looked at; they are asked for on their page or by API."""

from django.contrib import admin

from security.admin.keys import WholeAdmin
from security.models import ComplianceEvidence, ComplianceItem, ComplianceReport


@admin.register(ComplianceReport)
class ComplianceReportAdmin(WholeAdmin):
    """Reports and how far they are."""

    list_display = ["asked_at", "framework", "version", "status", "done", "total", "finished_at", "asked_by"]
    list_filter = ["framework", "status"]
    list_select_related = ["asked_by"]
    search_fields = ["framework", "rows_hash"]


@admin.register(ComplianceItem)
class ComplianceItemAdmin(WholeAdmin):
    """Rows of reports."""

    list_display = ["report", "requirement", "level", "outcome", "outcome_before", "says"]
    list_filter = ["outcome", "report__framework"]
    list_select_related = ["report"]
    search_fields = ["requirement", "says"]


@admin.register(ComplianceEvidence)
class ComplianceEvidenceAdmin(WholeAdmin):
    """Evidence that people gave."""

    list_display = [
        "framework",
        "requirement",
        "title",
        "valid_from",
        "valid_until",
        "given_by",
        "withdrawn_at",
    ]
    list_filter = ["framework"]
    list_select_related = ["given_by"]
    search_fields = ["title", "requirement"]
