"""Folios in the admin: codes are edited, everything else is looked at; it is changed by services."""

from typing import Any

from django.contrib import admin

from hotel.folios.models import (
    CityAccount,
    Folio,
    FolioWindow,
    Journal,
    LedgerDay,
    LedgerEntry,
    Posting,
    PostingTax,
    RoutingRule,
    TransactionCode,
)
from hotel.folios.services.codes import code_change, code_create
from hotel.properties.admin_base import ReadOnlyAdmin, ReadOnlyInline, ScopedAdmin, ScopedRelatedFilter

BY_PROPERTY = ("property", ScopedRelatedFilter)


@admin.register(TransactionCode)
class TransactionCodeAdmin(ScopedAdmin):
    """Codes; retired, never deleted, and their kind and group stay."""

    admin_verbs = {"delete": ""}
    list_display = ["code", "name", "property", "kind", "group", "department", "is_taxed", "is_active"]
    list_filter = [BY_PROPERTY, "kind", "group", "is_active"]
    list_select_related = ["property"]
    search_fields = ["code", "name"]

    def get_readonly_fields(self, request: Any, obj: Any = None) -> Any:
        """What postings were counted by stays."""
        fields = super().get_readonly_fields(request, obj)
        return fields if obj is None else [*fields, "code", "kind", "group"]

    def save_model(self, request: Any, obj: Any, form: Any, change: bool) -> None:
        """By the services, which know what a code may be."""
        values = {name: form.cleaned_data[name] for name in form.changed_data if name in form.cleaned_data}
        if change:
            code_change(code=obj, changes=values)
            return
        values.pop("property", None)
        obj.pk = code_create(place=obj.property, values=values).pk


class WindowInline(ReadOnlyInline):
    """The windows of a folio."""

    model = FolioWindow
    exclude = ["property"]


class RoutingInline(ReadOnlyInline):
    """The routing rules of a folio."""

    model = RoutingRule
    fk_name = "folio"
    exclude = ["property"]


@admin.register(Folio)
class FolioAdmin(ReadOnlyAdmin):
    """Folios with their windows and routing rules."""

    list_display = ["number", "property", "kind", "name", "reservation", "status", "opened_on", "closed_on"]
    list_filter = [BY_PROPERTY, "kind", "status"]
    list_select_related = ["property", "reservation"]
    search_fields = ["number", "name", "reservation__number"]
    date_hierarchy = "opened_on"
    inlines = [WindowInline, RoutingInline]


class TaxInline(ReadOnlyInline):
    """The taxes of a posting."""

    model = PostingTax
    exclude = ["property"]


@admin.register(Posting)
class PostingAdmin(ReadOnlyAdmin):
    """Postings, which nobody changes."""

    list_display = [
        "id",
        "property",
        "window",
        "business_date",
        "revenue_date",
        "code",
        "description",
        "gross",
    ]
    list_filter = [BY_PROPERTY, "code__kind"]
    list_select_related = ["property", "window__folio", "code"]
    search_fields = ["window__folio__number", "reference", "description"]
    date_hierarchy = "business_date"
    inlines = [TaxInline]


class EntryInline(ReadOnlyInline):
    """The entries of a journal."""

    model = LedgerEntry
    exclude = ["property", "posting", "reservation"]


@admin.register(Journal)
class JournalAdmin(ReadOnlyAdmin):
    """Business events with their entries."""

    list_display = ["id", "property", "business_date", "kind", "actor", "reference", "reason"]
    list_filter = [BY_PROPERTY, "kind"]
    list_select_related = ["property", "actor"]
    search_fields = ["reference", "reason"]
    date_hierarchy = "business_date"
    inlines = [EntryInline]


@admin.register(LedgerEntry)
class LedgerEntryAdmin(ReadOnlyAdmin):
    """Entries of all ledgers."""

    list_display = ["id", "property", "business_date", "ledger", "amount", "code", "account"]
    list_filter = [BY_PROPERTY, "ledger"]
    list_select_related = ["property", "code", "account"]
    search_fields = ["journal__reference"]
    date_hierarchy = "business_date"


@admin.register(LedgerDay)
class LedgerDayAdmin(ReadOnlyAdmin):
    """What each ledger stood at, day by day."""

    list_display = ["business_date", "property", "ledger", "opening", "debits", "credits", "closing"]
    list_filter = [BY_PROPERTY, "ledger"]
    list_select_related = ["property"]
    search_fields = ["ledger"]
    date_hierarchy = "business_date"


@admin.register(CityAccount)
class CityAccountAdmin(ScopedAdmin):
    """Debtors of the city ledger."""

    admin_verbs = {"delete": ""}
    list_display = ["number", "name", "property", "company", "is_active"]
    list_filter = [BY_PROPERTY, "is_active"]
    list_select_related = ["property", "company"]
    search_fields = ["number", "name"]
    autocomplete_fields = ["company"]
