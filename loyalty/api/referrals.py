"""Referrals over the API: what they give, and what became of them."""

from typing import Any, ClassVar

from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.response import Response

from hotel.core.api.examples import example
from hotel.guests.api.filters import IdFilter
from hotel.properties.api.mixins import ReadViewSet, ScopedRelatedField
from loyalty.api.filters import OfProgramFilter
from loyalty.api.serializers import TIMES, EarningRuleEndInput
from loyalty.api.views import ProgramViewSet
from loyalty.choices import ReferralStatus
from loyalty.domain.referrals import in_words
from loyalty.models import LoyaltyProgram, Referral, ReferralRule
from loyalty.services.referrals import referral_rule_end, referral_rule_set


@example(
    "Both sides, ten a year", program=1, referrer_points=1500, referred_points=500, min_nights=1, yearly_limit=10,
    valid_from="2027-04-01",
)  # fmt: skip
class ReferralRuleSerializer(serializers.ModelSerializer):
    """One version of what referrals give."""

    program = ScopedRelatedField(queryset=LoyaltyProgram.objects.all())
    says = serializers.SerializerMethodField(help_text="In plain words.")

    class Meta:
        model = ReferralRule
        fields = [
            "id", "program", "version", "referrer_points", "referred_points", "min_nights", "yearly_limit",
            "valid_from", "valid_until", "says", *TIMES,
        ]  # fmt: skip
        read_only_fields = ["version", "valid_until", *TIMES]
        extra_kwargs = {
            "referrer_points": {"max_value": 1_000_000}, "referred_points": {"max_value": 1_000_000},
            "min_nights": {"min_value": 1, "max_value": 730}, "yearly_limit": {"min_value": 1, "max_value": 10_000},
        }  # fmt: skip
        validators: list[Any] = []  # the service says why

    def get_says(self, row: ReferralRule) -> str:
        """Who gets what, when, and how often."""
        return in_words(row.referrer_points, row.referred_points, row.min_nights, row.yearly_limit)


class ReferralSerializer(serializers.ModelSerializer):
    """Who was brought by whom, and what became of it."""

    class Meta:
        model = Referral
        fields = ["id", "member", "referrer", "rule", "accrual", "status", "because", "year", *TIMES]
        read_only_fields = fields


class ReferralRuleFilter(OfProgramFilter):
    """Of what referrals give; ``on``: the version that holds for departures of a day."""

    program = IdFilter(field_name="program_id")
    on = filters.DateFilter(method="held_on", label="Holds for departures of this day.")

    class Meta:
        model = ReferralRule
        fields: list[str] = []

    def held_on(self, rows: Any, name: str, value: Any) -> Any:
        """The version of that day."""
        return rows.on(value)


class ReferralFilter(OfProgramFilter):
    """Of referrals."""

    member = IdFilter(field_name="member_id")
    referrer = IdFilter(field_name="referrer_id")
    status = filters.MultipleChoiceFilter(choices=ReferralStatus.choices)

    class Meta:
        model = Referral
        fields: list[str] = []


class ReferralRuleViewSet(ProgramViewSet):
    """What referrals give, each version of it."""

    queryset = ReferralRule.objects.all()
    serializer_class = ReferralRuleSerializer
    filterset_class = ReferralRuleFilter
    ordering_fields = ["valid_from", "created_at", "updated_at"]
    default_ordering = ["-valid_from"]
    verbs: ClassVar[dict[str, str]] = {"end": "manage"}

    def create(self, request: Any) -> Response:
        """Say what referrals give for departures from a day on; the present version ends the day before."""
        values = self.read(ReferralRuleSerializer)
        program = values.pop("program")
        self.require_all_houses(program)
        rule = referral_rule_set(program=program, values=values)
        return self.answer(self.get_serializer(rule).data, status=201)

    @extend_schema(request=EarningRuleEndInput, responses=ReferralRuleSerializer)
    @action(detail=True, methods=["post"])
    def end(self, request: Any, pk: int) -> Response:
        """Let referrals be rewarded for departures until a day, and no longer."""
        rule = self.get_object()
        self.require_all_houses(rule.program)
        found = referral_rule_end(rule=rule, **self.read(EarningRuleEndInput))
        return self.answer(self.get_serializer(found).data)


class ReferralViewSet(ReadViewSet):
    """Referrals of members who have stayed, the newest first."""

    area = "loyalty"
    queryset = Referral.objects.all()
    serializer_class = ReferralSerializer
    filterset_class = ReferralFilter
    ordering_fields = ["created_at"]
    default_ordering = ["-created_at"]
