"""Endpoints of cancellation, deposit and no-show policies."""

from typing import Any, ClassVar

from rest_framework.response import Response

from hotel.core.api.versions import expected_version
from hotel.properties.api.mixins import ReadViewSet
from hotel.rates.api import filters
from hotel.rates.api.serializers import policies as serializers
from hotel.rates.models import CancellationPolicy, DepositPolicy, NoShowPolicy
from hotel.rates.services.policies import policy_change, policy_create


class PolicyViewSet(ReadViewSet):
    """What the three kinds of policies share."""

    is_abstract: ClassVar[bool] = True
    search_fields = ["code", "name"]
    ordering_fields = ["code", "name"]
    default_ordering = ["property_id", "code"]
    versioned: ClassVar[frozenset[str]] = frozenset({"retrieve", "create", "partial_update"})

    def create(self, request: Any) -> Response:
        """Make a policy with its steps, in order."""
        form = self.get_serializer(data=request.data)
        form.is_valid(raise_exception=True)
        values, steps = form.split()
        place = form.validated_data["property"]
        made = policy_create(model=self.queryset.model, place=place, values=values, steps=steps or [])
        return self.answer(self.get_serializer(made).data, status=201, version=made.version)

    def partial_update(self, request: Any, pk: int) -> Response:
        """Change a policy for bookings to come; bookings made keep the copy they were made with."""
        policy = self.get_object()
        form = self.get_serializer(policy, data=request.data, partial=True)
        form.is_valid(raise_exception=True)
        values, steps = form.split()
        changed = policy_change(
            policy=policy, values=values, steps=steps, expected_version=expected_version(request)
        )
        return self.answer(self.get_serializer(changed).data, version=changed.version)


class CancellationPolicyViewSet(PolicyViewSet):
    """Cancellation policies: any number of steps; the dearest whose deadline has come counts."""

    area = "rates"
    queryset = CancellationPolicy.objects.select_related("property").prefetch_related("steps")
    serializer_class = serializers.CancellationPolicySerializer
    filterset_class = filters.CancellationPolicyFilter


class DepositPolicyViewSet(PolicyViewSet):
    """Deposit policies: any number of instalments."""

    area = "rates"
    queryset = DepositPolicy.objects.select_related("property").prefetch_related("steps")
    serializer_class = serializers.DepositPolicySerializer
    filterset_class = filters.DepositPolicyFilter


class NoShowPolicyViewSet(PolicyViewSet):
    """No-show policies: what is owed by guests who do not come."""

    area = "rates"
    queryset = NoShowPolicy.objects.select_related("property")
    serializer_class = serializers.NoShowPolicySerializer
    filterset_class = filters.NoShowPolicyFilter
