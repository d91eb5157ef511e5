"""Loyalty as JSON."""

from decimal import Decimal
from typing import Any

from moneyed import CURRENCIES
from rest_framework import serializers

from hotel.core.api.examples import example
from hotel.core.words import _
from hotel.guests.api.fields import GuestField, validate_birth_date
from hotel.guests.api.serializers.profiles import PlainText
from hotel.guests.services.guests import GuestData
from hotel.properties.api.mixins import PropertyField, ScopedRelatedField
from loyalty.choices import EnrolmentChannel
from loyalty.domain.benefits import in_words
from loyalty.models import (
    BonusCampaign,
    EarningRule,
    LoyaltyMember,
    LoyaltyProgram,
    LoyaltyTier,
    PointAdjustment,
    PointTransaction,
    ProgramProperty,
)

TIMES = ["created_at", "updated_at"]
LARGEST = Decimal(1_000_000_000)
TOLD = ("first_name", "last_name", "email", "phone", "birth_date")


class CodesField(serializers.DictField):
    """Trait to codes, such as ``{"channel": ["direct"]}``."""

    child = serializers.ListField(child=serializers.CharField(max_length=40), max_length=50)


@example("A dearer point", point_cost="0.006", breakage_rate="0.1800")
class LoyaltyProgramSerializer(serializers.ModelSerializer):
    """A programme: how points live and how tiers are counted."""

    currency = serializers.ChoiceField(
        choices=sorted(CURRENCIES), help_text="ISO 4217; of spend and of values."
    )

    class Meta:
        model = LoyaltyProgram
        fields = [
            "id", "code", "name", "currency", "time_zone", "is_active", "pending_days", "expiry", "expiry_months",
            "expiry_end", "point_cost", "breakage_rate", "window", "window_months", "grace_months", "landing",
            "rolls_over", "rooms_earning", "claim_days", "match_months", "adjustment_limit", "transfer_limit",
            "transfer_fee_percent", "birthday_points", "anniversary_points", "version", *TIMES,
        ]  # fmt: skip
        read_only_fields = ["version", *TIMES]
        extra_kwargs = {
            name: {"max_value": most}
            for name, most in {
                "pending_days": 365, "expiry_months": 240, "window_months": 60, "grace_months": 24,
                "rooms_earning": 100, "claim_days": 1000, "match_months": 120, "adjustment_limit": 10_000_000,
                "transfer_limit": 10_000_000, "birthday_points": 1_000_000, "anniversary_points": 1_000_000,
            }.items()
        } | {
            "point_cost": {"min_value": Decimal(0)},
            "breakage_rate": {"min_value": Decimal(0), "max_value": Decimal(1)},
            "window_months": {"min_value": 1, "max_value": 60},
            "transfer_fee_percent": {"min_value": Decimal(0), "max_value": Decimal(100)},
        }  # fmt: skip


@example(
    "A programme by nights", property=1, code="CLUB", name="The Club", currency="EUR", time_zone="Europe/Vienna",
    expiry="activity", expiry_months=24, point_cost="0.005", window="calendar", landing="one_level",
    adjustment_limit=5000,
)  # fmt: skip
class ProgramCreateSerializer(LoyaltyProgramSerializer):
    """A programme and the first hotel that takes part, whose currency and zone it has unless told."""

    property = PropertyField(write_only=True)
    joined_on = serializers.DateField(
        required=False, write_only=True, help_text="The business date unless told."
    )
    currency = serializers.ChoiceField(choices=sorted(CURRENCIES), required=False)
    currency_rate = serializers.DecimalField(
        max_digits=18, decimal_places=9, required=False, min_value=Decimal("0.000000001"), write_only=True
    )

    class Meta(LoyaltyProgramSerializer.Meta):
        fields = [*LoyaltyProgramSerializer.Meta.fields, "property", "joined_on", "currency_rate"]
        extra_kwargs = LoyaltyProgramSerializer.Meta.extra_kwargs | {"time_zone": {"required": False}}


@example("A hotel in another currency", program=1, property=2, joined_on="2027-04-01", currency_rate="1.05")
class ProgramPropertySerializer(serializers.ModelSerializer):
    """A hotel that takes part in a programme."""

    property = PropertyField()
    program = ScopedRelatedField(queryset=LoyaltyProgram.objects.all())

    class Meta:
        model = ProgramProperty
        fields = ["id", "program", "property", "joined_on", "left_on", "currency_rate", *TIMES]
        read_only_fields = ["left_on", *TIMES]
        extra_kwargs = {"currency_rate": {"required": False, "min_value": Decimal("0.000000001")}}
        validators: list[Any] = []  # the service says why


@example("From June on", left_on="2027-06-01")
class HouseLeaveInput(serializers.Serializer):
    """Since when departures earn no more."""

    left_on = serializers.DateField()


