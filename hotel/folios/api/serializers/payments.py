"""Payments, cards, links and accounts at processors, as they are shown and asked for."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from hotel.accounts.selectors.actions import actions_for
from hotel.core.api.serializers import ActionSerializer, KeptFieldsSerializer, MoneyField
from hotel.core.words import _
from hotel.folios.models import (
    CardToken,
    FolioWindow,
    GatewayAccount,
    GatewayCall,
    HostedPage,
    Payment,
    PaymentLink,
)
from hotel.folios.selectors.payments import payment_actions
from hotel.folios.services.payment_links import link_url
from hotel.properties.api.mixins import PropertyField, PropertyScopedSerializer, ScopedRelatedField
from hotel.reservations.models import Reservation


class GatewayCallSerializer(KeptFieldsSerializer):
    """An order to the processor. ``open`` means that its outcome is not certain yet; it is asked for by itself."""

    amount = MoneyField(read_only=True)

    class Meta:
        model = GatewayCall
        fields = [
            "id", "kind", "amount", "status", "attempts", "first_sent_at", "next_attempt_at", "finished_at", "code",
            "reason",
        ]  # fmt: skip
        read_only_fields = fields


class CardSerializer(KeptFieldsSerializer):
    """A card kept at the processor: never its number, only first and last digits."""

    class Meta:
        model = CardToken
        fields = ["id", "property", "guest", "brand", "bin", "last4", "expires", "is_active", "created_at"]
        read_only_fields = fields


class PaymentSerializer(KeptFieldsSerializer):
    """A payment in a list."""

    amount = MoneyField(read_only=True)
    authorised = serializers.SerializerMethodField()
    captured = serializers.SerializerMethodField()
    refunded = serializers.SerializerMethodField()
    charged_back = serializers.SerializerMethodField()
    tendered = serializers.SerializerMethodField()
    change = serializers.ListField(
        child=MoneyField(), read_only=True, help_text="Given back at once of what was handed over."
    )
    folio = serializers.IntegerField(source="window.folio_id", read_only=True, default=None)
    method = serializers.CharField(source="code.code", read_only=True)
    card_last4 = serializers.CharField(source="card.last4", read_only=True, default="")

    class Meta:
        model = Payment
        fields = [
            "id", "property", "number", "kind", "status", "of", "folio", "window", "reservation", "code", "method",
            "amount", "authorised", "captured", "refunded", "charged_back", "tendered", "change", "card", "card_last4",
            "session", "description", "reference", "reason", "failure_code", "failure_reason", "version", "created_at",
            "updated_at",
        ]  # fmt: skip
        read_only_fields = fields

    @extend_schema_field(MoneyField)
    def get_authorised(self, payment: Payment) -> Any:
        """Reserved on the card, or taken at once."""
        return self._money(payment, payment.authorised_amount)

    @extend_schema_field(MoneyField)
    def get_captured(self, payment: Payment) -> Any:
        """Taken."""
        return self._money(payment, payment.captured_amount)

    @extend_schema_field(MoneyField)
    def get_refunded(self, payment: Payment) -> Any:
        """Paid back, and being paid back."""
        return self._money(payment, payment.refunded_amount)

    @extend_schema_field(MoneyField)
    def get_charged_back(self, payment: Payment) -> Any:
        """Taken back by the guest's bank."""
        return self._money(payment, payment.charged_back_amount)

    @extend_schema_field(MoneyField(allow_null=True))
    def get_tendered(self, payment: Payment) -> Any:
        """What was handed over in another currency; null for the property's own."""
        return payment.tendered_money and MoneyField().to_representation(payment.tendered_money)

    def _money(self, payment: Payment, part: Any) -> dict[str, str]:
        return MoneyField().to_representation(payment.money(part))


class PaymentDetailSerializer(PaymentSerializer):
    """A payment with its orders to the processor and what can be done with it now."""

    calls = GatewayCallSerializer(many=True, read_only=True)
    actions = serializers.SerializerMethodField()

    class Meta(PaymentSerializer.Meta):
        fields = [*PaymentSerializer.Meta.fields, "calls", "actions"]
        read_only_fields = fields

    @extend_schema_field(ActionSerializer(many=True))
    def get_actions(self, payment: Payment) -> Any:
        """Each command, allowed to the caller by state, rights and limits, or denied with a reason."""
        mine = actions_for(self.context["request"].user, payment.property_id, payment_actions(payment))
        return ActionSerializer(mine, many=True).data


