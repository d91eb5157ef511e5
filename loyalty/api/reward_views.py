"""Endpoints of rewards and redemptions."""

from typing import Any, ClassVar

from drf_spectacular.utils import OpenApiExample, OpenApiParameter, extend_schema
from rest_framework.decorators import action
from rest_framework.response import Response

from hotel.core.api.versions import expected_version
from loyalty.api import reward_filters, reward_serializers
from loyalty.api.base import ProgramViewSet
from loyalty.models import LoyaltyMember, Reward, RewardRedemption
from loyalty.selectors.rewards import reward_priced
from loyalty.services.redemptions import (
    RedemptionAsked,
    redemption_cancel,
    redemption_confirm,
    redemption_fulfil,
    redemption_hold,
    redemption_redeem,
    redemption_refund,
)
from loyalty.services.rewards import reward_change, reward_create
from loyalty.services.settlements import redemption_settle

PRICE = {
    "points": 11500,
    "because": [
        {"reason": "base", "points": 10000},
        {"reason": "demand × 1.1", "points": 11000},
        {"reason": "season summer × 1.15", "points": 12650},
        {"reason": "tier Gold × 0.9", "points": 11385},
        {"reason": "in steps of 500", "points": 11500},
    ],
}


class RewardViewSet(ProgramViewSet):
    """Rewards of programmes."""

    queryset = Reward.objects.select_related("program")
    serializer_class = reward_serializers.RewardSerializer
    filterset_class = reward_filters.RewardFilter
    search_fields = ["code", "name"]
    ordering_fields = ["code", "name", "base", "created_at", "updated_at"]
    default_ordering = ["code"]
    versioned = frozenset({"retrieve", "create", "partial_update"})
    verbs: ClassVar[dict[str, str]] = {"price": "view"}

    def create(self, request: Any) -> Response:
        """Make a reward."""
        values = self.read(reward_serializers.RewardSerializer)
        program = values.pop("program")
        self.require_all_houses(program)
        reward = reward_create(program=program, values=values)
        return self.answer(self.get_serializer(reward).data, status=201, version=reward.version)

    def partial_update(self, request: Any, pk: int) -> Response:
        """Change a reward from now on; what was redeemed keeps its price."""
        reward = self.get_object()
        self.require_all_houses(reward.program)
        changes = self.read(reward_serializers.RewardSerializer, instance=reward, partial=True)
        reward = reward_change(reward=reward, changes=changes, expected_version=expected_version(request))
        return self.answer(self.get_serializer(reward).data, version=reward.version)

    @extend_schema(
        parameters=[
            OpenApiParameter("property", int, required=True, description="The hotel that serves it."),
            OpenApiParameter("member", int, description="Whose tier counts."),
            OpenApiParameter("arrival", str, description="First night; the business date when empty."),
            OpenApiParameter("departure", str, description="The day after the last night."),
        ],
        responses=reward_serializers.PriceSerializer,
        examples=[OpenApiExample("A free night in summer", PRICE, response_only=True)],
        filters=False,
    )
    @action(detail=True, pagination_class=None, filterset_class=None)
    def price(self, request: Any, pk: int) -> Response:
        """What one costs now, and why."""
        asked = self.read(reward_serializers.PriceQuery, request.query_params)
        member = asked["member"]
        found = reward_priced(
            self.get_object(),
            place=asked["property"],
            tier=member.tier if member is not None else None,
            first_day=asked["arrival"],
            past_day=asked["departure"],
        )
        because = reward_serializers.reasons(found.because)
        shown = {"points": found.points, "because": because}
        return self.answer(reward_serializers.PriceSerializer(shown).data)


