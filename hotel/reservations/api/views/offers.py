"""Offers, availability and price holds."""

from typing import Any, ClassVar

from drf_spectacular.helpers import forced_singular_serializer
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.response import Response

from hotel.properties.api.mixins import PropertyScopedViewSet, ReadViewSet
from hotel.properties.models import Property
from hotel.reservations.api.filters import HoldFilter
from hotel.reservations.api.serializers.bookings import reservation_data
from hotel.reservations.api.serializers.offers import (
    AvailabilityInput,
    AvailabilitySerializer,
    ExplainInput,
    ExplanationSerializer,
    HoldInput,
    HoldSerializer,
    OfferInput,
    OfferSerializer,
)
from hotel.reservations.api.serializers.parties import occupancy_read
from hotel.reservations.models import PriceHold
from hotel.reservations.selectors.availability import alternatives, availability, day_use_availability
from hotel.reservations.selectors.explanations import closed_plans
from hotel.reservations.selectors.offers import OfferQuestion, offers
from hotel.reservations.services.holds import hold_create, hold_release
from hotel.rooms.selectors.inventory import availability_explained

LISTS = ("room_types", "rate_plans", "child_ages")


class AskViewSet(PropertyScopedViewSet):
    """Questions by GET (query parameters) or POST (a body); nothing is written."""

    is_abstract: ClassVar[bool] = True
    queryset = Property.objects.all()
    pagination_class = None
    filter_backends: ClassVar[list[Any]] = []

    def asked(self, serializer: Any, source: str = "query") -> dict[str, Any]:
        """The validated question; in a query, lists repeat their name and ``children[child]=1`` names bands."""
        data: Any = self.request.data
        if source == "query":
            params = self.request.query_params
            data = {name: params.getlist(name) if name in LISTS else params[name] for name in params}
            bands = {name[9:-1]: value for name, value in params.items() if name.startswith("children[")}
            data = {name: value for name, value in data.items() if not name.startswith("children[")}
            if bands:
                data["children"] = bands
        read = serializer(data=data, context=self.get_serializer_context())
        read.is_valid(raise_exception=True)
        return read.validated_data


class QuoteViewSet(AskViewSet):
    """Offers: every plan in every type for a stay, explained to the cent, with rooms left."""

    area = "reservations"
    serializer_class = OfferSerializer
    verbs: ClassVar[dict[str, str]] = {"create": "view"}

    @extend_schema(parameters=[OfferInput], responses=OfferSerializer(many=True), operation_id="quotes_list")
    def list(self, request: Any) -> Response:
        """Offers for a stay, or for some hours of a day, cheapest first."""
        return self._offers(self.asked(OfferInput))

    @extend_schema(request=OfferInput, responses={200: OfferSerializer(many=True)}, operation_id="quotes_ask")
    def create(self, request: Any) -> Response:
        """The same question as a body; nothing is written."""
        return self._offers(self.asked(OfferInput, "body"))

    def _offers(self, asked: dict[str, Any]) -> Response:
        place, company = asked["property"], asked["company"]
        occupancy = occupancy_read(asked, place.pk)
        assert occupancy is not None  # noqa: S101  (adults is required)
        question = OfferQuestion(
            place=place,
            arrival=asked["arrival"],
            departure=asked["departure"],
            occupancy=occupancy,
            room_type_ids=asked.get("room_types"),
            rate_plan_ids=asked.get("rate_plans"),
            promo_code=asked["promo_code"],
            company_id=company.pk if company else None,
            rooms=asked["rooms"],
            include_closed=asked["include_closed"],
            hours=asked["hours"],
        )
        return Response(OfferSerializer(offers(question), many=True).data)


class AvailabilityViewSet(AskViewSet):
    """What can be sold, and why not more."""

    area = "reservations"
    serializer_class = AvailabilitySerializer
    verbs: ClassVar[dict[str, str]] = {"explain": "view"}

    @extend_schema(
        parameters=[AvailabilityInput],
        responses=forced_singular_serializer(AvailabilitySerializer),
        operation_id="availability_read",
    )
    def list(self, request: Any) -> Response:
        """Rooms left per type and night, or in some hours of a day; alternatives when a type asked for is sold out.

        Alternatives are told for nights only.
        """
        asked = self.asked(AvailabilityInput)
        place, arrival, departure = asked["property"], asked["arrival"], asked["departure"]
        wished, hours, others = asked.get("room_types"), asked["hours"], None
        party = occupancy_read(asked, place.pk)
        if hours is not None:
            entries = day_use_availability(place, arrival, hours, room_type_ids=wished, occupancy=party)
        else:
            entries = availability(place, arrival, departure, room_type_ids=wished, occupancy=party)
        if hours is None and not any(entry.sellable >= asked["rooms"] for entry in entries):
            single = wished[0] if wished and len(wished) == 1 else None
            others = alternatives(place, arrival, departure, room_type_id=single, rooms=asked["rooms"])
        data = {
            "property": place.pk,
            "arrival": arrival,
            "departure": departure,
            "room_types": entries,
            "alternatives": others
            and {
                "room_types": others.room_types,
                "dates": [{"room_type": key, "arrivals": days} for key, days in others.dates.items()],
            },
        }
        return Response(AvailabilitySerializer(data).data)

    @extend_schema(
        parameters=[ExplainInput], responses=ExplanationSerializer, operation_id="availability_explain"
    )
    @action(detail=False, methods=["get"])
    def explain(self, request: Any) -> Response:
        """Why: the parts of each count, and the restriction, level and date that closes each plan."""
        asked = self.asked(ExplainInput)
        place, arrival, departure = asked["property"], asked["arrival"], asked["departure"]
        types = asked.get("room_types")
        data = {
            "nights": availability_explained(place.pk, arrival, departure, types),
            "plans": closed_plans(place, arrival, departure, types, asked.get("rate_plans")),
        }
        return Response(ExplanationSerializer(data).data)


class HoldViewSet(ReadViewSet):
    """Price holds: rooms and a price kept for some minutes while somebody decides."""

    area = "reservations"
    queryset = PriceHold.objects.all()
    serializer_class = HoldSerializer
    filterset_class = HoldFilter
    verbs: ClassVar[dict[str, str]] = {"release": "manage"}
    idempotent = frozenset({"create"})
    http_method_names: ClassVar[list[str]] = ["get", "post", "head", "options"]

    @extend_schema(request=HoldInput, responses={201: HoldSerializer})
    def create(self, request: Any, *args: Any, **kwargs: Any) -> Response:
        """Hold rooms at today's price; use the hold's id in a booking before it expires."""
        body = HoldInput(data=request.data, context=self.get_serializer_context())
        body.is_valid(raise_exception=True)
        attrs = body.validated_data
        place, company = attrs["property"], attrs["company"]
        hold = hold_create(
            place=place,
            stay=reservation_data(attrs, place.pk),
            actor=request.user,
            quantity=attrs["quantity"],
            minutes=attrs["minutes"],
            company_id=company.pk if company else None,
            override_reason=attrs["override_reason"],
        )
        return Response(HoldSerializer(hold).data, status=201)

    @extend_schema(request=None, responses=HoldSerializer)
    @action(detail=True, methods=["post"])
    def release(self, request: Any, pk: Any = None) -> Response:
        """Give the rooms back now; a hold that has ended stays as it is."""
        return Response(HoldSerializer(hold_release(hold=self.get_object())).data)
