"""Folios, windows and routing rules as JSON."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from hotel.accounts.selectors.actions import actions_for
from hotel.core.api.serializers import ActionSerializer, MoneyField
from hotel.core.words import _
from hotel.folios.choices import FolioKind
from hotel.folios.models import CityAccount, Folio, FolioWindow, RoutingRule
from hotel.guests.api.fields import GuestField
from hotel.guests.models import Company
from hotel.properties.api.mixins import PropertyField, PropertyScopedSerializer, ScopedRelatedField
from hotel.rates.choices import ChargeGroup
from hotel.reservations.models import Reservation


class FolioWindowSerializer(serializers.ModelSerializer):
    """A window with its payer and what it owes; a credit is negative."""

    balance = MoneyField(read_only=True)

    class Meta:
        model = FolioWindow
        fields = ["id", "property", "folio", "number", "label", "guest", "company", "closed_at", "balance"]
        read_only_fields = fields


class FolioSerializer(serializers.ModelSerializer):
    """A folio with its windows, what is owed, and what may be done with it."""

    reservation_number = serializers.CharField(
        source="reservation.number", read_only=True, allow_null=True, default=None
    )
    balance = MoneyField(read_only=True, help_text="Of all windows together; a credit is negative.")
    windows = FolioWindowSerializer(many=True, read_only=True)
    actions = serializers.SerializerMethodField()

    class Meta:
        model = Folio
        fields = [
            "id", "property", "number", "kind", "name", "reservation", "reservation_number", "status", "currency",
            "opened_on", "closed_on", "version", "balance", "windows", "actions", "created_at", "updated_at",
        ]  # fmt: skip
        read_only_fields = fields

    @extend_schema_field(ActionSerializer(many=True))
    def get_actions(self, folio: Folio) -> Any:
        """Every command, allowed to the caller or denied with its reason."""
        mine = actions_for(self.context["request"].user, folio.property_id, folio.actions)
        return ActionSerializer(mine, many=True).data


class PayerInput(serializers.Serializer):
    """Who pays: a guest or a company, or nobody yet."""

    guest = GuestField(required=False, allow_null=True)
    company = ScopedRelatedField(queryset=Company.objects.all(), required=False, allow_null=True)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """One payer at most."""
        if attrs.get("guest") and attrs.get("company"):
            raise serializers.ValidationError({"company": [_("Name a guest or a company, not both.")]})
        return attrs

    def payer(self) -> dict[str, Any]:
        """What the services take."""
        return {
            name: self.validated_data[name] for name in ("guest", "company") if name in self.validated_data
        }


class FolioInput(PayerInput):
    """Body of opening: a stay, or a kind of account with a name."""

    property = PropertyField()
    reservation = ScopedRelatedField(queryset=Reservation.objects.all(), required=False, allow_null=True)
    kind = serializers.ChoiceField(choices=FolioKind.choices, default=FolioKind.GUEST)
    name = serializers.CharField(max_length=120, required=False, default="", allow_blank=True)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """A guest's folio is of a stay, another one has a name."""
        attrs = super().validate(attrs)
        is_guest, stay = attrs["kind"] == FolioKind.GUEST, attrs.get("reservation")
        if is_guest != (stay is not None):
            raise serializers.ValidationError(
                {"reservation": [_("Give it for the folio of a guest, and only then.")]}
            )
        if stay is not None and stay.property_id != attrs["property"].pk:
            raise serializers.ValidationError({"reservation": [_("This belongs to another property.")]})
        if not is_guest and not attrs["name"]:
            raise serializers.ValidationError({"name": [_("Name the account.")]})
        return attrs


class WindowInput(PayerInput):
    """Body of adding or changing a window."""

    label = serializers.CharField(max_length=60, required=False, allow_blank=True)


class CityLedgerInput(serializers.Serializer):
    """Body of moving what a window owes to a debtor."""

    window = ScopedRelatedField(queryset=FolioWindow.objects.all())
    account = ScopedRelatedField(queryset=CityAccount.objects.all())
    amount = MoneyField(required=False, allow_null=True, default=None, help_text="The balance unless given.")
    reference = serializers.CharField(max_length=80, required=False, default="", allow_blank=True)


class AllowanceSerializer(serializers.Serializer):
    """An allowance of a package: what the stay may consume of it, taxes inside."""

    night = serializers.DateField(help_text="That it came with.")
    code = serializers.CharField(help_text="Of the package element.")
    name = serializers.CharField()
    last_on = serializers.DateField(
        allow_null=True, help_text="Last business day to consume it; null for as long as the guest stays."
    )
    granted = MoneyField()
    used = MoneyField()
    left = MoneyField()
    settled_on = serializers.DateField(
        allow_null=True, help_text="Business day on which the rest was booked; nothing is left since."
    )


class StatementQuery(serializers.Serializer):
    """Business dates, both inclusive."""

    since = serializers.DateField(required=False)
    until = serializers.DateField(required=False)


class RoutingRuleSerializer(PropertyScopedSerializer):
    """A rule that sends charges of a folio to a window."""

    groups = serializers.ListField(
        child=serializers.ChoiceField(choices=ChargeGroup.choices), required=False, max_length=10
    )
    codes = serializers.ListField(child=serializers.CharField(max_length=32), required=False, max_length=100)
    limit_amount = MoneyField(required=False, allow_null=True, default=None)
    limit_rate = serializers.DecimalField(
        max_digits=7, decimal_places=6, min_value=0, max_value=1, required=False, allow_null=True
    )

    class Meta:
        model = RoutingRule
        fields = [
            "id", "property", "folio", "window", "codes", "groups", "valid_from", "valid_until", "priority",
            "limit_amount", "limit_per", "limit_rate", "created_at", "updated_at",
        ]  # fmt: skip
        extra_kwargs = {"valid_from": {"required": False}, "priority": {"max_value": 32_767}}

    def contents(self) -> dict[str, Any]:
        """The validated values without what the service takes by name."""
        named = {"property", "folio", "window"}
        return {name: value for name, value in self.validated_data.items() if name not in named}


class RuleEndInput(serializers.Serializer):
    """When a rule ends."""

    valid_until = serializers.DateField(
        required=False,
        allow_null=True,
        default=None,
        help_text="First day without it; the open one unless given.",
    )
