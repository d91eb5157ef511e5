"""Endpoints of loyalty."""

from typing import Any, ClassVar

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.decorators import action
from rest_framework.response import Response

from hotel.core.api.versions import expected_version
from hotel.properties.api.mixins import ReadViewSet
from loyalty.api import filters, serializers
from loyalty.api.base import ProgramViewSet
from loyalty.api.bookings import MemberBooking
from loyalty.api.reward_views import MemberRedeeming
from loyalty.api.statements import StatementActions
from loyalty.choices import MemberStatus
from loyalty.models import (
    EarningRule,
    LoyaltyMember,
    LoyaltyProgram,
    LoyaltyTier,
    PointAdjustment,
    PointTransaction,
    ProgramProperty,
)
from loyalty.selectors.statements import balance_explained, statement
from loyalty.selectors.terms import today_of
from loyalty.selectors.tiers import standing
from loyalty.services.adjustments import adjustment_decide, points_adjust, points_reverse
from loyalty.services.applicants import applicant_enrol
from loyalty.services.enrolment import member_enrol, member_set_status
from loyalty.services.programs import (
    house_join,
    house_leave,
    program_change,
    program_create,
    rule_change,
    rule_create,
    rule_end,
    tier_change,
    tier_create,
)
from loyalty.services.tiers import tier_grant
from loyalty.services.transfers import points_transfer


class LoyaltyProgramViewSet(ProgramViewSet):
    """Programmes that a hotel of the caller takes part in."""

    queryset = LoyaltyProgram.objects.all()
    serializer_class = serializers.LoyaltyProgramSerializer
    filterset_class = filters.LoyaltyProgramFilter
    search_fields = ["code", "name"]
    ordering_fields = ["code", "name", "created_at", "updated_at"]
    default_ordering = ["name"]
    versioned = frozenset({"retrieve", "create", "partial_update"})

    @extend_schema(
        request=serializers.ProgramCreateSerializer, responses={201: serializers.LoyaltyProgramSerializer}
    )
    def create(self, request: Any) -> Response:
        """Make a programme, with the tier that everybody begins in, and let a hotel take part."""
        values = self.read(serializers.ProgramCreateSerializer)
        place = values.pop("property")
        joined_on, rate = values.pop("joined_on", place.business_date), values.pop("currency_rate", None)
        defaults = {"currency": str(place.currency), "time_zone": place.time_zone}
        program = program_create(chain=place.chain, values=defaults | values)
        house_join(program=program, place=place, joined_on=joined_on, currency_rate=rate)
        return self.answer(self.get_serializer(program).data, status=201, version=program.version)

    def partial_update(self, request: Any, pk: int) -> Response:
        """Change what a programme says from now on."""
        program = self.get_object()
        self.require_all_houses(program)
        changes = self.read(serializers.LoyaltyProgramSerializer, instance=program, partial=True)
        program = program_change(program=program, changes=changes, expected_version=expected_version(request))
        return self.answer(self.get_serializer(program).data, version=program.version)


class ProgramPropertyViewSet(ProgramViewSet):
    """Hotels that take part in programmes, now or earlier."""

    queryset = ProgramProperty.objects.all()
    serializer_class = serializers.ProgramPropertySerializer
    filterset_class = filters.ProgramPropertyFilter
    ordering_fields = ["joined_on", "created_at", "updated_at"]
    default_ordering = ["-joined_on"]
    verbs: ClassVar[dict[str, str]] = {"leave": "manage"}

    def create(self, request: Any) -> Response:
        """Let a hotel take part; needs the right at all hotels of the programme and at this one."""
        values = self.read(serializers.ProgramPropertySerializer)
        self.require_all_houses(values["program"])
        house = house_join(
            program=values["program"],
            place=values["property"],
            joined_on=values["joined_on"],
            currency_rate=values.get("currency_rate"),
        )
        return self.answer(self.get_serializer(house).data, status=201)

    @extend_schema(request=serializers.HouseLeaveInput, responses=serializers.ProgramPropertySerializer)
    @action(detail=True, methods=["post"])
    def leave(self, request: Any, pk: int) -> Response:
        """Let departures of a day and later earn no more; what was earned stays."""
        house = house_leave(house=self.get_object(), **self.read(serializers.HouseLeaveInput))
        return self.answer(self.get_serializer(house).data)


