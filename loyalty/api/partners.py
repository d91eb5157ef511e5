"""Partners over the API, what they post, and what they owe."""

from decimal import Decimal
from typing import Any, ClassVar

from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.response import Response

from hotel.core.api.examples import example
from hotel.guests.api.filters import IdFilter
from hotel.properties.api.mixins import PropertyField, ReadViewSet, ScopedRelatedField
from loyalty.api.base import ProgramViewSet
from loyalty.api.filters import OfProgramFilter
from loyalty.api.serializers import LARGEST, TIMES
from loyalty.domain.partners import in_words
from loyalty.models import LoyaltyPartner, LoyaltyProgram, PartnerAccrual, PartnerStatement
from loyalty.selectors.partners import contract_of
from loyalty.services.partners import (
    CHANGEABLE,
    partner_change,
    partner_create,
    partner_post,
    partner_reverse,
)

CAP = {"min_value": 1, "max_value": 2_000_000_000}


@example(
    "An airline", program=1, property=1, code="air", name="Danube Air", kind="airline", unit="mile", rate="0.5",
    point_price="0.006", valid_from="2027-01-01", valid_until="2027-12-31", month_cap=5000,
)  # fmt: skip
class LoyaltyPartnerSerializer(serializers.ModelSerializer):
    """A partner whose customers earn, by his contract with a hotel."""

    program = ScopedRelatedField(queryset=LoyaltyProgram.objects.all())
    property = PropertyField()
    says = serializers.SerializerMethodField(help_text="In plain words.")

    class Meta:
        model = LoyaltyPartner
        fields = [
            "id", "program", "property", "code", "name", "kind", "unit", "rate", "point_price", "valid_from",
            "valid_until", "month_cap", "year_cap", "is_active", "says", *TIMES,
        ]  # fmt: skip
        read_only_fields = TIMES
        extra_kwargs = {
            "rate": {"min_value": Decimal("0.0001"), "max_value": Decimal(1_000_000)},
            "point_price": {"min_value": Decimal(0), "max_value": Decimal(1000)},
            "month_cap": CAP,
            "year_cap": CAP,
        }
        validators: list[Any] = []  # the service says why

    def get_says(self, row: LoyaltyPartner) -> str:
        """What an amount earns, how many at most, when, and what the partner pays."""
        return in_words(contract_of(row))


@example("A higher cap", month_cap=200000, valid_until="2028-12-31")
class PartnerChangeSerializer(LoyaltyPartnerSerializer):
    """What may be changed of a contract."""

    program = None  # type: ignore[assignment]
    property = None  # type: ignore[assignment]
    says = None  # type: ignore[assignment]

    class Meta(LoyaltyPartnerSerializer.Meta):
        fields = list(CHANGEABLE)


class PartnerAccrualSerializer(serializers.ModelSerializer):
    """What a partner posted, and what he owes for it in the programme's currency."""

    class Meta:
        model = PartnerAccrual
        fields = [
            "id", "partner", "reference", "member", "earned_on", "amount", "points", "value", "transaction", "reversal",
            "posted_by", *TIMES,
        ]  # fmt: skip
        read_only_fields = fields


@example("A flight", partner=1, reference="DA-2027-000817")
class PartnerReverseInput(serializers.Serializer):
    """Which posting is taken back."""

    partner = ScopedRelatedField(queryset=LoyaltyPartner.objects.select_related("program"))
    reference = serializers.CharField(
        max_length=60, help_text="The partner's own; again, it gives nothing more."
    )


@example(
    "A flight", partner=1, reference="DA-2027-000817", member_number="CIRCLE-RD4046Q9", amount="820",
    earned_on="2027-03-12",
)  # fmt: skip
class PartnerPostInput(PartnerReverseInput):
    """What a member did with a partner."""

    member_number = serializers.CharField(max_length=24, help_text="On the card.")
    amount = serializers.DecimalField(
        max_digits=14, decimal_places=3, min_value=Decimal("0.001"), max_value=LARGEST
    )
    earned_on = serializers.DateField()


