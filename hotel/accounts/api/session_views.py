"""Signing in and out, and who one is."""

from typing import Any, ClassVar

from django.contrib.auth import authenticate, logout, update_session_auth_hash
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.exceptions import AuthenticationFailed, Throttled
from rest_framework.permissions import AllowAny, IsAuthenticated
from rest_framework.response import Response

from hotel.accounts.api import serializers
from hotel.accounts.api.authentication import NobodyYet
from hotel.accounts.api.throttling import LoginThrottle, PasswordThrottle
from hotel.accounts.door import confirm, enter, remember, this_session
from hotel.accounts.models import StaffSession
from hotel.accounts.selectors.rights import grants_by_property
from hotel.accounts.selectors.second_factors import factors_of
from hotel.accounts.services.second_factors import CODE_WRONG, code_accepted
from hotel.accounts.services.sessions import session_end, sessions_end
from hotel.accounts.services.sign_in import password_wait
from hotel.accounts.services.socket_tickets import TICKET_LIFE, ticket_issue
from hotel.accounts.services.users import own_password_change
from hotel.core.api.viewsets import PmsViewSet
from hotel.core.exceptions import NotPermitted, PmsError
from hotel.core.security_events import security_event
from hotel.core.words import _


class SecondFactorRequired(PmsError):
    """The password was right; a second step is needed (401)."""

    status = 401
    code = "second_factor_required"


def me(user: Any) -> Any:
    """The caller as JSON."""
    return serializers.MeSerializer({"user": user, "grants": grants_by_property(user)}).data


class AuthViewSet(PmsViewSet):
    """Sessions of people. Machines send a token with each request instead."""

    area = "accounts"
    verbs: ClassVar[dict[str, str]] = {
        "login": "view",
        "logout": "view",
        "password": "view",
        "confirm": "view",
        "sessions": "view",
        "socket_ticket": "view",
        "end_session": "view",
    }
    secret = frozenset({"login", "confirm", "password"})
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
        """Sign a person in; the answer sets the session cookie and the CSRF cookie for later writes.

        Who has a second step sends ``code`` as well, or is refused with 401 ``second_factor_required`` and, in
        ``extra.methods``, what it may be. A wrong code, or one that was used before, is 401 ``code_wrong``.
        """
        form = serializers.LoginSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        values = form.validated_data
        code = values.pop("code", "")
        user = authenticate(request._request, **values)
        if user is None:
            raise AuthenticationFailed(_("User name and password do not match."))
        enter(request._request, user, factor=self._second_step(user, code))  # type: ignore[arg-type]
        response = self.answer(me(user))
        remember(request._request, response, user)
        return response

    def _second_step(self, user: Any, code: str) -> str:
        factors = factors_of(user)
        if not factors.any:
            return ""
        if not code:
            raise SecondFactorRequired(
                _(
                    "Send the code of your app, or a recovery code, as well. Passkeys work on the log-in page."
                ),
                extra={"methods": factors.methods},
            )
        factor = code_accepted(user=user, code=code)
        if not factor:
            security_event("second_step_failed", user=user.pk)
            raise SecondFactorRequired(_(CODE_WRONG), code="code_wrong", extra={"methods": factors.methods})
        return factor

    @extend_schema(request=None, responses={204: None}, operation_id="auth_logout")
    @action(detail=False, methods=["post"])
    def logout(self, request: Any) -> Response:
        """End the session."""
        logout(request._request)
        return self.answer(None, status=204)

    @extend_schema(request=serializers.ConfirmSerializer, responses={204: None}, operation_id="auth_confirm")
    @action(detail=False, methods=["post"])
    def confirm(self, request: Any) -> Response:
        """Name one's password again: for some minutes what is delicate is open, such as refunds and tokens."""
        if request.auth is not None:
            raise NotPermitted(_("A token has no password to name."), code="token_not_enough")
        form = serializers.ConfirmSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        if wait := password_wait(user=request.user):
            raise Throttled(wait=wait)
        confirm(request._request, form.validated_data["password"], is_counted=True)
        return self.answer(None, status=204)

    @extend_schema(
        request=None, responses={201: serializers.SocketTicketSerializer}, operation_id="auth_socket_ticket"
    )
    @action(detail=False, methods=["post"], url_path="socket-ticket")
    def socket_ticket(self, request: Any) -> Response:
        """A ticket for one websocket, as ``?ticket=`` of its address: opens once, within half a minute."""
        ticket = ticket_issue(user=request.user, token=request.auth)
        body = {"ticket": ticket, "expires_in": int(TICKET_LIFE.total_seconds())}
        return self.answer(body, status=201)

    @extend_schema(responses=serializers.SessionSerializer(many=True), operation_id="auth_sessions")
    @action(detail=False, methods=["get"])
    def sessions(self, request: Any) -> Response:
        """Where one is signed in, the last used first."""
        rows = StaffSession.objects.running().filter(user=request.user)
        context = {"this": this_session(request._request)}
        return self.answer(serializers.SessionSerializer(rows, many=True, context=context).data)

    @extend_schema(request=None, responses={204: None}, operation_id="auth_session_end")
    @action(detail=False, methods=["post"], url_path="sessions/<slug:reference>/end")
    def end_session(self, request: Any, reference: str) -> Response:
        """End one of one's own sessions; its next request finds nobody signed in."""
        session_end(reference=reference, user=request.user, by=request.user)
        return self.answer(None, status=204)

    @extend_schema(
        request=serializers.OwnPasswordSerializer, responses={204: None}, operation_id="auth_password"
    )
    @action(detail=False, methods=["post"], throttle_classes=[PasswordThrottle])
    def password(self, request: Any) -> Response:
        """Change one's own password; other sessions of the same person end."""
        if request.auth is not None:
            raise NotPermitted(_("Sign in to change your password."), code="token_not_enough")
        form = serializers.OwnPasswordSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        user = own_password_change(user=request.user, **form.validated_data)
        update_session_auth_hash(request._request, user)
        sessions_end(user=user, but=this_session(request._request))
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
