"""Endpoints of seasons, prices and restrictions."""

from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.response import Response

from hotel.properties.api.mixins import CrudViewSet, ReadViewSet
from hotel.rates.api import filters
from hotel.rates.api.serializers import prices as price_forms
from hotel.rates.api.serializers import restrictions as restriction_forms
from hotel.rates.domain.quotes import Occupancy
from hotel.rates.models import RatePrice, Restriction, Season
from hotel.rates.selectors.quotes import closed_why
from hotel.rates.services.prices import price_delete, prices_set
from hotel.rates.services.restrictions import restriction_delete, restrictions_set
from hotel.rates.services.seasons import season_change, season_create, season_delete


class SeasonViewSet(CrudViewSet):
    """Seasons: named ranges of nights that prices refer to."""

    area = "rates"
    http_method_names = ["get", "post", "patch", "delete", "head", "options"]
    queryset = Season.objects.select_related("property").prefetch_related("ranges")
    serializer_class = price_forms.SeasonSerializer
    filterset_class = filters.SeasonFilter
    search_fields = ["code", "name"]
    ordering_fields = ["code", "name"]
    default_ordering = ["property_id", "code"]

    def perform_create(self, serializer: Any) -> None:
        """By the service."""
        values, ranges = serializer.split()
        place = serializer.validated_data["property"]
        serializer.instance = season_create(place=place, values=values, ranges=ranges or [])

    def perform_update(self, serializer: Any) -> None:
        """By the service; ranges replace those there are."""
        values, ranges = serializer.split()
        serializer.instance = season_change(season=serializer.instance, values=values, ranges=ranges)

    def perform_destroy(self, instance: Season) -> None:
        """Refused while prices use it."""
        season_delete(season=instance)


class RatePriceViewSet(ReadViewSet):
    """Prices as stored: dated before season before standing; the newest word counts among dated ones."""

    area = "rates"
    verbs: ClassVar[dict[str, str]] = {"set": "manage"}
    idempotent: ClassVar[frozenset[str]] = frozenset({"set"})
    queryset = RatePrice.objects.select_related("property").prefetch_related(
        "by_adults", "by_child__age_band"
    )
    serializer_class = price_forms.RatePriceSerializer
    filterset_class = filters.RatePriceFilter
    search_fields = ["rate_plan__code", "room_type__code"]
    ordering_fields = ["start_on", "amount"]
    default_ordering = ["-id"]

    def destroy(self, request: Any, pk: int) -> Response:
        """Take one price away."""
        price_delete(price=self.get_object())
        return self.answer(None, status=204)

    @extend_schema(
        request=price_forms.PricesSetSerializer,
        responses={201: price_forms.RatePriceSerializer(many=True)},
        filters=False,
    )
    @action(detail=False, methods=["post"], pagination_class=None)
    def set(self, request: Any) -> Response:
        """Set prices in bulk: by types, nights and weekdays; older dated prices are cut where needed."""
        form = price_forms.PricesSetSerializer(data=request.data, context=self.get_serializer_context())
        form.is_valid(raise_exception=True)
        plan = form.validated_data["rate_plan"]
        self.require_at(plan.property_id)
        made = prices_set(plan=plan, changes=form.service_changes())
        rows = self.queryset.filter(pk__in=[price.pk for price in made]).order_by("pk")
        return self.answer(self.get_serializer(rows, many=True).data, status=201)


class RestrictionViewSet(ReadViewSet):
    """Restrictions of the house, of types, of plans, and of plans on types; all levels must be kept."""

    area = "rates"
    verbs: ClassVar[dict[str, str]] = {"set": "manage", "why": "view"}
    idempotent: ClassVar[frozenset[str]] = frozenset({"set"})
    queryset = Restriction.objects.select_related("property")
    serializer_class = restriction_forms.RestrictionSerializer
    filterset_class = filters.RestrictionFilter
    search_fields = ["reason"]
    ordering_fields = ["start_on", "kind"]
    default_ordering = ["start_on"]

    def destroy(self, request: Any, pk: int) -> Response:
        """Lift one restriction on all its nights."""
        restriction_delete(restriction=self.get_object())
        return self.answer(None, status=204)

    @extend_schema(
        request=restriction_forms.RestrictionsSetSerializer,
        responses={201: restriction_forms.RestrictionSerializer(many=True)},
        filters=False,
    )
    @action(detail=False, methods=["post"], pagination_class=None)
    def set(self, request: Any) -> Response:
        """Set or lift restrictions in bulk: by kind, level, nights and weekdays."""
        form = restriction_forms.RestrictionsSetSerializer(
            data=request.data, context=self.get_serializer_context()
        )
        form.is_valid(raise_exception=True)
        place = form.validated_data["property"]
        made = restrictions_set(place=place, changes=form.service_changes())
        return self.answer(self.get_serializer(made, many=True).data, status=201)

    @extend_schema(
        parameters=[restriction_forms.WhySerializer],
        responses=restriction_forms.WhyAnswerSerializer,
        filters=False,
    )
    @action(detail=False, methods=["get"], pagination_class=None)
    def why(self, request: Any) -> Response:
        """Why a stay cannot be sold: each broken rule with its level, its date and a sentence."""
        form = restriction_forms.WhySerializer(
            data=request.query_params, context=self.get_serializer_context()
        )
        form.is_valid(raise_exception=True)
        asked = form.validated_data
        broken = closed_why(
            place=asked["property"],
            arrival=asked["arrival"],
            departure=asked["departure"],
            booked_on=asked["property"].business_date,
            occupancy=Occupancy(asked["adults"], child_ages=asked["child_ages"]),
            rate_plan=asked["rate_plan"],
            room_type=asked["room_type"],
        )
        answer = restriction_forms.WhyAnswerSerializer({"is_open": not broken, "broken": broken})
        return self.answer(answer.data)
