"""Endpoints of rounds and discrepancies."""

from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.response import Response

from hotel.operations.api import serializers
from hotel.operations.api.base import OperationsViewSet
from hotel.operations.api.filters import DiscrepancyFilter, HousekeepingRoundFilter
from hotel.operations.domain.rounds import Split
from hotel.operations.models import Discrepancy, HousekeepingRound
from hotel.operations.selectors.rounds import rounds_with_load
from hotel.operations.services.discrepancies import discrepancy_resolve, room_found
from hotel.operations.services.rounds import round_open, round_target_set, rounds_apply, rounds_propose


class HousekeepingRoundViewSet(OperationsViewSet):
    """Who works on a day, how many credits are a full round for him, and what he has in it."""

    verbs: ClassVar[dict[str, str]] = {"target": "manage", "propose": "manage", "apply": "manage"}
    versioned = frozenset({"retrieve", "target"})
    queryset = HousekeepingRound.objects.all()
    serializer_class = serializers.HousekeepingRoundSerializer
    filterset_class = HousekeepingRoundFilter
    search_fields = ["attendant__username"]
    ordering_fields = ["business_date"]
    default_ordering = ["-business_date"]

    def get_queryset(self) -> Any:
        """With what is in them."""
        return rounds_with_load(super().get_queryset())

    def create(self, request: Any) -> Response:
        """Let somebody have a round today; 409 ``round_exists`` when he has one."""
        values = self.read(serializers.HousekeepingRoundSerializer)
        return self.told(round_open(place=values.pop("property"), **values), status=201)

    @extend_schema(request=serializers.RoundTargetInput, responses=serializers.HousekeepingRoundSerializer)
    @action(detail=True, methods=["post"])
    def target(self, request: Any, pk: int) -> Response:
        """Say how many credits are a full round for him."""
        values, version = self.read(serializers.RoundTargetInput), self.seen()["expected_version"]
        return self.told(round_target_set(sheet=self.get_object(), expected_version=version, **values))

    @extend_schema(request=serializers.RoundsInput, responses=serializers.SplitSerializer)
    @action(detail=False, methods=["post"])
    def propose(self, request: Any) -> Response:
        """How the tasks of today that are nobody's would be split over the rounds; changes nothing."""
        return self.split(rounds_propose(place=self.read(serializers.RoundsInput)["property"]))

    @extend_schema(request=serializers.RoundsInput, responses=serializers.SplitSerializer)
    @action(detail=False, methods=["post"])
    def apply(self, request: Any) -> Response:
        """Assign the tasks of today that are nobody's as proposed now; the answer says who got what."""
        place = self.read(serializers.RoundsInput)["property"]
        return self.split(rounds_apply(place=place, actor=request.user))

    def told(self, row: HousekeepingRound, status: int = 200) -> Response:
        """How the round stands now."""
        fresh = self.get_queryset().get(pk=row.pk)
        return self.answer(self.get_serializer(fresh).data, status=status, version=fresh.version)

    def split(self, split: Split) -> Response:
        """Who does what."""
        tasks = [{"task": task, "attendant": who} for task, who in sorted(split.attendants.items())]
        rounds = [{"attendant": who, "credits": held} for who, held in split.credits.items()]
        values = {"tasks": tasks, "rounds": rounds, "spread": split.spread}
        return self.answer(serializers.SplitSerializer(values).data)


class DiscrepancyViewSet(OperationsViewSet):
    """Rooms that were found otherwise than the front office has them; the newest first."""

    verbs: ClassVar[dict[str, str]] = {"found": "work", "resolve": "manage"}
    queryset = Discrepancy.objects.all()
    serializer_class = serializers.DiscrepancySerializer
    filterset_class = DiscrepancyFilter
    search_fields = ["room__number"]
    ordering_fields = ["found_at", "business_date"]
    default_ordering = ["-found_at"]

    @extend_schema(request=serializers.FoundInput, responses=serializers.FoundSerializer)
    @action(detail=False, methods=["post"])
    def found(self, request: Any) -> Response:
        """Say how a room was found; the answer says what differs from the front office, if anything does."""
        row = room_found(actor=request.user, **self.read(serializers.FoundInput))
        return self.answer(serializers.FoundSerializer({"discrepancy": row}).data)

    @extend_schema(request=serializers.ResolveInput, responses=serializers.DiscrepancySerializer)
    @action(detail=True, methods=["post"])
    def resolve(self, request: Any, pk: int) -> Response:
        """Say what it was."""
        row = discrepancy_resolve(
            discrepancy=self.get_object(), actor=request.user, **self.read(serializers.ResolveInput)
        )
        return self.answer(self.get_serializer(row).data)