class LoyaltyTierViewSet(ProgramViewSet):
    """Tiers of programmes, the lowest first."""

    queryset = LoyaltyTier.objects.all()
    serializer_class = serializers.LoyaltyTierSerializer
    filterset_class = filters.LoyaltyTierFilter
    search_fields = ["code", "name"]
    ordering_fields = ["level", "name", "created_at", "updated_at"]
    default_ordering = ["level"]

    def create(self, request: Any) -> Response:
        """Make a tier."""
        values = self.read(serializers.LoyaltyTierSerializer)
        self.require_all_houses(values["program"])
        return self.answer(self.get_serializer(tier_create(values=values)).data, status=201)

    def partial_update(self, request: Any, pk: int) -> Response:
        """Change a tier; members keep theirs until they are reviewed next."""
        tier = self.get_object()
        self.require_all_houses(tier.program)
        changes = self.read(serializers.LoyaltyTierSerializer, instance=tier, partial=True)
        return self.answer(self.get_serializer(tier_change(tier=tier, changes=changes)).data)


class EarningRuleViewSet(ProgramViewSet):
    """Earning rules, each version of them; ``?on=`` shows those that hold for departures of a day."""

    queryset = EarningRule.objects.all()
    serializer_class = serializers.EarningRuleSerializer
    filterset_class = filters.EarningRuleFilter
    search_fields = ["code", "name"]
    ordering_fields = ["code", "valid_from", "created_at", "updated_at"]
    default_ordering = ["code"]
    verbs: ClassVar[dict[str, str]] = {"change": "manage", "end": "manage"}

    def create(self, request: Any) -> Response:
        """Make the first version of a rule."""
        values = self.read(serializers.EarningRuleSerializer)
        program = values.pop("program")
        self.require_all_houses(program)
        return self.answer(self.get_serializer(rule_create(program=program, values=values)).data, status=201)

    @extend_schema(
        request=serializers.RuleChangeSerializer, responses={201: serializers.EarningRuleSerializer}
    )
    @action(detail=True, methods=["post"])
    def change(self, request: Any, pk: int) -> Response:
        """Let a rule say something else for departures from ``valid_from`` on; earlier stays keep what it said."""
        rule = self.get_object()
        self.require_all_houses(rule.program)
        changes = self.read(serializers.RuleChangeSerializer, instance=rule, partial=True)
        begins = changes.pop("valid_from", None) or today_of(rule.program)
        found = rule_change(rule=rule, changes=changes, valid_from=begins)
        return self.answer(self.get_serializer(found).data, status=201)

    @extend_schema(request=serializers.EarningRuleEndInput, responses=serializers.EarningRuleSerializer)
    @action(detail=True, methods=["post"])
    def end(self, request: Any, pk: int) -> Response:
        """Let a rule hold for departures until a day, and no longer."""
        rule = self.get_object()
        self.require_all_houses(rule.program)
        found = rule_end(rule=rule, **self.read(serializers.EarningRuleEndInput))
        return self.answer(self.get_serializer(found).data)


