"""Signing in and out, and who one is."""

from typing import Any, ClassVar

from django.contrib.auth import authenticate, login, logout, update_session_auth_hash
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.permissions import AllowAny, IsAuthenticated
from rest_framework.response import Response

from hotel.accounts.api import serializers
from hotel.accounts.api.authentication import NobodyYet
from hotel.accounts.api.throttling import LoginThrottle
from hotel.accounts.door import remember
from hotel.accounts.selectors.rights import grants_by_property
from hotel.accounts.services.users import own_password_change
from hotel.core.api.viewsets import PmsViewSet
from hotel.core.exceptions import NotPermitted


def me(user: Any) -> Any:
    """The caller as JSON."""
    return serializers.MeSerializer({"user": user, "grants": grants_by_property(user)}).data


class AuthViewSet(PmsViewSet):
    """Sessions of people. Machines send a token with each request instead."""

    area = "accounts"
    verbs: ClassVar[dict[str, str]] = {"login": "view", "logout": "view", "password": "view"}
    permission_classes = [IsAuthenticated]
    filter_backends: ClassVar[list[Any]] = []
    pagination_class = None

    @extend_schema(
        request=serializers.LoginSerializer,
        responses=serializers.MeSerializer,
        auth=[],
        operation_id="auth_login",
    )
    @action(
        detail=False,
        methods=["post"],
        permission_classes=[AllowAny],
        authentication_classes=[NobodyYet],
        throttle_classes=[LoginThrottle],
    )
    def login(self, request: Any) -> Response:
        """Sign a person in; the answer sets the session cookie and the CSRF cookie for later writes."""
        form = serializers.LoginSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        user = authenticate(request._request, **form.validated_data)
        if user is None:
            raise AuthenticationFailed("User name and password do not match.")
        login(request._request, user)
        response = self.answer(me(user))
        remember(request._request, response, user)
        return response

    @extend_schema(request=None, responses={204: None}, operation_id="auth_logout")
    @action(detail=False, methods=["post"])
    def logout(self, request: Any) -> Response:
        """End the session."""
        logout(request._request)
        return self.answer(None, status=204)

    @extend_schema(
        request=serializers.OwnPasswordSerializer, responses={204: None}, operation_id="auth_password"
    )
    @action(detail=False, methods=["post"], throttle_classes=[LoginThrottle])
    def password(self, request: Any) -> Response:
        """Change one's own password; other sessions of the same person end."""
        if request.auth is not None:
            raise NotPermitted("Sign in to change your password.", code="token_not_enough")
        form = serializers.OwnPasswordSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        user = own_password_change(user=request.user, **form.validated_data)
        update_session_auth_hash(request._request, user)
        return self.answer(None, status=204)


class MeViewSet(PmsViewSet):
    """The caller."""

    area = "accounts"
    permission_classes = [IsAuthenticated]
    serializer_class = serializers.MeSerializer
    filter_backends: ClassVar[list[Any]] = []

    @extend_schema(responses=serializers.MeSerializer, operation_id="me_retrieve")
    def retrieve(self, request: Any) -> Response:
        """Who one is and what one may do, per property."""
        return self.answer(me(request.user))
