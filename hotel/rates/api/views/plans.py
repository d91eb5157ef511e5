"""Endpoints of rate plans and promotion codes."""

from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.response import Response

from hotel.core.api.versions import expected_version
from hotel.core.exceptions import InvalidInput
from hotel.core.words import _
from hotel.properties.api.mixins import ReadViewSet
from hotel.rates.api import filters
from hotel.rates.api.serializers import plans as serializers
from hotel.rates.api.serializers.quotes import ExplainedStaySerializer, ExplainSerializer
from hotel.rates.domain.quotes import Occupancy
from hotel.rates.models import PromoCode, RatePlan
from hotel.rates.selectors.quotes import QuoteRequest, quote_stay
from hotel.rates.services.plans import plan_change, plan_create
from hotel.rates.services.promos import promo_change, promo_create


class RatePlanViewSet(ReadViewSet):
    """Rate plans: base plans with prices of their own, and plans derived from them."""

    area = "rates"
    verbs: ClassVar[dict[str, str]] = {"explain": "view"}
    queryset = RatePlan.objects.select_related("property", "parent").prefetch_related(
        "room_types", "companies__company", "packages__package"
    )
    serializer_class = serializers.RatePlanSerializer
    filterset_class = filters.RatePlanFilter
    search_fields = ["code", "name", "market"]
    ordering_fields = ["code", "name", "sort_order"]
    default_ordering = ["property_id", "sort_order", "code"]
    versioned: ClassVar[frozenset[str]] = frozenset({"retrieve", "create", "partial_update"})

    def create(self, request: Any) -> Response:
        """Make a plan; prices come with ``rates/set``, or from its parent."""
        form = self.get_serializer(data=request.data)
        form.is_valid(raise_exception=True)
        plan = plan_create(place=form.validated_data["property"], contents=form.plan_contents())
        return self.answer(self.get_serializer(plan).data, status=201, version=plan.version)

    def partial_update(self, request: Any, pk: int) -> Response:
        """Change a plan; lists replace what is there. Stays sold keep their price and policies.

        Refused with ``rate_plan_cycle`` when it would derive from itself.
        """
        plan = self.get_object()
        form = self.get_serializer(plan, data=request.data, partial=True)
        form.is_valid(raise_exception=True)
        changed = plan_change(
            plan=plan, contents=form.plan_contents(), expected_version=expected_version(request)
        )
        return self.answer(self.get_serializer(changed).data, version=changed.version)

    @extend_schema(parameters=[ExplainSerializer], responses=ExplainedStaySerializer)
    @action(detail=True, methods=["get"], filter_backends=[])
    def explain(self, request: Any, pk: int) -> Response:
        """What a stay costs in this plan and why: season, derivation, discounts, packages, taxes, broken rules."""
        plan = self.get_object()
        form = ExplainSerializer(data=request.query_params, context=self.get_serializer_context())
        form.is_valid(raise_exception=True)
        asked = form.validated_data
        if asked["room_type"].property_id != plan.property_id:
            raise InvalidInput(_("The type is of another property."), code="other_property")
        quote = quote_stay(
            QuoteRequest(
                place=plan.property,
                rate_plan=plan,
                room_type=asked["room_type"],
                arrival=asked["arrival"],
                departure=asked["departure"],
                occupancy=Occupancy(asked["adults"], child_ages=asked["child_ages"]),
                booked_on=plan.property.business_date,
                promo_code=asked["promo_code"],
                company_id=asked["company"],
                exemptions=asked["exemptions"],
            )
        )
        return self.answer(ExplainedStaySerializer(quote).data)


class PromoCodeViewSet(ReadViewSet):
    """Promotion codes: they open plans, take something off, or both."""

    area = "rates"
    queryset = PromoCode.objects.select_related("property").prefetch_related("rate_plans")
    serializer_class = serializers.PromoCodeSerializer
    filterset_class = filters.PromoCodeFilter
    search_fields = ["code", "name"]
    ordering_fields = ["code", "name", "used_count"]
    default_ordering = ["property_id", "code"]

    def create(self, request: Any) -> Response:
        """Make a code; without plans it counts for every plan."""
        form = self.get_serializer(data=request.data)
        form.is_valid(raise_exception=True)
        values = form.contents()
        plans = values.pop("rate_plans", [])
        promo = promo_create(place=form.validated_data["property"], values=values, rate_plans=plans)
        return self.answer(self.get_serializer(promo).data, status=201)

    def partial_update(self, request: Any, pk: int) -> Response:
        """Change a code for bookings to come; how often it was used stays."""
        promo = self.get_object()
        form = self.get_serializer(promo, data=request.data, partial=True)
        form.is_valid(raise_exception=True)
        values = form.contents()
        plans = values.pop("rate_plans", None)
        changed = promo_change(promo=promo, values=values, rate_plans=plans)
        return self.answer(self.get_serializer(changed).data)