class LoyaltyMemberViewSet(StatementActions, MemberRedeeming, MemberBooking):
    """Members of the programmes that a hotel of the caller takes part in."""

    queryset = LoyaltyMember.objects.select_related("tier", "program")
    serializer_class = serializers.LoyaltyMemberSerializer
    filterset_class = filters.LoyaltyMemberFilter
    search_fields = ["number"]
    ordering_fields = ["number", "enrolled_on", "created_at", "updated_at"]
    default_ordering = ["number"]
    versioned = frozenset({"retrieve", "create", "suspend", "reactivate", "close"})
    idempotent = frozenset({"adjust", "redeem", "book", "transfer"})
    verbs: ClassVar[dict[str, str]] = {
        "explain": "view",
        "standing": "view",
        "statement": "view",
        "statement_pdf": "view",
        "statement_send": "enrol",
        "create": "enrol",
        "suspend": "enrol",
        "reactivate": "enrol",
        "close": "enrol",
        "adjust": "enrol",
        "redeem": "enrol",
        "book": "enrol",
        "book_quote": "enrol",
        "transfer": "enrol",
        "grant_tier": "approve",
    }

    @extend_schema(request=serializers.EnrolInput, responses={201: serializers.LoyaltyMemberSerializer})
    def create(self, request: Any) -> Response:
        """Make a guest, or a person by name, a member of the programme that a hotel takes part in.

        A person whom the hotel surely knows, by e-mail and name, is that guest. When it may know him, the answer is
        409 ``guest_uncertain`` with ``candidates``: send one of them as ``guest``, or ``is_new``.
        """
        values = self.read(serializers.EnrolInput)
        guest, is_new = values.pop("guest"), values.pop("is_new")
        place = values.pop("property")
        if guest is not None:
            member = member_enrol(place=place, guest=guest, **values)
        else:
            member = applicant_enrol(place=place, actor=request.user, is_new=is_new, **values)
        return self.answer(self.get_serializer(member).data, status=201, version=member.version)

    @extend_schema(responses=serializers.BalanceSerializer, filters=False)
    @action(detail=True, pagination_class=None, filterset_class=None)
    def explain(self, request: Any, pk: int) -> Response:
        """The balance today, lot by lot in the order they would be spent."""
        return self.answer(serializers.BalanceSerializer(balance_explained(self.get_object())).data)

    @extend_schema(responses=serializers.StandingSerializer, filters=False)
    @action(detail=True, pagination_class=None, filterset_class=None)
    def standing(self, request: Any, pk: int) -> Response:
        """What counts for the tier, and the way to the next one."""
        member = self.get_object()
        return self.answer(serializers.StandingSerializer(standing(member, today_of(member.program))).data)

    @extend_schema(
        parameters=[
            OpenApiParameter("since", str, required=True),
            OpenApiParameter("until", str, required=True),
        ],
        responses=serializers.StatementSerializer,
        filters=False,
    )
    @action(detail=True, pagination_class=None, filterset_class=None)
    def statement(self, request: Any, pk: int) -> Response:
        """The account over some days, inclusive."""
        days = self.read(serializers.StatementQuery, request.query_params)
        found = statement(self.get_object(), **days)
        return self.answer(serializers.StatementSerializer(found).data)

    @extend_schema(request=None, responses=serializers.LoyaltyMemberSerializer)
    @action(detail=True, methods=["post"])
    def suspend(self, request: Any, pk: int) -> Response:
        """Pause a membership: it neither earns nor spends."""
        return self._set(MemberStatus.SUSPENDED)

    @extend_schema(request=None, responses=serializers.LoyaltyMemberSerializer)
    @action(detail=True, methods=["post"])
    def reactivate(self, request: Any, pk: int) -> Response:
        """Let a paused membership go on."""
        return self._set(MemberStatus.ACTIVE)

    @extend_schema(request=None, responses=serializers.LoyaltyMemberSerializer)
    @action(detail=True, methods=["post"])
    def close(self, request: Any, pk: int) -> Response:
        """Close a membership for good; its history stays."""
        return self._set(MemberStatus.CLOSED)

    @extend_schema(
        request=serializers.PointsByHandInput, responses={201: serializers.PointAdjustmentSerializer}
    )
    @action(detail=True, methods=["post"])
    def adjust(self, request: Any, pk: int) -> Response:
        """Give or take points by hand; above the programme's limit a second person approves."""
        values = self.read(serializers.PointsByHandInput)
        found = points_adjust(
            member=self.get_object(), place=values.pop("property"), actor=request.user, **values
        )
        return self.answer(serializers.PointAdjustmentSerializer(found).data, status=201)

    @extend_schema(
        request=serializers.PointsTransferInput, responses={201: serializers.PointTransactionSerializer}
    )
    @action(detail=True, methods=["post"])
    def transfer(self, request: Any, pk: int) -> Response:
        """Give points to another member of the programme, who has them until the days they always had."""
        values = self.read(serializers.PointsTransferInput)
        made = points_transfer(
            giver=self.get_object(),
            taker=values["to"],
            place=values["property"],
            points=values["points"],
            actor=request.user,
        )
        return self.answer(serializers.PointTransactionSerializer(made).data, status=201)

    @extend_schema(request=serializers.TierGrantInput, responses=serializers.LoyaltyMemberSerializer)
    @action(detail=True, methods=["post"], url_path="grant-tier")
    def grant_tier(self, request: Any, pk: int) -> Response:
        """Let a member have a tier by status match or invitation, at least until a day."""
        member = tier_grant(
            member=self.get_object(), actor=request.user, **self.read(serializers.TierGrantInput)
        )
        return self.answer(self.get_serializer(member).data, version=member.version)

    def _set(self, status: MemberStatus) -> Response:
        member = member_set_status(
            member=self.get_object(), status=status, expected_version=expected_version(self.request)
        )
        return self.answer(self.get_serializer(member).data, version=member.version)