class PartnerStatementSerializer(serializers.ModelSerializer):
    """What a partner owes for a month's points, or (below zero) gets back, in the programme's currency."""

    class Meta:
        model = PartnerStatement
        fields = ["id", "property", "partner", "month", "given", "taken_back", "currency", "amount", *TIMES]
        read_only_fields = fields


class LoyaltyPartnerFilter(OfProgramFilter):
    """Of partners."""

    program = IdFilter(field_name="program_id")
    code = filters.CharFilter(max_length=20)

    class Meta:
        model = LoyaltyPartner
        fields = ["kind", "is_active"]


class PartnerAccrualFilter(OfProgramFilter):
    """Of what partners posted."""

    partner = IdFilter(field_name="partner_id")
    member = IdFilter(field_name="member_id")
    reference = filters.CharFilter(max_length=60)
    earned_on = filters.DateFromToRangeFilter()

    class Meta:
        model = PartnerAccrual
        fields: list[str] = []


class PartnerStatementFilter(filters.FilterSet):
    """Of statements; ``month`` by the first day."""

    property = IdFilter(field_name="property_id")
    partner = IdFilter(field_name="partner_id")
    month = filters.DateFromToRangeFilter()

    class Meta:
        model = PartnerStatement
        fields: list[str] = []


class LoyaltyPartnerViewSet(ProgramViewSet):
    """Partners of programmes."""

    queryset = LoyaltyPartner.objects.select_related("program")
    serializer_class = LoyaltyPartnerSerializer
    filterset_class = LoyaltyPartnerFilter
    search_fields = ["code", "name"]
    ordering_fields = ["code", "name", "created_at", "updated_at"]
    default_ordering = ["code"]

    def create(self, request: Any) -> Response:
        """Let somebody outside post points."""
        values = self.read(LoyaltyPartnerSerializer)
        program = values.pop("program")
        self.require_all_houses(program)
        made = partner_create(program=program, values=values)
        return self.answer(self.get_serializer(made).data, status=201)

    @extend_schema(request=PartnerChangeSerializer, responses=LoyaltyPartnerSerializer)
    def partial_update(self, request: Any, pk: int) -> Response:
        """Change name, rate, price, last day, caps, or whether he may post; what was posted keeps its value."""
        partner = self.get_object()
        self.require_all_houses(partner.program)
        changes = self.read(PartnerChangeSerializer, instance=partner, partial=True)
        return self.answer(self.get_serializer(partner_change(partner=partner, changes=changes)).data)


class PartnerAccrualViewSet(ProgramViewSet):
    """What partners posted, the newest first."""

    queryset = PartnerAccrual.objects.all()
    serializer_class = PartnerAccrualSerializer
    filterset_class = PartnerAccrualFilter
    ordering_fields = ["earned_on", "created_at"]
    default_ordering = ["-created_at"]
    idempotent = frozenset({"create", "reverse"})
    verbs: ClassVar[dict[str, str]] = {"create": "approve", "reverse": "approve"}

    @extend_schema(request=PartnerPostInput, responses={201: PartnerAccrualSerializer})
    def create(self, request: Any) -> Response:
        """Post what a member earned with a partner, once for the partner's reference.

        The same reference with the same content is answered with what was posted first.
        """
        values = self.read(PartnerPostInput)
        found = partner_post(number=values.pop("member_number"), actor=request.user, **values)
        return self.answer(self.get_serializer(found).data, status=201)

    @extend_schema(request=PartnerReverseInput, responses=PartnerAccrualSerializer)
    @action(detail=False, methods=["post"])
    def reverse(self, request: Any) -> Response:
        """Take back what a partner posted under a reference; what was spent already is owed."""
        found = partner_reverse(actor=request.user, **self.read(PartnerReverseInput))
        return self.answer(self.get_serializer(found).data)


class PartnerStatementViewSet(ReadViewSet):
    """What partners owe the hotels of their contracts, month by month; written once."""

    area = "loyalty"
    queryset = PartnerStatement.objects.all()
    serializer_class = PartnerStatementSerializer
    filterset_class = PartnerStatementFilter
    ordering_fields = ["month", "created_at", "updated_at"]
    default_ordering = ["-month"]