@example(
    "Gold", program=1, level=2, code="gold", name="Gold", colour="#b8862b", needs="any", min_nights="30",
    min_points="30000", lifetime_nights=300, benefits={"late_check_out": "14:00", "breakfast": True},
)  # fmt: skip
class LoyaltyTierSerializer(serializers.ModelSerializer):
    """A tier: what it asks for in a window, and what the house honours."""

    program = ScopedRelatedField(queryset=LoyaltyProgram.objects.all())

    class Meta:
        model = LoyaltyTier
        fields = [
            "id", "program", "level", "code", "name", "colour", "needs", "min_nights", "min_stays", "min_points",
            "min_spend", "lifetime_nights", "benefits", *TIMES,
        ]  # fmt: skip
        read_only_fields = TIMES
        extra_kwargs = {
            "level": {"min_value": 1, "max_value": 20},
            "lifetime_nights": {"max_value": 100_000},
            **{
                f"min_{metric}": {"min_value": Decimal("0.001"), "max_value": LARGEST}
                for metric in ("nights", "stays", "points", "spend")
            },
        }

    def validate_program(self, program: LoyaltyProgram) -> LoyaltyProgram:
        """A tier stays in its programme."""
        if self.instance is not None and program != self.instance.program:
            raise serializers.ValidationError(_("A tier stays in its programme."))
        return program


@example(
    "Ten points for each euro, booked with the house", program=1, code="SPEND", name="Ten for a euro", basis="spend",
    rate="10", groups=["room", "food"], only={"channel": ["direct", "website"]}, never={"rate_plan": ["STAFF"]},
    min_nights=1, most=20000, valid_from="2027-04-01",
)  # fmt: skip
class EarningRuleSerializer(serializers.ModelSerializer):
    """One version of an earning rule."""

    program = ScopedRelatedField(queryset=LoyaltyProgram.objects.all())
    campaign = ScopedRelatedField(queryset=BonusCampaign.objects.all(), required=False, allow_null=True)
    only = CodesField(required=False)
    never = CodesField(required=False)

    class Meta:
        model = EarningRule
        fields = [
            "id", "program", "campaign", "code", "version", "name", "basis", "rate", "groups", "only", "never",
            "min_nights", "max_nights", "from_stay", "to_stay", "with_awards", "is_qualifying", "most", "rounding",
            "valid_from", "valid_until", *TIMES,
        ]  # fmt: skip
        read_only_fields = ["version", "valid_until", *TIMES]
        extra_kwargs = {
            "rate": {"min_value": Decimal("0.0001"), "max_value": Decimal(1_000_000)},
            "min_nights": {"max_value": 730}, "max_nights": {"max_value": 730},
            "from_stay": {"min_value": 1, "max_value": 100_000}, "to_stay": {"min_value": 1, "max_value": 100_000},
            "most": {"min_value": 1, "max_value": 10_000_000},
        }  # fmt: skip
        validators: list[Any] = []  # the service says why


@example(
    "Twelve from May on", name="Twelve for a euro", basis="spend", rate="12", groups=["room", "food"],
    valid_from="2027-05-01",
)  # fmt: skip
class RuleChangeSerializer(EarningRuleSerializer):
    """What a rule says for departures from a day on."""

    program = ScopedRelatedField(read_only=True)
    campaign = ScopedRelatedField(read_only=True)

    class Meta(EarningRuleSerializer.Meta):
        read_only_fields = ["program", "code", *EarningRuleSerializer.Meta.read_only_fields]


@example("Until the end of May", valid_until="2027-05-31")
class EarningRuleEndInput(serializers.Serializer):
    """The last day of departure that a rule holds for."""

    valid_until = serializers.DateField()


class ProgressSerializer(serializers.Serializer):
    """How far it is to the next tier."""

    tier = serializers.CharField(source="tier.name")
    missing = serializers.DictField(child=serializers.DecimalField(max_digits=14, decimal_places=3))
    by = serializers.DateField(allow_null=True)
    words = serializers.CharField(
        source="in_words", help_text="Such as 2 nights to Gold by 31 December 2027."
    )


class StandingSerializer(serializers.Serializer):
    """What counts for the tier in the present window, and the way to the next."""

    window = serializers.ListField(child=serializers.DateField(), help_text="First and last day, inclusive.")
    counted = serializers.DictField(child=serializers.DecimalField(max_digits=14, decimal_places=3))
    rewarded = serializers.DictField(
        child=serializers.DecimalField(max_digits=14, decimal_places=3),
        help_text="How much of it challenges gave.",
    )
    progress = ProgressSerializer(allow_null=True)


class LoyaltyMemberSerializer(serializers.ModelSerializer):
    """A membership. The guest is named by his id; who he is, guests tells those who may know."""

    tier_name = serializers.CharField(source="tier.name", read_only=True)
    tier_benefits = serializers.SerializerMethodField(help_text="What the house honours, in plain words.")

    class Meta:
        model = LoyaltyMember
        fields = [
            "id", "program", "guest", "number", "status", "home", "channel", "enrolled_on", "tier", "tier_name",
            "tier_benefits", "tier_since", "tier_until", "floor", "floor_until", "debt", "active_on",
            "referred_by", "merged_into", "version", *TIMES,
        ]  # fmt: skip
        read_only_fields = fields

    def get_tier_benefits(self, member: LoyaltyMember) -> list[str]:
        """A line each."""
        return in_words(member.tier.benefits)


