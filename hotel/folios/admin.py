"""Folios in the admin: codes are edited, everything else is looked at; it is changed by services."""

from typing import Any

from django.contrib import admin

from hotel.folios import admin_documents  # noqa: F401  (registers documents and the city ledger)
from hotel.folios.models import (
    Allowance,
    CardToken,
    CashierSession,
    CashMovement,
    CityAccount,
    ExchangeRate,
    Folio,
    FolioWindow,
    GatewayAccount,
    GatewayCall,
    GatewayNotice,
    HostedPage,
    Journal,
    LedgerDay,
    LedgerEntry,
    Payment,
    PaymentLink,
    Posting,
    PostingTax,
    RoutingRule,
    TransactionCode,
)
from hotel.folios.services.codes import code_change, code_create
from hotel.properties.admin_base import ReadOnlyAdmin, ReadOnlyInline, ScopedAdmin


@admin.register(TransactionCode)
class TransactionCodeAdmin(ScopedAdmin):
    """Codes; retired, never deleted, and their kind and group stay."""

    admin_verbs = {"delete": ""}
    list_display = ["code", "name", "property", "kind", "group", "department", "is_taxed", "is_active"]
    list_filter = ["property", "kind", "group", "is_active"]
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
    list_filter = ["property", "kind", "status"]
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
    list_filter = ["property", "code__kind"]
    list_select_related = ["property", "window__folio", "code"]
    search_fields = ["window__folio__number", "reference", "description"]
    date_hierarchy = "business_date"
    inlines = [TaxInline]


@admin.register(Allowance)
class AllowanceAdmin(ReadOnlyAdmin):
    """Allowances of packages, and what was booked of their rest."""

    list_display = ["reservation", "property", "code", "night", "last_on", "settled", "settled_on", "is_open"]
    list_filter = ["property", "is_open"]
    list_select_related = ["property", "reservation", "code"]
    search_fields = ["reservation__number", "code__code"]
    date_hierarchy = "night"


class EntryInline(ReadOnlyInline):
    """The entries of a journal."""

    model = LedgerEntry
    exclude = ["property", "posting", "reservation"]


@admin.register(Journal)
class JournalAdmin(ReadOnlyAdmin):
    """Business events with their entries."""

    list_display = ["id", "property", "business_date", "kind", "actor", "reference", "reason"]
    list_filter = ["property", "kind"]
    list_select_related = ["property", "actor"]
    search_fields = ["reference", "reason"]
    date_hierarchy = "business_date"
    inlines = [EntryInline]


@admin.register(LedgerEntry)
class LedgerEntryAdmin(ReadOnlyAdmin):
    """Entries of all ledgers."""

    list_display = ["id", "property", "business_date", "ledger", "amount", "code", "account"]
    list_filter = ["property", "ledger"]
    list_select_related = ["property", "code", "account"]
    search_fields = ["journal__reference"]
    date_hierarchy = "business_date"


@admin.register(LedgerDay)
class LedgerDayAdmin(ReadOnlyAdmin):
    """What each ledger stood at, day by day."""

    list_display = ["business_date", "property", "ledger", "opening", "debits", "credits", "closing"]
    list_filter = ["property", "ledger"]
    list_select_related = ["property"]
    search_fields = ["ledger"]
    date_hierarchy = "business_date"


@admin.register(CityAccount)
class CityAccountAdmin(ScopedAdmin):
    """Debtors of the city ledger."""

    admin_verbs = {"delete": ""}
    list_display = ["number", "name", "property", "company", "credit_limit", "payment_days", "is_active"]
    list_filter = ["property", "is_active"]
    list_select_related = ["property", "company"]
    search_fields = ["number", "name"]
    autocomplete_fields = ["company"]


class CallInline(ReadOnlyInline):
    """What a processor was asked about a payment."""

    model = GatewayCall
    exclude = ["property", "key", "claim"]


@admin.register(Payment)
class PaymentAdmin(ReadOnlyAdmin):
    """Payments, refunds and chargebacks with their orders to the processor."""

    list_display = ["number", "property", "kind", "status", "code", "amount", "window", "card", "created_at"]
    list_filter = ["property", "kind", "status"]
    list_select_related = ["property", "code", "window__folio", "card"]
    search_fields = ["number", "reference", "gateway_reference"]
    date_hierarchy = "created_at"
    inlines = [CallInline]


@admin.register(CardToken)
class CardTokenAdmin(ReadOnlyAdmin):
    """Cards kept at processors: first and last digits only."""

    exclude = ["token"]
    list_display = ["brand", "last4", "expires", "property", "account", "is_active", "forget_at"]
    list_filter = ["property", "brand", "is_active"]
    list_select_related = ["property", "account"]
    search_fields = ["last4"]


@admin.register(PaymentLink)
class PaymentLinkAdmin(ReadOnlyAdmin):
    """Links by which guests pay."""

    list_display = ["id", "property", "amount", "status", "expires_at", "payment"]
    list_filter = ["property", "status"]
    list_select_related = ["property", "payment"]
    search_fields = ["description", "payment__number"]


@admin.register(GatewayAccount)
class GatewayAccountAdmin(ReadOnlyAdmin):
    """Accounts at card processors; their keys are written by the API and shown nowhere."""

    exclude = ["api_key", "webhook_secret"]
    list_display = ["name", "property", "provider", "is_active"]
    list_filter = ["property", "provider", "is_active"]
    list_select_related = ["property"]
    search_fields = ["name"]


@admin.register(HostedPage)
class HostedPageAdmin(ReadOnlyAdmin):
    """Pages at processors."""

    list_display = ["id", "property", "status", "payment", "card", "next_check_at"]
    list_filter = ["property", "status"]
    list_select_related = ["property", "payment", "card"]
    search_fields = ["reference"]


@admin.register(GatewayNotice)
class GatewayNoticeAdmin(ReadOnlyAdmin):
    """What processors told us."""

    list_display = ["id", "property", "topic", "reference", "handled_at", "result"]
    list_filter = ["property", "kind"]
    list_select_related = ["property"]
    search_fields = ["reference", "topic"]
    date_hierarchy = "created_at"


class MovementInline(ReadOnlyInline):
    """What went into a till and out of it."""

    model = CashMovement
    exclude = ["property", "journal"]


@admin.register(CashierSession)
class CashierSessionAdmin(ReadOnlyAdmin):
    """Tills with their movements."""

    list_display = ["id", "property", "cashier", "status", "opened_on", "closed_on"]
    list_filter = ["property", "status"]
    list_select_related = ["property", "cashier"]
    search_fields = ["cashier__username", "note"]
    date_hierarchy = "opened_on"
    inlines = [MovementInline]


@admin.register(ExchangeRate)
class ExchangeRateAdmin(ReadOnlyAdmin):
    """Exchange rates; set through the API, which refuses closed days."""

    list_display = ["currency", "property", "valid_from", "buy_rate", "book_rate", "sell_rate", "cash_step"]
    list_filter = ["property", "currency"]
    list_select_related = ["property"]
    search_fields = ["currency"]
