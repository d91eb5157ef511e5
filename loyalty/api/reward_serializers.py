"""Rewards and redemptions as JSON."""

from decimal import Decimal
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from hotel.accounts.selectors.actions import actions_for
from hotel.core.api.examples import example
from hotel.core.api.serializers import ActionSerializer
from hotel.core.words import _
from hotel.properties.api.mixins import PropertyField, ScopedRelatedField
from hotel.reservations.models import Reservation
from loyalty.api.serializers import TIMES
from loyalty.models import LoyaltyMember, LoyaltyProgram, LoyaltyTier, Reward, RewardRedemption
from loyalty.selectors.redemptions import redemption_actions

POINTS = 100_000_000


class StepField(serializers.Serializer):
    """From a share on, times a factor."""

    factor = serializers.DecimalField(
        max_digits=6, decimal_places=4, min_value=Decimal("0.0001"), max_value=10
    )

    def get_fields(self) -> dict[str, Any]:
        """``from`` is a word of the language."""
        share = serializers.DecimalField(
            max_digits=5, decimal_places=4, min_value=Decimal(0), max_value=Decimal(2),
            help_text="Of rooms sold, or of the stock that is gone; 0.8 is 80 %.",
        )  # fmt: skip
        return {"from": share, **super().get_fields()}


class SeasonField(serializers.Serializer):
    """Days of each year, inclusive, and their factor."""

    name = serializers.CharField(max_length=40)
    first = serializers.RegexField(r"^[0-1]\d-[0-3]\d$", help_text="Month and day, such as 06-15.")
    last = serializers.RegexField(r"^[0-1]\d-[0-3]\d$", help_text="It may lie in the next year.")
    factor = serializers.DecimalField(
        max_digits=6, decimal_places=4, min_value=Decimal("0.0001"), max_value=10
    )


@example(
    "A free night", program=1, code="NIGHT", name="Free night", kind="free_night", base=10000, floor=8000,
    ceiling=18000, step=500, demand_steps=[{"from": "0.5", "factor": "1.1"}],
    seasons=[{"name": "summer", "first": "06-15", "last": "09-15", "factor": "1.15"}],
    tier_factors={"gold": "0.9"}, settlement_rate="60.00",
)  # fmt: skip
class RewardSerializer(serializers.ModelSerializer):
    """A reward, and how its price moves."""

    program = ScopedRelatedField(queryset=LoyaltyProgram.objects.all())
    min_tier = ScopedRelatedField(queryset=LoyaltyTier.objects.all(), required=False, allow_null=True)
    demand_steps = StepField(many=True, required=False)
    stock_steps = StepField(many=True, required=False)
    seasons = SeasonField(many=True, required=False)
    tier_factors = serializers.DictField(
        child=serializers.DecimalField(
            max_digits=6, decimal_places=4, min_value=Decimal("0.0001"), max_value=10
        ),
        required=False,
        help_text="Code of a tier to its factor.",
    )

    class Meta:
        model = Reward
        fields = [
            "id", "program", "code", "name", "kind", "base", "floor", "ceiling", "step", "demand_steps",
            "stock_steps", "seasons", "tier_factors", "hotels", "min_tier", "stock", "valid_from", "valid_until",
            "is_active", "settlement_rate", "voucher_days", "hold_minutes", "penalty_percent", "free_cancel_days",
            "cash_percent", "cash_per_point", "version", *TIMES,
        ]  # fmt: skip
        read_only_fields = ["version", *TIMES]
        extra_kwargs = {
            name: {"min_value": least, "max_value": most}
            for name, (least, most) in {
                "base": (1, POINTS), "floor": (1, POINTS), "ceiling": (1, POINTS), "step": (1, 1_000_000),
                "stock": (0, 1_000_000), "settlement_rate": (Decimal(0), Decimal(1_000_000)),
                "voucher_days": (0, 3660), "hold_minutes": (1, 43_200), "penalty_percent": (Decimal(0), Decimal(100)),
                "free_cancel_days": (0, 365), "cash_percent": (0, 99), "cash_per_point": (Decimal(0), Decimal(1000)),
            }.items()
        }  # fmt: skip
        validators: list[Any] = []  # the service says why

    def validate_program(self, program: LoyaltyProgram) -> LoyaltyProgram:
        """A reward stays in its programme."""
        if self.instance is not None and program != self.instance.program:
            raise serializers.ValidationError(_("A reward stays in its programme."))
        return program


