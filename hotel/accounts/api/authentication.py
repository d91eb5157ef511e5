"""How callers prove who they are: a token for machines, the session for people."""

from datetime import timedelta
from typing import Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework import authentication
from rest_framework.exceptions import AuthenticationFailed

from hotel.accounts.domain.networks import is_within
from hotel.accounts.domain.tokens import is_well_formed
from hotel.accounts.models import ApiToken
from hotel.accounts.selectors.tokens import token_usable
from hotel.accounts.services.tokens import digest_of
from hotel.core.clock import now
from hotel.core.security_events import security_event


class SessionAuthentication(authentication.SessionAuthentication):
    """The staff session, with CSRF; answers 401 (not 403) when absent."""

    def authenticate_header(self, request: Any) -> str:
        """See DRF."""
        return "Session"


class NobodyYet(authentication.BaseAuthentication):
    """For signing in: looks at no session and no token, yet a refusal is a 401."""

    def authenticate(self, request: Any) -> None:
        """Nobody."""

    def authenticate_header(self, request: Any) -> str:
        """See DRF."""
        return "Session"


class TokenAuthentication(authentication.BaseAuthentication):
    """``Authorization: Bearer <token>``; one indexed look-up by hash."""

    def authenticate(self, request: Any) -> tuple[Any, ApiToken] | None:
        """The token's user, narrowed to the token's properties and rights.

        Raises:
            AuthenticationFailed: unknown, expired, revoked, its user is inactive, or it comes from elsewhere.
        """
        scheme, _, secret = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() != "bearer" or not secret:
            return None
        token = self._token(secret.strip())
        if token is None:
            raise AuthenticationFailed("This token is unknown, expired or revoked.")
        if not is_within(request.META.get("REMOTE_ADDR", ""), token.networks):
            security_event("token_from_elsewhere", token=token.pk)
            raise AuthenticationFailed("This token may not come from this address.")
        if token.last_used_at is None or now() - token.last_used_at > timedelta(minutes=1):
            ApiToken.objects.filter(pk=token.pk).update(last_used_at=now())
        token.user.grant_limit = token.limit()
        return token.user, token

    def _token(self, secret: str) -> ApiToken | None:
        return token_usable(digest_of(secret), now()) if is_well_formed(secret) else None

    def authenticate_header(self, request: Any) -> str:
        """See DRF."""
        return "Bearer"


class TokenScheme(OpenApiAuthenticationExtension):
    """Describes the token in the OpenAPI schema."""

    target_class = "hotel.accounts.api.authentication.TokenAuthentication"
    name = "token"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        """See drf-spectacular."""
        return {"type": "http", "scheme": "bearer", "description": "An API token, shown once when made."}


class SessionScheme(OpenApiAuthenticationExtension):
    """Describes the staff session in the OpenAPI schema."""

    target_class = "hotel.accounts.api.authentication.SessionAuthentication"
    name = "session"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        """See drf-spectacular."""
        return {"type": "apiKey", "in": "cookie", "name": "sessionid"}
