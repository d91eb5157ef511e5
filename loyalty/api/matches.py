"""Status matches over the API."""

from typing import Any, ClassVar

from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.response import Response

from hotel.core.api.examples import example
from hotel.guests.api.filters import IdFilter
from hotel.properties.api.mixins import PropertyField, ScopedRelatedField
from loyalty.api.base import ProgramViewSet
from loyalty.api.filters import OfProgramFilter
from loyalty.api.serializers import TIMES
from loyalty.choices import MatchStatus
from loyalty.domain.matches import MOST_DAYS
from loyalty.models import (
    Challenge,
    LoyaltyMember,
    LoyaltyProgram,
    LoyaltyTier,
    StatusMatch,
    StatusMatchRule,
)
from loyalty.selectors.matches import match_rule_in_words
from loyalty.services.matches import (
    match_approve,
    match_ask,
    match_refuse,
    match_rule_create,
    match_rule_end,
)


@example(
    "Gold of another programme", program=1, foreign_program="Other Club", foreign_tier="Gold", tier=2, days=90,
    challenge=4,
)  # fmt: skip
class StatusMatchRuleSerializer(serializers.ModelSerializer):
    """Which tier somebody gets who has one elsewhere, and for how long."""

    program = ScopedRelatedField(queryset=LoyaltyProgram.objects.all())
    tier = ScopedRelatedField(queryset=LoyaltyTier.objects.all())
    challenge = ScopedRelatedField(queryset=Challenge.objects.all(), required=False, allow_null=True)
    says = serializers.SerializerMethodField(help_text="In plain words.")

    class Meta:
        model = StatusMatchRule
        fields = [
            "id", "program", "foreign_program", "foreign_tier", "tier", "days", "challenge", "is_active", "says",
            *TIMES,
        ]  # fmt: skip
        read_only_fields = ["is_active", *TIMES]
        extra_kwargs = {"days": {"min_value": 1, "max_value": MOST_DAYS}}
        validators: list[Any] = []  # the service says why

    def get_says(self, row: StatusMatchRule) -> str:
        """What is worth what, for how long, and which challenge comes with it."""
        return match_rule_in_words(row)


class StatusMatchSerializer(serializers.ModelSerializer):
    """That a member asked for the tier he has elsewhere, what he showed, and who decided."""

    class Meta:
        model = StatusMatch
        fields = [
            "id", "member", "property", "rule", "foreign_number", "evidence", "asked_on", "status", "until", "asked_by",
            "decided_by", "decided_at", "because", *TIMES,
        ]  # fmt: skip
        read_only_fields = fields


@example(
    "A card that was shown", property=1, member=9, foreign_program="Other Club", foreign_tier="Gold",
    foreign_number="OC 4711", evidence="His card, until 12/2027",
)  # fmt: skip
class StatusMatchInput(serializers.Serializer):
    """Which tier the member has elsewhere, and what he showed for it."""

    property = PropertyField()
    member = ScopedRelatedField(queryset=LoyaltyMember.objects.all())
    foreign_program = serializers.CharField(max_length=60, help_text="Name of the other programme.")
    foreign_tier = serializers.CharField(max_length=40, help_text="Name of its tier.")
    foreign_number = serializers.CharField(max_length=40, help_text="His number there.")
    evidence = serializers.CharField(max_length=1000, help_text="What he showed, in words.")


@example("Another name", reason="The card is of somebody else")
class MatchRefuseInput(serializers.Serializer):
    """Why a match is refused."""

    reason = serializers.CharField(max_length=200)


class StatusMatchRuleFilter(OfProgramFilter):
    """Of what is matched."""

    program = IdFilter(field_name="program_id")
    is_active = filters.BooleanFilter()

    class Meta:
        model = StatusMatchRule
        fields: list[str] = []


class StatusMatchFilter(filters.FilterSet):
    """Of status matches."""

    member = IdFilter(field_name="member_id")
    property = IdFilter(field_name="property_id")
    status = filters.MultipleChoiceFilter(choices=MatchStatus.choices)

    class Meta:
        model = StatusMatch
        fields: list[str] = []


class StatusMatchRuleViewSet(ProgramViewSet):
    """Which tiers of other programmes are matched; a rule is ended and another one made, never changed."""

    queryset = StatusMatchRule.objects.select_related("tier", "challenge")
    serializer_class = StatusMatchRuleSerializer
    filterset_class = StatusMatchRuleFilter
    search_fields = ["foreign_program", "foreign_tier"]
    ordering_fields = ["foreign_program", "created_at"]
    default_ordering = ["foreign_program"]
    verbs: ClassVar[dict[str, str]] = {"end": "manage"}

    def create(self, request: Any) -> Response:
        """Say which tier somebody gets who has one elsewhere."""
        values = self.read(StatusMatchRuleSerializer)
        program = values.pop("program")
        self.require_all_houses(program)
        rule = match_rule_create(program=program, values=values)
        return self.answer(self.get_serializer(rule).data, status=201)

    @extend_schema(request=None, responses=StatusMatchRuleSerializer)
    @action(detail=True, methods=["post"])
    def end(self, request: Any, pk: int) -> Response:
        """Let nobody ask for it any more; what was granted stays."""
        rule = self.get_object()
        self.require_all_houses(rule.program)
        return self.answer(self.get_serializer(match_rule_end(rule=rule)).data)


class StatusMatchViewSet(ProgramViewSet):
    """Status matches, the newest first; somebody else than who asked decides."""

    queryset = StatusMatch.objects.all()
    serializer_class = StatusMatchSerializer
    filterset_class = StatusMatchFilter
    ordering_fields = ["created_at", "asked_on", "decided_at"]
    default_ordering = ["-created_at"]
    idempotent = frozenset({"create", "approve", "refuse"})
    verbs: ClassVar[dict[str, str]] = {"create": "enrol", "approve": "approve", "refuse": "approve"}

    @extend_schema(request=StatusMatchInput, responses={201: StatusMatchSerializer})
    def create(self, request: Any) -> Response:
        """Ask for the tier that one elsewhere is worth; it waits for a second person."""
        values = self.read(StatusMatchInput)
        match = match_ask(place=values.pop("property"), actor=request.user, **values)
        return self.answer(self.get_serializer(match).data, status=201)

    @extend_schema(request=None, responses=StatusMatchSerializer)
    @action(detail=True, methods=["post"])
    def approve(self, request: Any, pk: int) -> Response:
        """Grant the matched tier from today on, for as long as its rule says, and the part in its challenge.

        When he cannot take part in it, `because` says why; the match stands.
        """
        match = self.get_object()
        self.require_at(match.property_id)
        return self.answer(self.get_serializer(match_approve(match=match, actor=request.user)).data)

    @extend_schema(request=MatchRefuseInput, responses=StatusMatchSerializer)
    @action(detail=True, methods=["post"])
    def refuse(self, request: Any, pk: int) -> Response:
        """Refuse it, with a reason."""
        match = self.get_object()
        self.require_at(match.property_id)
        found = match_refuse(match=match, actor=request.user, **self.read(MatchRefuseInput))
        return self.answer(self.get_serializer(found).data)
