"""Endpoints of rights, duties and the policy."""

from typing import Any, ClassVar

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.decorators import action
from rest_framework.response import Response

from hotel.accounts.api.serializers import RightSerializer
from hotel.accounts.models import User
from hotel.accounts.selectors.rights import rights_of
from hotel.core.exceptions import InvalidInput, NotFound
from hotel.core.words import _
from hotel.properties.api.mixins import ReadViewSet
from hotel.properties.scoping import grants_of
from security.api import access_filters as filters
from security.api import access_serializers as serializers
from security.models import AccessPolicy, DutyConflict, Permission
from security.selectors.findings import findings_at, matrix_at
from security.services.catalogue import (
    duty_conflict_change,
    duty_conflict_create,
    duty_conflict_delete,
    permission_change,
    policy_change,
)

PLACE = OpenApiParameter("property", int, required=True, description="At this property.")


class PermissionViewSet(ReadViewSet):
    """The rights of the house, each a verb on an area, as a chain looks at them."""

    area = "security"
    verbs: ClassVar[dict[str, str]] = {"matrix": "view", "findings": "view", "effective": "view"}
    queryset = Permission.objects.all()
    serializer_class = serializers.PermissionSerializer
    filterset_class = filters.PermissionFilter
    search_fields = ["area", "verb"]
    ordering_fields = ["area", "verb", "risk"]
    default_ordering = ["area", "verb"]

    def partial_update(self, request: Any, pk: int) -> Response:
        """Say how risky a right is, and whether a second person must agree before anybody gains it.

        The caller manages security at every property of the chain.
        """
        form = self.get_serializer(self.get_object(), data=request.data, partial=True)
        form.is_valid(raise_exception=True)
        row = permission_change(permission=form.instance, changes=form.validated_data, by=request.user)
        return self.answer(self.get_serializer(row).data)

    @extend_schema(parameters=[PLACE], responses=serializers.MatrixRowSerializer(many=True), filters=False)
    @action(detail=False, pagination_class=None, filterset_class=None)
    def matrix(self, request: Any) -> Response:
        """Everybody who may do something at a property: person by person, area to verbs."""
        rows = matrix_at(self._place(request))
        return self.answer(serializers.MatrixRowSerializer(rows, many=True).data)

    @extend_schema(parameters=[PLACE], responses=serializers.FindingSerializer(many=True), filters=False)
    @action(detail=False, pagination_class=None, filterset_class=None)
    def findings(self, request: Any) -> Response:
        """Everybody who holds duties together at a property that are to be kept apart."""
        rows = findings_at(self._place(request))
        return self.answer(serializers.FindingSerializer(rows, many=True).data)

    @extend_schema(
        parameters=[
            OpenApiParameter("user", int, required=True, description="Of this person or machine."),
            OpenApiParameter("property", int, description="Only at this property."),
        ],
        responses=RightSerializer(many=True),
        filters=False,
    )
    @action(detail=False, pagination_class=None, filterset_class=None)
    def effective(self, request: Any) -> Response:
        """What somebody may do where the caller sees security, and why: through which role, group or grant."""
        ids = grants_of(request.user).property_ids("view", self.area)
        if "property" in request.query_params:
            ids &= {self._place(request).pk}
        wanted = request.query_params.get("user", "")
        if not wanted.isdecimal():
            raise InvalidInput(_("Give the id of a user."), fields={"user": [_("Not an id.")]})
        user = (
            User.objects.visible_to(request.user, "view", self.area)
            .filter(pk=min(int(wanted), 2**62))
            .first()
        )
        if user is None:
            raise NotFound(_("There is no such user."))
        return self.answer(RightSerializer(rights_of(user, ids), many=True).data)

    def _place(self, request: Any) -> Any:
        form = serializers.PlaceQuerySerializer(
            data=request.query_params.dict(), context=self.get_serializer_context()
        )
        form.is_valid(raise_exception=True)
        return form.validated_data["property"]


class DutyConflictViewSet(ReadViewSet):
    """Pairs of rights that one person should not hold at one property: shown, or refused."""

    area = "security"
    queryset = DutyConflict.objects.select_related("first", "second")
    serializer_class = serializers.DutyConflictSerializer
    filterset_class = filters.DutyConflictFilter
    search_fields = ["reason"]
    ordering_fields = ["created_at"]
    default_ordering = ["-created_at"]

    def create(self, request: Any) -> Response:
        """Keep two rights apart; the caller manages security at every property of the chain."""
        form = self.get_serializer(data=request.data)
        form.is_valid(raise_exception=True)
        rule = duty_conflict_create(**form.validated_data, by=request.user)
        return self.answer(self.get_serializer(rule).data, status=201)

    @extend_schema(
        request=serializers.DutyConflictChangeSerializer, responses=serializers.DutyConflictSerializer
    )
    def partial_update(self, request: Any, pk: int) -> Response:
        """Change what happens, or why."""
        rule = self.get_object()
        form = serializers.DutyConflictChangeSerializer(rule, data=request.data, partial=True)
        form.is_valid(raise_exception=True)
        rule = duty_conflict_change(rule=rule, changes=form.validated_data, by=request.user)
        return self.answer(self.get_serializer(rule).data)

    def destroy(self, request: Any, pk: int) -> Response:
        """Let the two rights be held together again."""
        duty_conflict_delete(rule=self.get_object(), by=request.user)
        return self.answer(None, status=204)


class AccessPolicyViewSet(ReadViewSet):
    """How a chain looks after its rights: reviews, dormant people, emergencies."""

    area = "security"
    queryset = AccessPolicy.objects.prefetch_related("second_factor_roles")
    serializer_class = serializers.AccessPolicySerializer
    filterset_class = filters.AccessPolicyFilter
    ordering_fields = ["chain"]
    default_ordering = ["chain"]

    def partial_update(self, request: Any, pk: int) -> Response:
        """Change the policy; the caller manages security at every property of the chain."""
        form = self.get_serializer(self.get_object(), data=request.data, partial=True)
        form.is_valid(raise_exception=True)
        row = policy_change(policy=form.instance, changes=form.validated_data, by=request.user)
        return self.answer(self.get_serializer(row).data)
