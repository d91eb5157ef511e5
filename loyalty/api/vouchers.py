"""Vouchers over the API."""

from typing import Any, ClassVar

from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.response import Response

from hotel.core.api.examples import example
from hotel.guests.api.filters import IdFilter
from hotel.properties.api.mixins import PropertyField, ScopedRelatedField
from hotel.reservations.models import Reservation
from loyalty.api.base import ProgramViewSet
from loyalty.api.serializers import TIMES
from loyalty.api.throttling import VoucherThrottle
from loyalty.choices import RedemptionStatus
from loyalty.models import RewardVoucher
from loyalty.selectors.vouchers import code_opened
from loyalty.services.vouchers import voucher_look_up, voucher_redeem, voucher_take_back

CODE = "K7QX-2M9P-RT4C"


class RewardVoucherSerializer(serializers.ModelSerializer):
    """A voucher without its code, and how it stands."""

    reward = serializers.IntegerField(source="redemption.reward_id", read_only=True)
    reward_name = serializers.CharField(source="redemption.reward.name", read_only=True)
    member = serializers.IntegerField(source="redemption.member_id", read_only=True)
    quantity = serializers.IntegerField(source="redemption.quantity", read_only=True)
    status = serializers.ChoiceField(
        choices=RedemptionStatus.choices, source="redemption.status", read_only=True,
        help_text="Confirmed: good within its days. Fulfilled: redeemed. Else void.",
    )  # fmt: skip
    value = serializers.DecimalField(
        source="redemption.value", max_digits=14, decimal_places=3, read_only=True,
        help_text="In the programme's currency; 0 for what is handed over.",
    )  # fmt: skip

    class Meta:
        model = RewardVoucher
        fields = [
            "id", "redemption", "reward", "reward_name", "member", "quantity", "status", "value", "ending", "hotels",
            "valid_from", "valid_until", "redeemed_at", "redeemed_place", "redeemed_by", *TIMES,
        ]  # fmt: skip
        read_only_fields = fields


class VoucherCodeSerializer(serializers.Serializer):
    """The code of a voucher, to be printed."""

    code = serializers.CharField()


@example("A code", property=1, code=CODE)
class VoucherLookUpInput(serializers.Serializer):
    """A code that somebody shows at a hotel."""

    property = PropertyField(help_text="The hotel that is to take it.")
    code = serializers.CharField(max_length=40, help_text="However it is grouped.")


@example("On a bill", property=1, code=CODE, reservation=12)
class VoucherRedeemInput(VoucherLookUpInput):
    """The code again, and whose bill it pays."""

    reservation = ScopedRelatedField(
        queryset=Reservation.objects.all(), required=False, allow_null=True, default=None,
        help_text="Of one that is worth money: the stay whose bill it pays.",
    )  # fmt: skip


@example("A mistake", reason="The wrong bill")
class VoucherReasonInput(serializers.Serializer):
    """Why it is taken back."""

    reason = serializers.CharField(max_length=200)


class RewardVoucherFilter(filters.FilterSet):
    """Of vouchers; a code is looked up instead, so that it stands in no address."""

    property = IdFilter(field_name="redemption__property_id")
    member = IdFilter(field_name="redemption__member_id")
    redemption = IdFilter(field_name="redemption_id")
    reward = IdFilter(field_name="redemption__reward_id")
    status = filters.MultipleChoiceFilter(field_name="redemption__status", choices=RedemptionStatus.choices)

    class Meta:
        model = RewardVoucher
        fields: list[str] = []


class RewardVoucherViewSet(ProgramViewSet):
    """Vouchers that members have for their points, the newest first."""

    queryset = RewardVoucher.objects.select_related("redemption__reward")
    serializer_class = RewardVoucherSerializer
    filterset_class = RewardVoucherFilter
    ordering_fields = ["created_at", "valid_until", "redeemed_at"]
    default_ordering = ["-created_at"]
    idempotent = frozenset({"redeem", "take_back"})
    verbs: ClassVar[dict[str, str]] = {
        "code": "enrol",
        "look_up": "enrol",
        "redeem": "enrol",
        "take_back": "approve",
    }

    def get_throttles(self) -> list[Any]:
        """Those of the house, and of who tries codes."""
        tries = self.action in {"look_up", "redeem"}
        return [*super().get_throttles(), *([VoucherThrottle()] if tries else [])]

    @extend_schema(responses=VoucherCodeSerializer, filters=False)
    @action(detail=True, pagination_class=None, filterset_class=None)
    def code(self, request: Any, pk: int) -> Response:
        """The code in clear, to print it for the member."""
        voucher = self.get_object()
        self.require_at(voucher.redemption.property_id)
        return self.answer(VoucherCodeSerializer({"code": code_opened(voucher)}).data)

    @extend_schema(request=VoucherLookUpInput, responses=RewardVoucherSerializer)
    @action(detail=False, methods=["post"], url_path="look-up")
    def look_up(self, request: Any) -> Response:
        """The voucher of a code that somebody shows; one of elsewhere is as unknown. Thirty a minute."""
        said = self.read(VoucherLookUpInput)
        found = voucher_look_up(place=said["property"], code=said["code"])
        return self.answer(self.get_serializer(found).data)

    @extend_schema(request=VoucherRedeemInput, responses=RewardVoucherSerializer)
    @action(detail=True, methods=["post"])
    def redeem(self, request: Any, pk: int) -> Response:
        """Take it, once: what is worth money pays on the bill of a stay, anything else is handed over."""
        said = self.read(VoucherRedeemInput)
        done = voucher_redeem(
            voucher=self.get_object(), place=said.pop("property"), actor=request.user, **said
        )
        return self.answer(self.get_serializer(done).data)

    @extend_schema(request=VoucherReasonInput, responses=RewardVoucherSerializer)
    @action(detail=True, methods=["post"], url_path="take-back")
    def take_back(self, request: Any, pk: int) -> Response:
        """Undo that it was redeemed: what it paid is owed again, and it is good anew."""
        voucher = self.get_object()
        self.require_at(voucher.redeemed_place_id or voucher.redemption.property_id)
        done = voucher_take_back(voucher=voucher, actor=request.user, **self.read(VoucherReasonInput))
        return self.answer(self.get_serializer(done).data)
