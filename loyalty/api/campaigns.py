"""Campaigns over the API."""

from typing import Any, ClassVar

from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.response import Response

from hotel.core.api.examples import example
from hotel.core.api.versions import expected_version
from hotel.guests.api.filters import IdFilter
from hotel.properties.api.mixins import ScopedRelatedField
from loyalty.api.filters import OfProgramFilter
from loyalty.api.serializers import TIMES
from loyalty.api.views import ProgramViewSet
from loyalty.models import BonusCampaign, CampaignRegistration, LoyaltyMember, LoyaltyProgram
from loyalty.selectors.campaigns import campaign_in_words
from loyalty.services.campaigns import campaign_change, campaign_create, campaign_register


@example(
    "Double points in spring", program=1, code="SPRING", name="Spring", stay_from="2027-03-01",
    stay_until="2027-05-31", booked_until="2027-03-31", needs_registration=True, times=2, budget=500000,
)  # fmt: skip
class BonusCampaignSerializer(serializers.ModelSerializer):
    """A campaign; what it gives are the earning rules that name it."""

    program = ScopedRelatedField(queryset=LoyaltyProgram.objects.all())
    says = serializers.SerializerMethodField(help_text="In plain words.")

    class Meta:
        model = BonusCampaign
        fields = [
            "id", "program", "code", "name", "booked_from", "booked_until", "stay_from", "stay_until",
            "needs_registration", "times", "budget", "given", "says", "version", *TIMES,
        ]  # fmt: skip
        read_only_fields = ["given", "version", *TIMES]
        extra_kwargs = {
            "times": {"min_value": 1, "max_value": 1000},
            "budget": {"min_value": 1, "max_value": 2_000_000_000},
        }
        validators: list[Any] = []  # the service says why

    def get_says(self, row: BonusCampaign) -> str:
        """Who, when, how often, how many, and what each rule gives."""
        return campaign_in_words(row)


@example("A week longer", stay_until="2027-06-07", budget=600000)
class CampaignChangeSerializer(serializers.Serializer):
    """What may be changed of a campaign that is there."""

    name = serializers.CharField(max_length=80, required=False)
    budget = serializers.IntegerField(
        min_value=1, max_value=2_000_000_000, required=False, allow_null=True, help_text="None for no limit."
    )
    stay_until = serializers.DateField(required=False, help_text="Last day of departure; today or later.")


@example("A member takes part", member=9)
class CampaignRegisterInput(serializers.Serializer):
    """Who takes part."""

    member = ScopedRelatedField(queryset=LoyaltyMember.objects.all())


class CampaignRegistrationSerializer(serializers.ModelSerializer):
    """That a member takes part, and since when."""

    class Meta:
        model = CampaignRegistration
        fields = ["id", "campaign", "member", "on", *TIMES]
        read_only_fields = fields


class BonusCampaignFilter(OfProgramFilter):
    """Of campaigns; ``on``: those whose days of stay a day lies within."""

    program = IdFilter(field_name="program_id")
    code = filters.CharFilter(max_length=20)
    on = filters.DateFilter(method="held_on", label="Its stays are around this day.")

    class Meta:
        model = BonusCampaign
        fields: list[str] = []

    def held_on(self, rows: Any, name: str, value: Any) -> Any:
        """Those of that day."""
        return rows.filter(stay_from__lte=value, stay_until__gte=value)


class BonusCampaignViewSet(ProgramViewSet):
    """Campaigns of bonus points, the newest first."""

    queryset = BonusCampaign.objects.select_related("program")
    serializer_class = BonusCampaignSerializer
    filterset_class = BonusCampaignFilter
    search_fields = ["code", "name"]
    ordering_fields = ["stay_from", "code", "created_at", "updated_at"]
    default_ordering = ["-stay_from"]
    versioned = frozenset({"retrieve", "create", "partial_update"})
    verbs: ClassVar[dict[str, str]] = {"register": "enrol"}

    def create(self, request: Any) -> Response:
        """Make a campaign; it gives nothing until an earning rule names it."""
        values = self.read(BonusCampaignSerializer)
        program = values.pop("program")
        self.require_all_houses(program)
        campaign = campaign_create(program=program, values=values)
        return self.answer(self.get_serializer(campaign).data, status=201, version=campaign.version)

    @extend_schema(request=CampaignChangeSerializer, responses=BonusCampaignSerializer)
    def partial_update(self, request: Any, pk: int) -> Response:
        """Change name, budget or last day; for anything else another campaign is made."""
        campaign = self.get_object()
        self.require_all_houses(campaign.program)
        campaign = campaign_change(
            campaign=campaign,
            changes=self.read(CampaignChangeSerializer),
            expected_version=expected_version(request),
        )
        return self.answer(self.get_serializer(campaign).data, version=campaign.version)

    @extend_schema(request=CampaignRegisterInput, responses=CampaignRegistrationSerializer)
    @action(detail=True, methods=["post"])
    def register(self, request: Any, pk: int) -> Response:
        """Let a member take part; who is registered keeps his day."""
        found = campaign_register(campaign=self.get_object(), **self.read(CampaignRegisterInput))
        return self.answer(CampaignRegistrationSerializer(found).data)
