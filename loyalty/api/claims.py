"""Claims for missing stays over the API."""

from typing import Any, ClassVar

from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.response import Response

from hotel.core.api.examples import example
from hotel.guests.api.filters import IdFilter
from hotel.properties.api.mixins import PropertyField, ScopedRelatedField
from loyalty.api.serializers import TIMES
from loyalty.api.views import ProgramViewSet
from loyalty.choices import ClaimStatus
from loyalty.models import LoyaltyMember, StayClaim
from loyalty.services.claims import MOST, claim_approve, claim_make, claim_refuse


class StayClaimSerializer(serializers.ModelSerializer):
    """That a stay is missing, what was shown for it, and who decided."""

    class Meta:
        model = StayClaim
        fields = [
            "id", "member", "property", "reservation", "stated_number", "arrival", "departure", "evidence", "status",
            "asked_by", "decided_by", "decided_at", "because", "transaction", *TIMES,
        ]  # fmt: skip
        read_only_fields = fields


@example(
    "A stay booked without his number", property=1, member=9, arrival="2027-02-10", departure="2027-02-12",
    evidence="Invoice 2027-104 in his name", stated_number="ALPHA-VZKXS1T2-1",
)  # fmt: skip
class StayClaimInput(serializers.Serializer):
    """Which stay is missing, and what was shown for it."""

    property = PropertyField()
    member = ScopedRelatedField(queryset=LoyaltyMember.objects.all())
    arrival = serializers.DateField()
    departure = serializers.DateField()
    evidence = serializers.CharField(max_length=1000, help_text="What the member showed, in words.")
    stated_number = serializers.CharField(
        max_length=40, default="", allow_blank=True, help_text="Of the reservation, when he knows it."
    )


@example("A stay that the house does not know", points=1200)
class ClaimApproveInput(serializers.Serializer):
    """Points by hand for a stay that the house does not have."""

    points = serializers.IntegerField(min_value=1, max_value=MOST, required=False, allow_null=True)


@example("Another guest", reason="The invoice is of somebody else")
class ClaimRefuseInput(serializers.Serializer):
    """Why a claim is refused."""

    reason = serializers.CharField(max_length=200)


class StayClaimFilter(filters.FilterSet):
    """Of claims."""

    member = IdFilter(field_name="member_id")
    property = IdFilter(field_name="property_id")
    status = filters.MultipleChoiceFilter(choices=ClaimStatus.choices)

    class Meta:
        model = StayClaim
        fields: list[str] = []


class StayClaimViewSet(ProgramViewSet):
    """Claims for missing stays, the newest first; somebody else than who asked decides."""

    queryset = StayClaim.objects.all()
    serializer_class = StayClaimSerializer
    filterset_class = StayClaimFilter
    ordering_fields = ["created_at", "departure", "decided_at"]
    default_ordering = ["-created_at"]
    idempotent = frozenset({"create", "approve", "refuse"})
    verbs: ClassVar[dict[str, str]] = {"create": "enrol", "approve": "approve", "refuse": "approve"}

    @extend_schema(request=StayClaimInput, responses={201: StayClaimSerializer})
    def create(self, request: Any) -> Response:
        """Claim a stay; with a number that the hotel has it is that stay, whatever days were said."""
        values = self.read(StayClaimInput)
        claim = claim_make(place=values.pop("property"), actor=request.user, **values)
        return self.answer(self.get_serializer(claim).data, status=201)

    @extend_schema(request=ClaimApproveInput, responses=StayClaimSerializer)
    @action(detail=True, methods=["post"])
    def approve(self, request: Any, pk: int) -> Response:
        """Let the stay earn by the rules of its departure; one that the house does not have gets points by hand."""
        claim = self.get_object()
        self.require_at(claim.property_id)
        found = claim_approve(claim=claim, actor=request.user, **self.read(ClaimApproveInput))
        return self.answer(self.get_serializer(found).data)

    @extend_schema(request=ClaimRefuseInput, responses=StayClaimSerializer)
    @action(detail=True, methods=["post"])
    def refuse(self, request: Any, pk: int) -> Response:
        """Refuse it, with a reason."""
        claim = self.get_object()
        self.require_at(claim.property_id)
        found = claim_refuse(claim=claim, actor=request.user, **self.read(ClaimRefuseInput))
        return self.answer(self.get_serializer(found).data)
