"""Filters of payments, cards, links, tills and rates."""

from typing import ClassVar

import django_filters as filters

from hotel.folios.choices import LinkStatus, PaymentKind, PaymentStatus, SessionStatus
from hotel.folios.models import CardToken, CashierSession, ExchangeRate, GatewayAccount, Payment, PaymentLink
from hotel.messaging.api.filters import IdFilter


class PaymentFilter(filters.FilterSet):
    """Of payments."""

    property = IdFilter(field_name="property_id")
    window = IdFilter(field_name="window_id")
    folio = IdFilter(field_name="window__folio_id")
    reservation = IdFilter(field_name="reservation_id")
    session = IdFilter(field_name="session_id")
    kind = filters.ChoiceFilter(choices=PaymentKind.choices)
    status = filters.MultipleChoiceFilter(choices=PaymentStatus.choices)
    created_from = filters.IsoDateTimeFilter(field_name="created_at", lookup_expr="gte")
    created_before = filters.IsoDateTimeFilter(field_name="created_at", lookup_expr="lt")

    class Meta:
        model = Payment
        fields: ClassVar[list[str]] = []


class CardFilter(filters.FilterSet):
    """Of kept cards."""

    property = IdFilter(field_name="property_id")
    guest = IdFilter(field_name="guest_id")
    is_active = filters.BooleanFilter()

    class Meta:
        model = CardToken
        fields: ClassVar[list[str]] = []


class PaymentLinkFilter(filters.FilterSet):
    """Of payment links."""

    property = IdFilter(field_name="property_id")
    status = filters.ChoiceFilter(choices=LinkStatus.choices)

    class Meta:
        model = PaymentLink
        fields: ClassVar[list[str]] = []


class GatewayAccountFilter(filters.FilterSet):
    """Of accounts at processors."""

    property = IdFilter(field_name="property_id")
    is_active = filters.BooleanFilter()

    class Meta:
        model = GatewayAccount
        fields: ClassVar[list[str]] = []


class CashierSessionFilter(filters.FilterSet):
    """Of tills."""

    property = IdFilter(field_name="property_id")
    cashier = IdFilter(field_name="cashier_id")
    status = filters.ChoiceFilter(choices=SessionStatus.choices)
    opened_on = filters.DateFilter()

    class Meta:
        model = CashierSession
        fields: ClassVar[list[str]] = []


class ExchangeRateFilter(filters.FilterSet):
    """Of exchange rates."""

    property = IdFilter(field_name="property_id")
    currency = filters.CharFilter(max_length=3)

    class Meta:
        model = ExchangeRate
        fields: ClassVar[list[str]] = []