class PriceQuery(serializers.Serializer):
    """For whom, where and when a price is asked."""

    property = PropertyField()
    member = ScopedRelatedField(
        queryset=LoyaltyMember.objects.select_related("tier"), required=False, allow_null=True, default=None
    )
    arrival = serializers.DateField(required=False, allow_null=True, default=None)
    departure = serializers.DateField(required=False, allow_null=True, default=None)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Refuse nights that run backwards, or for more than a year."""
        first, past = attrs["arrival"], attrs["departure"]
        if (first is None) != (past is None) or (first and not 0 < (past - first).days <= 366):
            raise serializers.ValidationError(
                {"departure": [_("Give an arrival, and a departure after it.")]}
            )
        return attrs


class PriceReasonSerializer(serializers.Serializer):
    """One line of the way to a price."""

    reason = serializers.CharField()
    points = serializers.IntegerField(help_text="After it.")


class PriceSerializer(serializers.Serializer):
    """What one of a reward costs, and why."""

    points = serializers.IntegerField()
    because = PriceReasonSerializer(many=True)


@example(
    "Two free nights of a stay", reward=5, property=1, reservation=12, first_day="2027-06-18", past_day="2027-06-20",
)  # fmt: skip
class RedeemInput(serializers.Serializer):
    """What a member wants for his points."""

    reward = ScopedRelatedField(queryset=Reward.objects.all())
    property = PropertyField(help_text="The hotel that serves it.")
    quantity = serializers.IntegerField(min_value=1, max_value=100, default=1)
    points = serializers.IntegerField(
        min_value=1, max_value=POINTS, required=False, allow_null=True, default=None,
        help_text="How many of the points he gives; the rest is money. All when empty.",
    )  # fmt: skip
    reservation = ScopedRelatedField(
        queryset=Reservation.objects.all(), required=False, allow_null=True, default=None
    )
    first_day = serializers.DateField(required=False, allow_null=True, default=None)
    past_day = serializers.DateField(
        required=False, allow_null=True, default=None, help_text="The day after the last one."
    )
    from_pool = serializers.BooleanField(default=False, help_text="The member's pool pays what he has not.")


class RedemptionHoldInput(RedeemInput):
    """What a member wants held for him."""

    member = ScopedRelatedField(queryset=LoyaltyMember.objects.all())


@example("The guest asked for it", reason="He comes later")
class RedemptionReasonInput(serializers.Serializer):
    """Why it is cancelled or given back."""

    reason = serializers.CharField(max_length=200, required=False, default="", allow_blank=True)


class RewardRedemptionSerializer(serializers.ModelSerializer):
    """A redemption, the way to its price, and what may be done with it."""

    reward_name = serializers.CharField(source="reward.name", read_only=True)
    because = serializers.SerializerMethodField()
    actions = serializers.SerializerMethodField()

    class Meta:
        model = RewardRedemption
        fields = [
            "id", "reward", "reward_name", "kind", "member", "property", "status", "quantity", "reservation",
            "first_day", "past_day", "price", "because", "points", "cash", "value", "spent", "pool", "settlement",
            "held_until", "closed_at", "returned", "reason", "actor", "actions", *TIMES,
        ]  # fmt: skip
        read_only_fields = fields

    @extend_schema_field(PriceReasonSerializer(many=True))
    def get_because(self, redemption: RewardRedemption) -> Any:
        """As the price was told."""
        return reasons(redemption.because)

    @extend_schema_field(ActionSerializer(many=True))
    def get_actions(self, redemption: RewardRedemption) -> Any:
        """Every command, allowed to the caller or denied with its reason."""
        mine = actions_for(
            self.context["request"].user, redemption.property_id, redemption_actions(redemption)
        )
        return ActionSerializer(mine, many=True).data


def reasons(because: Any) -> list[dict[str, Any]]:
    """The way to a price, line by line."""
    return [{"reason": reason, "points": points} for reason, points in because]
