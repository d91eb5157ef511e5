"""Filters of payments, cards, links, tills and rates."""

from typing import ClassVar

from django_filters import rest_framework as filters

from hotel.folios.choices import LinkStatus, PaymentKind, PaymentStatus, SessionStatus
from hotel.folios.models import CardToken, CashierSession, ExchangeRate, GatewayAccount, Payment, PaymentLink
from hotel.properties.api.filters import PropertyScopedFilterSet


class PaymentFilter(PropertyScopedFilterSet):
    """Of payments."""

    window = filters.NumberFilter(field_name="window_id", label="Payments of this window.")
    folio = filters.NumberFilter(field_name="window__folio_id", label="Payments of this folio.")
    reservation = filters.NumberFilter(field_name="reservation_id", label="Deposits for this stay.")
    session = filters.NumberFilter(field_name="session_id", label="Cash of this till.")
    kind = filters.ChoiceFilter(choices=PaymentKind.choices)
    status = filters.MultipleChoiceFilter(choices=PaymentStatus.choices)
    created_from = filters.IsoDateTimeFilter(field_name="created_at", lookup_expr="gte")
    created_before = filters.IsoDateTimeFilter(field_name="created_at", lookup_expr="lt")

    class Meta:
        model = Payment
        fields: ClassVar[list[str]] = []


class CardFilter(PropertyScopedFilterSet):
    """Of kept cards."""

    guest = filters.NumberFilter(field_name="guest_id", label="Cards of this guest.")
    is_active = filters.BooleanFilter()

    class Meta:
        model = CardToken
        fields: ClassVar[list[str]] = []


class PaymentLinkFilter(PropertyScopedFilterSet):
    """Of payment links."""

    status = filters.ChoiceFilter(choices=LinkStatus.choices)

    class Meta:
        model = PaymentLink
        fields: ClassVar[list[str]] = []


class GatewayAccountFilter(PropertyScopedFilterSet):
    """Of accounts at processors."""

    is_active = filters.BooleanFilter()

    class Meta:
        model = GatewayAccount
        fields: ClassVar[list[str]] = []


class CashierSessionFilter(PropertyScopedFilterSet):
    """Of tills."""

    cashier = filters.NumberFilter(field_name="cashier_id", label="Tills of this person.")
    status = filters.ChoiceFilter(choices=SessionStatus.choices)
    opened_on = filters.DateFilter()

    class Meta:
        model = CashierSession
        fields: ClassVar[list[str]] = []


class ExchangeRateFilter(PropertyScopedFilterSet):
    """Of exchange rates."""

    currency = filters.CharFilter(max_length=3)

    class Meta:
        model = ExchangeRate
        fields: ClassVar[list[str]] = []