@example(
    "A guest with his friend's number", property=1, first_name="Anna", last_name="Moser", email="anna@example.org",
    birth_date="1985-04-02", channel="referral", referred_by=9,
)  # fmt: skip
class EnrolInput(serializers.Serializer):
    """Who joins, and where: a guest, or a person by name, whom the house may know already."""

    property = PropertyField()
    guest = GuestField(required=False, allow_null=True, default=None)
    first_name = PlainText(max_length=80)
    last_name = PlainText(max_length=80, help_text="Needed without a guest.")
    email = PlainText(max_length=254)
    phone = PlainText()
    birth_date = serializers.DateField(required=False, allow_null=True, validators=[validate_birth_date])
    is_new = serializers.BooleanField(
        default=False, help_text="He is none of the guests who were suggested: make a new one."
    )
    channel = serializers.ChoiceField(choices=EnrolmentChannel.choices, default=EnrolmentChannel.API)
    referred_by = ScopedRelatedField(
        queryset=LoyaltyMember.objects.all(), required=False, allow_null=True, default=None
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """One of the two ways to say who it is; the person as ``data``."""
        told = {name: attrs.pop(name) for name in TOLD if name in attrs}
        if (attrs["guest"] is None) is (not told.get("last_name")):
            raise serializers.ValidationError(_("Give a guest, or a person with a last name."))
        if attrs["guest"] is None:
            attrs["data"] = GuestData(**told)
        return attrs


@example("An apology", property=1, points=500, reason="The lift stood still")
class PointsByHandInput(serializers.Serializer):
    """Points by hand."""

    property = PropertyField(help_text="Whose business date counts.")
    points = serializers.IntegerField(min_value=-10_000_000, max_value=10_000_000)
    reason = serializers.CharField(max_length=200)


@example("A mistake", reason="Given to the wrong member")
class PointsReverseInput(serializers.Serializer):
    """Why points are taken back."""

    reason = serializers.CharField(max_length=200)


@example("To a member of the family", to=10, property=1, points=1000)
class PointsTransferInput(serializers.Serializer):
    """Points for another member."""

    to = ScopedRelatedField(queryset=LoyaltyMember.objects.all(), help_text="Who gets them.")
    property = PropertyField(help_text="Whose business date counts.")
    points = serializers.IntegerField(min_value=1, max_value=10_000_000)


@example("An invitation", tier=3, until="2027-12-31", reason="Invited by the director")
class TierGrantInput(serializers.Serializer):
    """A tier by status match or invitation."""

    tier = ScopedRelatedField(queryset=LoyaltyTier.objects.all())
    until = serializers.DateField(allow_null=True, default=None, help_text="Last day; none for life.")
    reason = serializers.CharField(max_length=200)


class StatementQuery(serializers.Serializer):
    """The days of a statement, inclusive; at most a year."""

    since = serializers.DateField()
    until = serializers.DateField()

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Refuse a time that runs backwards, or for more than a year."""
        if not 0 <= (attrs["until"] - attrs["since"]).days <= 366:
            raise serializers.ValidationError({"until": [_("Give a day up to a year after the first one.")]})
        return attrs


class PointTransactionSerializer(serializers.ModelSerializer):
    """Points that came or went, with the rule that says why."""

    rule_name = serializers.CharField(source="rule.name", read_only=True, default="")
    reservation = serializers.IntegerField(source="accrual.reservation_id", read_only=True, default=None)

    class Meta:
        model = PointTransaction
        fields = [
            "id", "member", "property", "kind", "points", "business_date", "because", "rule", "rule_name",
            "reservation", "reverses", "actor", *TIMES,
        ]  # fmt: skip
        read_only_fields = fields


class LotSerializer(serializers.Serializer):
    """A part of a balance."""

    lot_id = serializers.IntegerField()
    points = serializers.IntegerField(help_text="What is left of it.")
    earned = serializers.IntegerField()
    because = serializers.CharField()
    earned_on = serializers.DateField()
    usable_from = serializers.DateField()
    expires_on = serializers.DateField(allow_null=True)
    is_usable = serializers.BooleanField()


class BalanceSerializer(serializers.Serializer):
    """A balance and its parts: what the lots have left, less the debt, is the total."""

    on = serializers.DateField(help_text="In the programme's zone.")
    total = serializers.IntegerField()
    usable = serializers.IntegerField()
    pending = serializers.IntegerField()
    debt = serializers.IntegerField()
    lots = LotSerializer(many=True)
    taken_by_pool = serializers.IntegerField(help_text="Others of his pools spent, less what went back.")


class StatementSerializer(serializers.Serializer):
    """An account over a time."""

    since = serializers.DateField()
    until = serializers.DateField()
    opening = serializers.IntegerField()
    closing = serializers.IntegerField()
    rows = PointTransactionSerializer(many=True)


class PointAdjustmentSerializer(serializers.ModelSerializer):
    """Points by hand, and who decided."""

    class Meta:
        model = PointAdjustment
        fields = [
            "id", "member", "property", "points", "reason", "reverses", "status", "asked_by", "decided_by",
            "decided_at", "transaction", *TIMES,
        ]  # fmt: skip
        read_only_fields = fields
