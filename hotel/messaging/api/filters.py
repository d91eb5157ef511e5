"""Filters of the messaging lists."""

from typing import Any

import django_filters as filters
from django.db.models import QuerySet

from hotel.core.plugs import area_of
from hotel.messaging.choices import (
    Channel,
    DeliveryKind,
    DeliveryStatus,
    MessageStatus,
    Purpose,
    SuppressionReason,
)
from hotel.messaging.known_guests import guest_is_known
from hotel.messaging.models import Message, MessageTemplate, Suppression, WebhookDelivery, WebhookEndpoint
from hotel.messaging.services.suppressions import address_wanted
from hotel.properties.scoping import grants_of

BIGINT_MAX = 2**63 - 1


class IdFilter(filters.NumberFilter):
    """A whole number that fits a bigint; others are refused with 400."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, min_value=0, max_value=BIGINT_MAX, decimal_places=0, **kwargs)


class MessageFilter(filters.FilterSet):
    """Of messages."""

    property = IdFilter(field_name="property_id")
    channel = filters.ChoiceFilter(choices=Channel.choices)
    status = filters.MultipleChoiceFilter(choices=MessageStatus.choices)
    purpose = filters.ChoiceFilter(choices=Purpose.choices)
    guest_id = IdFilter(method="filter_guest", label="A guest known where the caller sees messages.")
    template_code = filters.CharFilter(max_length=60)
    dedupe_key = filters.CharFilter(max_length=200)
    created_from = filters.IsoDateTimeFilter(field_name="created_at", lookup_expr="gte")
    created_before = filters.IsoDateTimeFilter(field_name="created_at", lookup_expr="lt")

    class Meta:
        model = Message
        fields: list[str] = []

    address = filters.CharFilter(
        method="filter_address", max_length=512, label="A whole e-mail address, number or device token."
    )

    def filter_address(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """Addresses are encrypted: found by their keyed hashes."""
        return rows.filter(address_fingerprint__in=address_wanted(value))

    def filter_guest(self, rows: QuerySet, name: str, value: Any) -> QuerySet:
        """Nothing is found of a guest who is not known where the caller sees messages."""
        seen = grants_of(self.request.user).property_ids("view", area_of("messaging"))
        return rows.filter(guest_id=value) if guest_is_known(int(value), seen) else rows.none()


class MessageTemplateFilter(filters.FilterSet):
    """Of templates."""

    property = IdFilter(field_name="property_id")
    code = filters.CharFilter(max_length=60)
    channel = filters.ChoiceFilter(choices=Channel.choices)
    language = filters.CharFilter(max_length=8)
    is_active = filters.BooleanFilter()

    class Meta:
        model = MessageTemplate
        fields: list[str] = []


class SuppressionFilter(filters.FilterSet):
    """Of suppressions."""

    property = IdFilter(field_name="property_id")
    channel = filters.ChoiceFilter(choices=Channel.choices)
    reason = filters.ChoiceFilter(choices=SuppressionReason.choices)

    address = filters.CharFilter(
        method="filter_address", max_length=512, label="A whole e-mail address, number or device token."
    )

    def filter_address(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """Addresses are encrypted: found by their keyed hashes."""
        return rows.filter(fingerprint__in=address_wanted(value))

    class Meta:
        model = Suppression
        fields: list[str] = []


class WebhookFilter(filters.FilterSet):
    """Of webhook endpoints."""

    property = IdFilter(field_name="property_id")
    is_active = filters.BooleanFilter()

    class Meta:
        model = WebhookEndpoint
        fields: list[str] = []


class WebhookDeliveryFilter(filters.FilterSet):
    """Of webhook deliveries."""

    property = IdFilter(field_name="property_id")
    endpoint = IdFilter(field_name="endpoint_id")
    status = filters.ChoiceFilter(choices=DeliveryStatus.choices)
    kind = filters.ChoiceFilter(choices=DeliveryKind.choices)
    topic = filters.CharFilter(max_length=80)
    position = IdFilter()

    class Meta:
        model = WebhookDelivery
        fields: list[str] = []