class TargetInput(serializers.Serializer):
    """What is paid: a window of a folio, or a deposit for a stay. Exactly one of both."""

    window = ScopedRelatedField(
        queryset=FolioWindow.objects.select_related("property", "folio"), required=False
    )
    reservation = ScopedRelatedField(queryset=Reservation.objects.select_related("property"), required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Put the one that is given under ``target``."""
        window, reservation = attrs.pop("window", None), attrs.pop("reservation", None)
        if (window is None) == (reservation is None):
            raise serializers.ValidationError(_("Give either a window or a reservation."))
        return {**super().validate(attrs), "target": window or reservation}


class PaymentInput(TargetInput):
    """Body of a new payment: by a kept ``card``, or by another way of payment named by ``code``."""

    amount = MoneyField(min_amount=0, help_text="Cash may be in a foreign currency that has a rate.")
    settles = MoneyField(
        min_amount=0,
        required=False,
        help_text="Of foreign cash: what is paid with it, in the property's currency. The rest is given as change.",
    )
    is_change_foreign = serializers.BooleanField(
        default=False,
        help_text="Give the change in the currency handed over, as far as its notes and coins go, at the buy rate.",
    )
    code = serializers.CharField(
        max_length=32, required=False, help_text="Such as cash, card_terminal, bank, voucher."
    )
    card = ScopedRelatedField(queryset=CardToken.objects.select_related("account"), required=False)
    is_capture = serializers.BooleanField(
        default=True, help_text="Of cards: take the money at once, or only reserve it."
    )
    description = serializers.CharField(max_length=200, required=False, default="", allow_blank=True)
    reference = serializers.CharField(max_length=80, required=False, default="", allow_blank=True)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Refuse both ways of payment, or none."""
        if ("code" in attrs) == ("card" in attrs):
            raise serializers.ValidationError(_("Give either a code or a card."))
        if "card" in attrs and ("settles" in attrs or attrs["is_change_foreign"]):
            raise serializers.ValidationError(_("Change is given for foreign cash only."))
        return super().validate(attrs)


class AmountInput(serializers.Serializer):
    """Body of a top up: the new total."""

    amount = MoneyField(min_amount=0)


class CaptureInput(serializers.Serializer):
    """Body of a capture."""

    amount = MoneyField(
        min_amount=0, required=False, allow_null=True, default=None, help_text="All unless given."
    )


class RefundInput(serializers.Serializer):
    """Body of a refund."""

    amount = MoneyField(
        min_amount=0,
        help_text="In the property's currency; of foreign cash also in the one handed over, at the sell rate.",
    )
    reason = serializers.CharField(max_length=200)


class ReinstateInput(serializers.Serializer):
    """Body of a dispute that is won."""

    fee = MoneyField(
        min_amount=0,
        required=False,
        allow_null=True,
        default=None,
        help_text="Kept by the processor with the chargeback, given back by him when the dispute is won.",
    )
    reason = serializers.CharField(max_length=200, required=False, default="", allow_blank=True)


class ChargebackInput(ReinstateInput):
    """Body of a chargeback that a letter of the bank tells."""

    reference = serializers.CharField(max_length=40, help_text="What the letter calls it; it is booked once.")
    amount = MoneyField(
        min_amount=0, help_text="In the property's currency, the whole payment or a part of it."
    )


class CardPageInput(serializers.Serializer):
    """Body of a new card page."""

    property = PropertyField()
    guest_id = serializers.IntegerField(required=False, allow_null=True, default=None, min_value=1)
    return_url = serializers.URLField(max_length=500, help_text="Where the guest's browser goes afterwards.")


class CardPageSerializer(KeptFieldsSerializer):
    """A page at the processor where a guest gives a card."""

    url = serializers.CharField(read_only=True, help_text="Where to send the guest; empty until it is open.")

    class Meta:
        model = HostedPage
        fields = ["id", "property", "status", "url", "guest", "card", "created_at"]
        read_only_fields = fields


class PaymentLinkSerializer(KeptFieldsSerializer):
    """A link by which a guest pays an amount once."""

    amount = MoneyField(read_only=True)
    url = serializers.SerializerMethodField()

    class Meta:
        model = PaymentLink
        fields = [
            "id", "property", "window", "reservation", "amount", "description", "status", "expires_at", "payment",
            "url", "created_at", "updated_at",
        ]  # fmt: skip
        read_only_fields = fields

    def get_url(self, link: PaymentLink) -> str:
        """The address to send to the guest."""
        return link_url(link)


class PaymentLinkInput(TargetInput):
    """Body of a new link."""

    amount = MoneyField(min_amount=0)
    description = serializers.CharField(max_length=200, required=False, default="", allow_blank=True)
    expires_at = serializers.DateTimeField(help_text="Instant after which the link is refused.")


class GatewayAccountSerializer(PropertyScopedSerializer):
    """An account at a card processor. Keys are written and never shown again."""

    api_key = serializers.CharField(max_length=400, write_only=True)
    webhook_secret = serializers.CharField(max_length=400, write_only=True)
    webhook_path = serializers.SerializerMethodField()

    class Meta:
        model = GatewayAccount
        fields = [
            "id", "property", "provider", "name", "api_key", "webhook_secret", "webhook_path", "is_active",
            "created_at", "updated_at",
        ]  # fmt: skip

    def get_webhook_path(self, account: GatewayAccount) -> str:
        """Where the processor must send its webhooks, below the address of the house."""
        return f"/api/v1/payments/webhooks/{account.slug}"


class NoticeKeptSerializer(serializers.Serializer):
    """The answer to a processor's webhook: kept now, or kept before."""

    is_new = serializers.BooleanField()
