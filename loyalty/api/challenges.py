"""Challenges over the API."""

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
from loyalty.choices import ChallengeStatus
from loyalty.domain.matches import MOST_DAYS
from loyalty.models import Challenge, ChallengeEntry, LoyaltyMember, LoyaltyProgram, LoyaltyTier
from loyalty.selectors.challenges import challenge_in_words, entry_in_words
from loyalty.services.challenges import challenge_create, challenge_end, challenge_invite, challenge_join

_COUNTS = ("min_nights", "min_stays", "min_hotels", "min_direct")


@example(
    "Five nights in 90 days", program=1, code="SPRINT", name="Silver sprint", days=90, min_nights=5, points=2500,
    credit_nights=2, max_members=200,
)  # fmt: skip
class ChallengeSerializer(serializers.ModelSerializer):
    """What is asked for, of whom, until when, and what for."""

    program = ScopedRelatedField(queryset=LoyaltyProgram.objects.all())
    tier = ScopedRelatedField(queryset=LoyaltyTier.objects.all(), required=False, allow_null=True)
    says = serializers.SerializerMethodField(help_text="In plain words.")

    class Meta:
        model = Challenge
        fields = [
            "id", "program", "code", "name", "days", "first_on", "last_on", "min_nights", "min_stays", "min_spend",
            "min_hotels", "min_direct", "tiers", "enrolled_since", "is_invited", "is_matched", "points", "tier",
            "tier_days", "keeps_match", "credit_nights", "credit_stays", "credit_points", "max_members", "budget",
            "joined", "is_open", "says", *TIMES,
        ]  # fmt: skip
        read_only_fields = ["joined", "is_open", *TIMES]
        extra_kwargs: ClassVar[dict[str, Any]] = {
            **{name: {"min_value": 1, "max_value": 1000} for name in _COUNTS},
            **{name: {"min_value": 1, "max_value": MOST_DAYS} for name in ("days", "tier_days")},
            "min_spend": {"min_value": 1},
            **{name: {"max_value": 1000} for name in ("credit_nights", "credit_stays")},
            **{name: {"max_value": 1_000_000} for name in ("points", "credit_points")},
            "max_members": {"min_value": 1, "max_value": 2_000_000_000},
            "budget": {"min_value": 1, "max_value": 2_000_000_000},
        }
        validators: list[Any] = []  # the service says why

    def get_says(self, row: Challenge) -> str:
        """What, within which days, who, and what for."""
        return challenge_in_words(row)


class ChallengeEntrySerializer(serializers.ModelSerializer):
    """A member's part in a challenge, and how far he is."""

    says = serializers.SerializerMethodField(help_text="How far he is, in plain words.")

    class Meta:
        model = ChallengeEntry
        fields = [
            "id", "challenge", "member", "property", "status", "first_on", "last_on", "match", "granted_until",
            "missing", "says", *TIMES,
        ]  # fmt: skip
        read_only_fields = fields

    def get_says(self, row: ChallengeEntry) -> str:
        """What is to go, or what was missing."""
        return entry_in_words(row)


@example("At the desk", property=1, member=9)
class ChallengeMemberInput(serializers.Serializer):
    """Who takes part, and where he says so."""

    property = PropertyField()
    member = ScopedRelatedField(queryset=LoyaltyMember.objects.all())


class ChallengeFilter(OfProgramFilter):
    """Of challenges."""

    program = IdFilter(field_name="program_id")
    code = filters.CharFilter(max_length=20)
    is_open = filters.BooleanFilter()

    class Meta:
        model = Challenge
        fields: list[str] = []


class ChallengeEntryFilter(filters.FilterSet):
    """Of members' parts in challenges."""

    member = IdFilter(field_name="member_id")
    property = IdFilter(field_name="property_id")
    challenge = IdFilter(field_name="challenge_id")
    status = filters.MultipleChoiceFilter(choices=ChallengeStatus.choices)

    class Meta:
        model = ChallengeEntry
        fields: list[str] = []


class ChallengeViewSet(ProgramViewSet):
    """Challenges, the newest first; one is ended and another one made, never changed."""

    queryset = Challenge.objects.select_related("program", "tier")
    serializer_class = ChallengeSerializer
    filterset_class = ChallengeFilter
    search_fields = ["code", "name"]
    ordering_fields = ["code", "created_at"]
    default_ordering = ["-created_at"]
    verbs: ClassVar[dict[str, str]] = {"end": "manage", "join": "enrol", "invite": "enrol"}

    def create(self, request: Any) -> Response:
        """Make a challenge; what it promises stays."""
        values = self.read(ChallengeSerializer)
        program = values.pop("program")
        self.require_all_houses(program)
        made = challenge_create(program=program, values=values)
        return self.answer(self.get_serializer(made).data, status=201)

    @extend_schema(request=None, responses=ChallengeSerializer)
    @action(detail=True, methods=["post"])
    def end(self, request: Any, pk: int) -> Response:
        """Let nobody join any more; who takes part goes on."""
        challenge = self.get_object()
        self.require_all_houses(challenge.program)
        challenge_end(challenge=challenge)
        return self.answer(self.get_serializer(self.get_object()).data)

    @extend_schema(request=ChallengeMemberInput, responses=ChallengeEntrySerializer)
    @action(detail=True, methods=["post"])
    def join(self, request: Any, pk: int) -> Response:
        """Let a member take part from today on; who takes part stays as he is."""
        return self._entered(challenge_join)

    @extend_schema(request=ChallengeMemberInput, responses=ChallengeEntrySerializer)
    @action(detail=True, methods=["post"])
    def invite(self, request: Any, pk: int) -> Response:
        """Invite a member to a challenge that is for invited ones."""
        return self._entered(challenge_invite)

    def _entered(self, work: Any) -> Response:
        values = self.read(ChallengeMemberInput)
        entry = work(challenge=self.get_object(), member=values["member"], place=values["property"])
        return self.answer(ChallengeEntrySerializer(entry).data)


class ChallengeEntryViewSet(ProgramViewSet):
    """Members' parts in challenges, the newest first, and how far they are."""

    queryset = ChallengeEntry.objects.select_related("challenge__program")
    serializer_class = ChallengeEntrySerializer
    filterset_class = ChallengeEntryFilter
    ordering_fields = ["created_at", "last_on"]
    default_ordering = ["-created_at"]
