"""Filters of folios, charges and ledgers."""

from django_filters import rest_framework as filters

from hotel.folios.choices import CodeKind, FolioKind, FolioStatus, JournalKind, Ledger
from hotel.folios.models import (
    CityAccount,
    Folio,
    FolioWindow,
    Journal,
    LedgerEntry,
    Posting,
    RoutingRule,
    TransactionCode,
)
from hotel.properties.api.filters import PropertyScopedFilterSet


class DayFilterSet(PropertyScopedFilterSet):
    """Rows of some business dates."""

    business_date = filters.DateFilter(label="Of this business date.")
    since = filters.DateFilter(
        field_name="business_date", lookup_expr="gte", label="From this business date."
    )
    until = filters.DateFilter(
        field_name="business_date", lookup_expr="lte", label="Up to this business date."
    )


class TransactionCodeFilter(PropertyScopedFilterSet):
    """Codes by kind, group, department or activity."""

    kind = filters.MultipleChoiceFilter(choices=CodeKind.choices)

    class Meta:
        model = TransactionCode
        fields = ["code", "group", "department", "is_active"]


class FolioFilter(PropertyScopedFilterSet):
    """Folios by stay, kind, status or number."""

    reservation = filters.NumberFilter(field_name="reservation_id", label="Of this stay.")
    kind = filters.MultipleChoiceFilter(choices=FolioKind.choices)
    status = filters.ChoiceFilter(choices=FolioStatus.choices)
    number = filters.CharFilter(lookup_expr="iexact", label="Exactly this number.")

    class Meta:
        model = Folio
        fields: list[str] = []


class FolioWindowFilter(PropertyScopedFilterSet):
    """Windows by folio or payer."""

    folio = filters.NumberFilter(field_name="folio_id", label="Of this folio.")
    guest = filters.NumberFilter(field_name="guest_id", label="Paid by this guest.")
    company = filters.NumberFilter(field_name="company_id", label="Paid by this company.")

    class Meta:
        model = FolioWindow
        fields: list[str] = []


class RoutingRuleFilter(PropertyScopedFilterSet):
    """Rules by where charges come from or go to."""

    folio = filters.NumberFilter(field_name="folio_id", label="From this folio.")
    window = filters.NumberFilter(field_name="window_id", label="To this window.")

    class Meta:
        model = RoutingRule
        fields: list[str] = []


class PostingFilter(DayFilterSet):
    """Lines by folio, window, code, kind, days or reference."""

    folio = filters.NumberFilter(field_name="window__folio_id", label="On this folio.")
    window = filters.NumberFilter(field_name="window_id", label="On this window.")
    reservation = filters.NumberFilter(field_name="window__folio__reservation_id", label="Of this stay.")
    code = filters.NumberFilter(field_name="code_id", label="With this code.")
    kind = filters.MultipleChoiceFilter(field_name="code__kind", choices=CodeKind.choices)
    journal = filters.NumberFilter(field_name="journal_id", label="Of this event.")
    revenue_date = filters.DateFilter(label="For this business day.")

    class Meta:
        model = Posting
        fields: list[str] = []


class JournalFilter(DayFilterSet):
    """Events by kind and day."""

    kind = filters.MultipleChoiceFilter(choices=JournalKind.choices)

    class Meta:
        model = Journal
        fields: list[str] = []


class LedgerEntryFilter(DayFilterSet):
    """Entries by ledger, code, day, event, stay or debtor."""

    ledger = filters.MultipleChoiceFilter(choices=Ledger.choices)
    code = filters.NumberFilter(field_name="code_id", label="With this code.")
    journal = filters.NumberFilter(field_name="journal_id", label="Of this event.")
    posting = filters.NumberFilter(field_name="posting_id", label="Of this posting.")
    window = filters.NumberFilter(field_name="window_id", label="Of this window.")
    reservation = filters.NumberFilter(field_name="reservation_id", label="Of this stay.")
    account = filters.NumberFilter(field_name="account_id", label="Of this debtor.")

    class Meta:
        model = LedgerEntry
        fields: list[str] = []


class CityAccountFilter(PropertyScopedFilterSet):
    """Debtors by company or activity."""

    company = filters.NumberFilter(field_name="company_id", label="Of this company.")

    class Meta:
        model = CityAccount
        fields = ["number", "is_active"]
