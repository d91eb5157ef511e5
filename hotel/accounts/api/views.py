"""Endpoints of users, roles and tokens."""

from datetime import timedelta
from typing import Any, ClassVar

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.decorators import action
from rest_framework.response import Response

from hotel.accounts.api import filters, serializers, token_serializers
from hotel.accounts.models import ApiToken, Role, RoleAssignment, User
from hotel.accounts.selectors.rights import rights_of
from hotel.accounts.services.role_changes import rights_known, role_change, role_clone, role_delete
from hotel.accounts.services.roles import role_assign, role_revoke
from hotel.accounts.services.second_factors import factors_reset
from hotel.accounts.services.tokens import token_issue, token_revoke, token_rotate
from hotel.accounts.services.users import (
    user_activate,
    user_change,
    user_create,
    user_deactivate,
    user_password_set,
)
from hotel.core.exceptions import InvalidInput
from hotel.core.words import _
from hotel.properties.api.mixins import ReadViewSet
from hotel.properties.scoping import grants_of


class UserViewSet(ReadViewSet):
    """People and machines who belong to a property where the caller holds the right; never deleted."""

    area = "accounts"
    verbs: ClassVar[dict[str, str]] = {
        "deactivate": "manage",
        "activate": "manage",
        "password": "manage",
        "reset_second_factors": "manage",
        "rights": "view",
    }
    step_up = frozenset({"password", "reset_second_factors"})
    secret = frozenset({"password"})
    queryset = User.objects.select_related("staff_profile")
    serializer_class = serializers.UserSerializer
    filterset_class = filters.UserFilter
    search_fields = ["username", "email", "first_name", "last_name", "display_name"]
    ordering_fields = ["username", "last_name", "date_joined"]
    default_ordering = ["username"]

    @extend_schema(request=serializers.UserCreateSerializer, responses={201: serializers.UserSerializer})
    def create(self, request: Any) -> Response:
        """Make a person or a machine at home at a property, without any role yet."""
        form = serializers.UserCreateSerializer(data=request.data, context=self.get_serializer_context())
        form.is_valid(raise_exception=True)
        values = form.values()
        user = user_create(
            home=values.pop("home_property"),
            password=values.pop("password", ""),
            is_machine=values.pop("is_machine", False),
            values=values,
            by=request.user,
        )
        return self.answer(self.get_serializer(user).data, status=201)

    def partial_update(self, request: Any, pk: int) -> Response:
        """Change a user whose every property the caller manages.

        The user name and e-mail address can be changed only by who holds every right of the user.
        """
        user = self.get_object()
        form = self.get_serializer(user, data=request.data, partial=True)
        form.is_valid(raise_exception=True)
        return self.answer(
            self.get_serializer(user_change(user=user, changes=form.values(), by=request.user)).data
        )

    @extend_schema(request=None, responses=serializers.UserSerializer)
    @action(detail=True, methods=["post"])
    def deactivate(self, request: Any, pk: int) -> Response:
        """Shut a user out at once: sessions end, tokens are revoked for good."""
        user_deactivate(user=self.get_object(), by=request.user)
        return self.answer(self.get_serializer(self.get_object()).data)

    @extend_schema(request=None, responses=serializers.UserSerializer)
    @action(detail=True, methods=["post"])
    def activate(self, request: Any, pk: int) -> Response:
        """Let a user in again, with the roles still assigned."""
        user_activate(user=self.get_object(), by=request.user)
        return self.answer(self.get_serializer(self.get_object()).data)

    @extend_schema(request=serializers.PasswordSerializer, responses={204: None})
    @action(detail=True, methods=["post"])
    def password(self, request: Any, pk: int) -> Response:
        """Give a person another password; the caller holds every right of the person."""
        form = serializers.PasswordSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        user_password_set(user=self.get_object(), **form.validated_data, by=request.user)
        return self.answer(None, status=204)

    @extend_schema(request=None, responses={204: None})
    @action(detail=True, methods=["post"], url_path="reset-second-factors")
    def reset_second_factors(self, request: Any, pk: int) -> Response:
        """Take the second step of a person away who has lost it; the caller holds every right of the person."""
        factors_reset(user=self.get_object(), by=request.user)
        return self.answer(None, status=204)

    @extend_schema(
        parameters=[OpenApiParameter("property", int, description="Only at this property.")],
        responses=serializers.RightSerializer(many=True),
        filters=False,
    )
    @action(detail=True, pagination_class=None, filterset_class=None)
    def rights(self, request: Any, pk: int) -> Response:
        """What a user may do where the caller sees accounts, and through which roles."""
        ids = grants_of(request.user).property_ids("view", self.area)
        wanted = request.query_params.get("property")
        if wanted is not None:
            if not wanted.isdecimal():
                raise InvalidInput(_("Give the id of a property."), fields={"property": [_("Not an id.")]})
            ids &= {int(wanted)}
        found = rights_of(self.get_object(), ids)
        return self.answer(serializers.RightSerializer(found, many=True).data)