class RewardRedemptionViewSet(ProgramViewSet):
    """Redemptions: held, confirmed, used; or given up, and their points went back."""

    queryset = RewardRedemption.objects.select_related("reward", "property")
    serializer_class = reward_serializers.RewardRedemptionSerializer
    filterset_class = reward_filters.RewardRedemptionFilter
    ordering_fields = ["created_at", "first_day"]
    default_ordering = ["-created_at"]
    idempotent = frozenset({"create", "confirm", "fulfil", "settle", "cancel", "refund"})
    verbs: ClassVar[dict[str, str]] = {
        "create": "enrol",
        "confirm": "enrol",
        "fulfil": "enrol",
        "settle": "enrol",
        "cancel": "enrol",
        "refund": "approve",
    }

    @extend_schema(
        request=reward_serializers.RedemptionHoldInput,
        responses={201: reward_serializers.RewardRedemptionSerializer},
        examples=[
            OpenApiExample(
                "A night of a stay",
                {"member": 7, "reward": 3, "property": 1, "reservation": 12},
                request_only=True,
            )
        ],
    )
    def create(self, request: Any) -> Response:
        """Hold a reward for a member at today's price: the points are taken until it is confirmed or released."""
        held = redemption_hold(
            asked=asked(self.read(reward_serializers.RedemptionHoldInput)), actor=request.user
        )
        return self.answer(self.get_serializer(held).data, status=201)

    @extend_schema(request=None, responses=reward_serializers.RewardRedemptionSerializer)
    @action(detail=True, methods=["post"])
    def confirm(self, request: Any, pk: int) -> Response:
        """Make a held redemption the member's."""
        return self._shown(redemption_confirm(redemption=self._own(), actor=request.user))

    @extend_schema(request=None, responses=reward_serializers.RewardRedemptionSerializer)
    @action(detail=True, methods=["post"])
    def fulfil(self, request: Any, pk: int) -> Response:
        """Note that the member has got it."""
        return self._shown(redemption_fulfil(redemption=self._own()))

    @extend_schema(request=None, responses=reward_serializers.RewardRedemptionSerializer)
    @action(detail=True, methods=["post"])
    def settle(self, request: Any, pk: int) -> Response:
        """Pay with it on the bill of the stay: the room of its free nights, or the value of a credit."""
        return self._shown(redemption_settle(redemption=self._own(), actor=request.user))

    @extend_schema(
        request=reward_serializers.RedemptionReasonInput,
        responses=reward_serializers.RewardRedemptionSerializer,
    )
    @action(detail=True, methods=["post"])
    def cancel(self, request: Any, pk: int) -> Response:
        """Give it up: the points go back into the very lots, less the penalty of a confirmed one."""
        said = self.read(reward_serializers.RedemptionReasonInput)
        return self._shown(redemption_cancel(redemption=self._own(), actor=request.user, **said))

    @extend_schema(
        request=reward_serializers.RedemptionReasonInput,
        responses=reward_serializers.RewardRedemptionSerializer,
    )
    @action(detail=True, methods=["post"])
    def refund(self, request: Any, pk: int) -> Response:
        """Give all points back because the house decides so; with a reason."""
        said = self.read(reward_serializers.RedemptionReasonInput)
        return self._shown(redemption_refund(redemption=self._own(), actor=request.user, **said))

    def _own(self) -> RewardRedemption:
        """The redemption, when the caller has the right at the hotel that serves it."""
        found = self.get_object()
        self.require_at(found.property_id)
        return found

    def _shown(self, redemption: RewardRedemption) -> Response:
        return self.answer(self.get_serializer(redemption).data)


class MemberRedeeming(ProgramViewSet):
    """What rewards add to the endpoint of members."""

    is_abstract: ClassVar[bool] = True

    @extend_schema(
        request=reward_serializers.RedeemInput, responses={201: reward_serializers.RewardRedemptionSerializer}
    )
    @action(detail=True, methods=["post"])
    def redeem(self, request: Any, pk: int) -> Response:
        """Redeem points for a reward at once: held and confirmed in one step."""
        member: LoyaltyMember = self.get_object()
        values = asked({**self.read(reward_serializers.RedeemInput), "member": member})
        made = redemption_redeem(asked=values, actor=request.user)
        shown = reward_serializers.RewardRedemptionSerializer(made, context=self.get_serializer_context())
        return self.answer(shown.data, status=201)


def asked(values: dict[str, Any]) -> RedemptionAsked:
    """A body as the service reads it."""
    return RedemptionAsked(place=values.pop("property"), **values)
