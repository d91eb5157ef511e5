"""Endpoints of requests for rights, access reviews and emergencies."""

from typing import Any, ClassVar

from django.db.models import Count, Q
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.response import Response

from hotel.properties.api.mixins import ReadViewSet
from security.api import access_filters as filters
from security.api import request_serializers as serializers
from security.choices import ReviewDecision
from security.models import AccessRequest, AccessReview, AccessReviewItem, EmergencyAccess
from security.services.access_requests import (
    access_request_approve,
    access_request_open,
    access_request_refuse,
    access_request_withdraw,
)
from security.services.emergencies import emergency_close, emergency_open, emergency_review
from security.services.reviews import access_review_close, access_review_open, review_item_decide


class AccessRequestViewSet(ReadViewSet):
    """Roles that somebody shall hold, if a second person agrees."""

    area = "security"
    verbs: ClassVar[dict[str, str]] = {"approve": "approve", "refuse": "approve", "withdraw": "manage"}
    queryset = AccessRequest.objects.all()
    serializer_class = serializers.AccessRequestSerializer
    filterset_class = filters.AccessRequestFilter
    search_fields = ["reason"]
    ordering_fields = ["created_at", "lapses_at"]
    default_ordering = ["-created_at"]

    def create(self, request: Any) -> Response:
        """Ask for a role for somebody else; nothing is given yet.

        The caller could give it himself: he manages accounts there and holds all that the role gives.
        """
        form = self.get_serializer(data=request.data)
        form.is_valid(raise_exception=True)
        wanted, reason = form.wanted()
        row = access_request_open(wanted=wanted, reason=reason, by=request.user)
        return self.answer(self.get_serializer(row).data, status=201)

    @extend_schema(request=serializers.ReasonSerializer, responses=serializers.AccessRequestSerializer)
    @action(detail=True, methods=["post"])
    def approve(self, request: Any, pk: int) -> Response:
        """Agree; the role is assigned at once. Neither who asked nor who gains may agree."""
        access_request_approve(request=self.get_object(), reason=self._reason(request), by=request.user)
        return self.answer(self.get_serializer(self.get_object()).data)

    @extend_schema(request=serializers.ReasonSerializer, responses=serializers.AccessRequestSerializer)
    @action(detail=True, methods=["post"])
    def refuse(self, request: Any, pk: int) -> Response:
        """Say no, and why."""
        row = access_request_refuse(request=self.get_object(), reason=self._reason(request), by=request.user)
        return self.answer(self.get_serializer(row).data)

    @extend_schema(request=None, responses=serializers.AccessRequestSerializer)
    @action(detail=True, methods=["post"])
    def withdraw(self, request: Any, pk: int) -> Response:
        """Take one's own request back."""
        row = access_request_withdraw(request=self.get_object(), by=request.user)
        return self.answer(self.get_serializer(row).data)

    def _reason(self, request: Any) -> str:
        form = serializers.ReasonSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        return form.validated_data["reason"]


class AccessReviewViewSet(ReadViewSet):
    """Reviews of all rights at a property; their lines are ``security/access-control/review-items``."""

    area = "security"
    verbs: ClassVar[dict[str, str]] = {"close": "manage"}
    queryset = AccessReview.objects.annotate(
        open_items=Count("items", filter=Q(items__decision=ReviewDecision.OPEN))
    )
    serializer_class = serializers.AccessReviewSerializer
    filterset_class = filters.AccessReviewFilter
    search_fields = ["name"]
    ordering_fields = ["created_at", "due_on"]
    default_ordering = ["-created_at"]

    def create(self, request: Any) -> Response:
        """Write down who holds what at a property, to be decided line by line."""
        form = self.get_serializer(data=request.data)
        form.is_valid(raise_exception=True)
        values = dict(form.validated_data)
        place = values.pop("property")
        self.require_at(place.pk)
        row = access_review_open(place=place, **values, by=request.user)
        return self.answer(self.get_serializer(self.get_queryset().get(pk=row.pk)).data, status=201)

    @extend_schema(request=None, responses=serializers.AccessReviewSerializer)
    @action(detail=True, methods=["post"])
    def close(self, request: Any, pk: int) -> Response:
        """End the review; what is undecided stays, or goes when the review says so."""
        access_review_close(review=self.get_object(), by=request.user)
        return self.answer(self.get_serializer(self.get_object()).data)


class AccessReviewItemViewSet(ReadViewSet):
    """The lines of access reviews: what one person or token held, and what was decided."""

    area = "security"
    verbs: ClassVar[dict[str, str]] = {"decide": "manage"}
    queryset = AccessReviewItem.objects.select_related("user")
    serializer_class = serializers.AccessReviewItemSerializer
    filterset_class = filters.AccessReviewItemFilter
    search_fields = ["title", "user__username", "user__display_name"]
    ordering_fields = ["created_at"]
    default_ordering = ["-created_at"]

    @extend_schema(request=serializers.DecisionSerializer, responses=serializers.AccessReviewItemSerializer)
    @action(detail=True, methods=["post"])
    def decide(self, request: Any, pk: int) -> Response:
        """Keep the rights, or revoke them at once; not one's own. Revoking needs ``manage`` on accounts."""
        form = serializers.DecisionSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        row = review_item_decide(item=self.get_object(), **form.validated_data, by=request.user)
        return self.answer(self.get_serializer(row).data)


class EmergencyAccessViewSet(ReadViewSet):
    """The glass that was broken: more rights for some minutes, taken by oneself and looked at by others."""

    area = "security"
    verbs: ClassVar[dict[str, str]] = {"create": "break_glass", "close": "approve", "review": "approve"}
    queryset = EmergencyAccess.objects.all()
    serializer_class = serializers.EmergencyAccessSerializer
    filterset_class = filters.EmergencyAccessFilter
    search_fields = ["reason"]
    ordering_fields = ["created_at", "ends_at"]
    default_ordering = ["-created_at"]

    def create(self, request: Any) -> Response:
        """Take the chain's emergency role at a property, in person; it ends by itself.

        Everybody who may agree to rights there is told by e-mail.
        """
        form = self.get_serializer(data=request.data)
        form.is_valid(raise_exception=True)
        values = dict(form.validated_data)
        row = emergency_open(place=values.pop("property"), **values, by=request.user)
        return self.answer(self.get_serializer(row).data, status=201)

    @extend_schema(request=None, responses=serializers.EmergencyAccessSerializer)
    @action(detail=True, methods=["post"])
    def close(self, request: Any, pk: int) -> Response:
        """End it before its time."""
        row = emergency_close(emergency=self.get_object(), by=request.user)
        return self.answer(self.get_serializer(row).data)

    @extend_schema(request=serializers.VerdictSerializer, responses=serializers.EmergencyAccessSerializer)
    @action(detail=True, methods=["post"])
    def review(self, request: Any, pk: int) -> Response:
        """Say afterwards whether it was justified; never of one's own."""
        form = serializers.VerdictSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        row = emergency_review(emergency=self.get_object(), **form.validated_data, by=request.user)
        return self.answer(self.get_serializer(row).data)