class RoleViewSet(ReadViewSet):
    """Roles of the chains in which the caller sees accounts."""

    area = "accounts"
    verbs: ClassVar[dict[str, str]] = {"clone": "manage", "areas": "view"}
    queryset = Role.objects.prefetch_related("permissions", "limits")
    serializer_class = serializers.RoleSerializer
    filterset_class = filters.RoleFilter
    search_fields = ["code", "name"]
    ordering_fields = ["code", "name"]
    default_ordering = ["name"]

    def partial_update(self, request: Any, pk: int) -> Response:
        """Change a role for all its holders at once.

        The caller manages accounts wherever the role is assigned and holds there all that it gives.
        ``rights`` and ``limits`` replace what the role had.
        """
        role = self.get_object()
        form = self.get_serializer(role, data=request.data, partial=True)
        form.is_valid(raise_exception=True)
        values = dict(form.validated_data)
        limits = values.pop("limits", None)
        role = role_change(
            role=role,
            rights=values.pop("permissions", None),
            limits=None if limits is None else [(row["kind"], row["amount"]) for row in limits],
            changes=values,
            by=request.user,
        )
        return self.answer(self.get_serializer(self.get_object()).data)

    def destroy(self, request: Any, pk: int) -> Response:
        """Delete a role that nobody holds and that was not seeded."""
        role_delete(role=self.get_object(), by=request.user)
        return self.answer(None, status=204)

    @extend_schema(request=serializers.RoleCloneSerializer, responses={201: serializers.RoleSerializer})
    @action(detail=True, methods=["post"])
    def clone(self, request: Any, pk: int) -> Response:
        """Copy a role with its rights and limits under another code."""
        form = serializers.RoleCloneSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        copy = role_clone(role=self.get_object(), **form.validated_data, by=request.user)
        return self.answer(self.get_serializer(copy).data, status=201)

    @extend_schema(responses=serializers.AreaSerializer(many=True), filters=False)
    @action(detail=False, pagination_class=None, filterset_class=None)
    def areas(self, request: Any) -> Response:
        """Every area of the house and the verbs that roles can grant on it."""
        rows = [{"area": area, "verbs": verbs} for area, verbs in rights_known().items()]
        return self.answer(serializers.AreaSerializer(rows, many=True).data)


class RoleAssignmentViewSet(ReadViewSet):
    """Who holds which role at which property or group; effective at once."""

    area = "accounts"
    step_up = frozenset({"create"})
    queryset = RoleAssignment.objects.all()
    serializer_class = serializers.RoleAssignmentSerializer
    filterset_class = filters.RoleAssignmentFilter
    search_fields = ["user__username", "user__display_name", "role__code", "role__name"]
    ordering_fields = ["created_at"]
    default_ordering = ["-created_at"]

    def create(self, request: Any) -> Response:
        """Assign a role to somebody else; the same again changes its dates.

        The caller manages accounts at every property it reaches and holds there all that the role gives.
        """
        form = self.get_serializer(data=request.data)
        form.is_valid(raise_exception=True)
        values = dict(form.validated_data)
        assignment = role_assign(place=values.pop("property", None), **values, by=request.user)
        return self.answer(self.get_serializer(assignment).data, status=201)

    def destroy(self, request: Any, pk: int) -> Response:
        """Revoke it; the rights end at once."""
        role_revoke(assignment=self.get_object(), by=request.user)
        return self.answer(None, status=204)


class ApiTokenViewSet(ReadViewSet):
    """Tokens of machines for properties where the caller sees accounts."""

    area = "accounts"
    verbs: ClassVar[dict[str, str]] = {"revoke": "manage", "rotate": "manage"}
    step_up = frozenset({"create", "rotate"})
    queryset = ApiToken.objects.prefetch_related("properties")
    serializer_class = token_serializers.ApiTokenSerializer
    filterset_class = filters.ApiTokenFilter
    search_fields = ["name", "prefix", "user__username"]
    ordering_fields = ["name", "expires_at", "last_used_at"]
    default_ordering = ["-created_at"]

    @extend_schema(responses={201: token_serializers.IssuedTokenSerializer})
    def create(self, request: Any) -> Response:
        """Issue a token; its secret is in this answer and never again.

        Neither the caller nor the token's user may lack any of its rights at any of its properties.
        """
        form = self.get_serializer(data=request.data)
        form.is_valid(raise_exception=True)
        issued = token_issue(**form.validated_data, by=request.user)
        return self._issued(issued)

    @extend_schema(request=None, responses=token_serializers.ApiTokenSerializer)
    @action(detail=True, methods=["post"])
    def revoke(self, request: Any, pk: int) -> Response:
        """End a token at once."""
        token = token_revoke(token=self.get_object(), by=request.user)
        return self.answer(self.get_serializer(token).data)

    @extend_schema(
        request=token_serializers.RotationSerializer, responses={201: token_serializers.IssuedTokenSerializer}
    )
    @action(detail=True, methods=["post"])
    def rotate(self, request: Any, pk: int) -> Response:
        """Issue a successor with the same rights and life; the old token works for the overlap."""
        form = token_serializers.RotationSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        overlap = timedelta(hours=form.validated_data["overlap_hours"])
        return self._issued(token_rotate(token=self.get_object(), overlap=overlap, by=request.user))

    def _issued(self, issued: Any) -> Response:
        body = token_serializers.IssuedTokenSerializer(issued, context=self.get_serializer_context()).data
        response = self.answer(body, status=201)
        response["Cache-Control"] = "no-store"
        return response
