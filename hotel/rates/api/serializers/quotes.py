"""An explained price as JSON."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from hotel.core.api.serializers import MoneyField
from hotel.properties.api.mixins import ScopedRelatedField
from hotel.rates.api.serializers.restrictions import BrokenRuleSerializer, StaySerializer
from hotel.rates.domain.postings import stay_postings
from hotel.rates.domain.quotes import StayQuote
from hotel.rooms.models import RoomType


class ExplainSerializer(StaySerializer):
    """Which stay is to be explained, as query parameters."""

    room_type = ScopedRelatedField(queryset=RoomType.objects.all())
    promo_code = serializers.CharField(default="", allow_blank=True, max_length=16)
    company = serializers.IntegerField(min_value=1, max_value=2**62, default=None, allow_null=True)
    exemptions = serializers.CharField(
        default="",
        allow_blank=True,
        max_length=200,
        help_text="Certificates or reasons, such as resident:1,C-17.",
    )

    def validate_exemptions(self, text: str) -> tuple[str, ...]:
        """Comma-separated words."""
        return tuple(part.strip() for part in text.split(",") if part.strip())


class TaxLineSerializer(serializers.Serializer):
    """One tax on one charge."""

    code = serializers.CharField()
    name = serializers.CharField()
    base = MoneyField()
    amount = MoneyField()
    is_inclusive = serializers.BooleanField(help_text="Contained in the price, or added to it.")
    charge = serializers.CharField(help_text="room, the code of a package element, or stay.")


class PackageLineSerializer(serializers.Serializer):
    """One package element charged on a night."""

    code = serializers.CharField()
    name = serializers.CharField()
    amount = MoneyField()
    is_included = serializers.BooleanField()
    rhythm = serializers.CharField()
    group = serializers.CharField()
    is_allowance = serializers.BooleanField()


class PriceStepSerializer(serializers.Serializer):
    """One step of the explanation."""

    kind = serializers.CharField()
    text = serializers.CharField()
    amount = MoneyField(allow_null=True)


class NightPriceSerializer(serializers.Serializer):
    """The price of one night, with the steps that led to it."""

    night = serializers.DateField()
    room_net = MoneyField()
    room_gross = MoneyField()
    packages = PackageLineSerializer(many=True)
    taxes = TaxLineSerializer(many=True)
    total = MoneyField()
    steps = PriceStepSerializer(many=True)


class PostingSerializer(serializers.Serializer):
    """One line that the stay will be on the folio."""

    night = serializers.DateField(help_text="The business date it is posted on.")
    code = serializers.CharField(help_text="room, the code of a package element, or of a tax of the stay.")
    name = serializers.CharField()
    group = serializers.CharField()
    net = MoneyField()
    gross = MoneyField()


class ExplainedStaySerializer(serializers.Serializer):
    """A stay in one plan on one type: prices with their steps, taxes, rules against it, policies as frozen."""

    rate_plan = serializers.IntegerField(source="rate_plan_id")
    room_type = serializers.IntegerField(source="room_type_id")
    arrival = serializers.DateField()
    departure = serializers.DateField()
    is_sellable = serializers.BooleanField()
    nights = NightPriceSerializer(many=True)
    stay_taxes = TaxLineSerializer(many=True)
    postings = serializers.SerializerMethodField(
        help_text="What the folio will show; the lines' gross adds up to the total."
    )
    total = MoneyField()
    net_total = MoneyField()
    tax_total = MoneyField()
    broken = BrokenRuleSerializer(many=True)
    policies = serializers.SerializerMethodField()

    @extend_schema_field(PostingSerializer(many=True))
    def get_postings(self, quote: StayQuote) -> list[dict[str, Any]]:
        """Night by night, then the taxes of the stay."""
        return PostingSerializer(stay_postings(quote), many=True).data

    @extend_schema_field({"type": "object", "additionalProperties": True})
    def get_policies(self, quote: StayQuote) -> dict[str, Any]:
        """Cancellation, deposit and no-show, with their steps."""
        return quote.policies