class PointTransactionViewSet(ProgramViewSet):
    """The ledger of points, newest first; never changed."""

    area = "loyalty"
    queryset = PointTransaction.objects.select_related("rule", "accrual")
    serializer_class = serializers.PointTransactionSerializer
    filterset_class = filters.PointTransactionFilter
    ordering_fields = ["created_at", "business_date"]
    default_ordering = ["-created_at"]
    idempotent = frozenset({"reverse"})
    verbs: ClassVar[dict[str, str]] = {"reverse": "enrol"}

    @extend_schema(
        request=serializers.PointsReverseInput, responses={201: serializers.PointAdjustmentSerializer}
    )
    @action(detail=True, methods=["post"])
    def reverse(self, request: Any, pk: int) -> Response:
        """Take a bonus or points by hand back whole; above the programme's limit a second person approves."""
        booked = self.get_object()
        self.require_at(booked.property_id)
        said = self.read(serializers.PointsReverseInput)
        found = points_reverse(booked=booked, actor=request.user, **said)
        return self.answer(serializers.PointAdjustmentSerializer(found).data, status=201)


class PointAdjustmentViewSet(ReadViewSet):
    """Points by hand; those that wait are decided by somebody else than who asked."""

    area = "loyalty"
    queryset = PointAdjustment.objects.all()
    serializer_class = serializers.PointAdjustmentSerializer
    filterset_class = filters.PointAdjustmentFilter
    ordering_fields = ["created_at", "decided_at"]
    default_ordering = ["-created_at"]
    idempotent = frozenset({"approve", "refuse"})
    verbs: ClassVar[dict[str, str]] = {"approve": "approve", "refuse": "approve"}

    @extend_schema(request=None, responses=serializers.PointAdjustmentSerializer)
    @action(detail=True, methods=["post"])
    def approve(self, request: Any, pk: int) -> Response:
        """Post points that wait."""
        return self._decide(request, is_approved=True)

    @extend_schema(request=None, responses=serializers.PointAdjustmentSerializer)
    @action(detail=True, methods=["post"])
    def refuse(self, request: Any, pk: int) -> Response:
        """Refuse points that wait."""
        return self._decide(request, is_approved=False)

    def _decide(self, request: Any, *, is_approved: bool) -> Response:
        asked = self.get_object()
        self.require_at(asked.property_id)
        found = adjustment_decide(adjustment=asked, is_approved=is_approved, actor=request.user)
        return self.answer(self.get_serializer(found).data)
