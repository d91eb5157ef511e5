"""Documents and the city ledger in the admin: looked at; changed by services only."""

from django.contrib import admin

from hotel.folios.models import (
    CityAllocation,
    CityReminder,
    FiscalSeries,
    Invoice,
    InvoicedPosting,
    InvoicePdf,
)
from hotel.properties.admin_base import ReadOnlyAdmin, ReadOnlyInline


@admin.register(FiscalSeries)
class FiscalSeriesAdmin(ReadOnlyAdmin):
    """The series of numbers and how far they are."""

    list_display = ["property", "kind", "fiscal_year", "prefix", "next_number"]
    list_filter = ["property", "kind", "fiscal_year"]
    list_select_related = ["property"]
    search_fields = ["prefix"]


class InvoicedInline(ReadOnlyInline):
    """The postings on a document."""

    model = InvoicedPosting
    fk_name = "invoice"
    exclude = ["property"]


@admin.register(Invoice)
class InvoiceAdmin(ReadOnlyAdmin):
    """Issued documents, which nobody changes."""

    list_display = ["number_text", "property", "kind", "issued_on", "payee_name", "total", "corrects"]
    list_filter = ["property", "kind", "is_cancellation"]
    list_select_related = ["property", "corrects"]
    search_fields = ["number_text", "payee_name"]
    date_hierarchy = "issued_on"
    inlines = [InvoicedInline]


@admin.register(InvoicedPosting)
class InvoicedPostingAdmin(ReadOnlyAdmin):
    """Which posting is on which document."""

    list_display = ["invoice", "posting", "property", "is_payment", "released_by"]
    list_filter = ["property", "is_payment"]
    list_select_related = ["property", "invoice", "posting", "released_by"]
    search_fields = ["invoice__number_text"]


@admin.register(InvoicePdf)
class InvoicePdfAdmin(ReadOnlyAdmin):
    """Printed documents; the file itself is had from the API."""

    list_display = ["invoice", "property", "content_hash", "created_at"]
    list_filter = ["property"]
    list_select_related = ["property", "invoice"]
    search_fields = ["invoice__number_text", "content_hash"]
    exclude = ["content"]


@admin.register(CityAllocation)
class CityAllocationAdmin(ReadOnlyAdmin):
    """Which payment of a debtor pays which item."""

    list_display = ["account", "property", "amount", "allocated_on", "undone_on"]
    list_filter = ["property"]
    list_select_related = ["property", "account"]
    search_fields = ["account__number", "account__name"]
    date_hierarchy = "allocated_on"


@admin.register(CityReminder)
class CityReminderAdmin(ReadOnlyAdmin):
    """Reminders that went to debtors."""

    list_display = ["account", "property", "business_date", "level", "overdue"]
    list_filter = ["property", "level"]
    list_select_related = ["property", "account"]
    search_fields = ["account__number", "account__name"]
    date_hierarchy = "business_date"
