"""Filters of documents and of the city ledger."""

from django_filters import rest_framework as filters

from hotel.folios.choices import DocumentKind
from hotel.folios.models import CityAllocation, CityReminder, Invoice
from hotel.properties.api.filters import PropertyScopedFilterSet


class InvoiceFilter(PropertyScopedFilterSet):
    """Documents by kind, number, day, window, folio, stay, or the document they take back."""

    kind = filters.MultipleChoiceFilter(choices=DocumentKind.choices)
    number = filters.CharFilter(field_name="number_text", lookup_expr="iexact", label="Exactly this number.")
    window = filters.NumberFilter(field_name="window_id", label="Of this window.")
    folio = filters.NumberFilter(field_name="window__folio_id", label="Of this folio.")
    reservation = filters.NumberFilter(field_name="reservation_id", label="Of this stay.")
    corrects = filters.NumberFilter(field_name="corrects_id", label="Credit notes of this document.")
    since = filters.DateFilter(field_name="issued_on", lookup_expr="gte", label="From this business date.")
    until = filters.DateFilter(field_name="issued_on", lookup_expr="lte", label="Up to this business date.")

    class Meta:
        model = Invoice
        fields: list[str] = []


class CityAllocationFilter(PropertyScopedFilterSet):
    """Allocations by account, item, payment, or whether they stand."""

    account = filters.NumberFilter(field_name="account_id", label="Of this account.")
    debit = filters.NumberFilter(field_name="debit_id", label="Of this item.")
    credit = filters.NumberFilter(field_name="credit_id", label="Of this payment.")
    stands = filters.BooleanFilter(field_name="undone_on", lookup_expr="isnull", label="Not undone.")

    class Meta:
        model = CityAllocation
        fields: list[str] = []


class CityReminderFilter(PropertyScopedFilterSet):
    """Reminders by account or level."""

    account = filters.NumberFilter(field_name="account_id", label="To this account.")

    class Meta:
        model = CityReminder
        fields = ["level"]
