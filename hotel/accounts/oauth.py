"""OAuth 2 client credentials by django-oauth-toolkit: what it gives out is a token of ours, kept as ours are.

So the API knows one kind of token, with one look-up, one way to be revoked and one set of limits.

Source: RFC 6749 §4.4; security reference §4.5.
"""

import secrets
from typing import Any

from oauth2_provider.oauth2_validators import OAuth2Validator
from oauth2_provider.scopes import BaseScopes

from hotel.accounts.domain.networks import is_within
from hotel.accounts.domain.tokens import ID_BYTES, SECRET_BYTES, token_text
from hotel.accounts.models import Integrator
from hotel.accounts.services.integrators import integrator_token_keep
from hotel.core.security_events import security_event


def token_generated(request: Any, refresh_token: bool = False) -> str:
    """A new token of the house."""
    return token_text(id_bytes=secrets.token_bytes(ID_BYTES), secret_bytes=secrets.token_bytes(SECRET_BYTES))


def integrator_of(application: Any) -> Integrator | None:
    """The integrator behind a client, while it counts."""
    rows = Integrator.objects.filter(application=application, revoked_at=None, user__is_active=True)
    return rows.select_related("user").first()


class HouseScopes(BaseScopes):
    """Scopes are the rights of the integrator; who names none gets all of them."""

    def get_all_scopes(self) -> dict[str, str]:
        """None that everybody has."""
        return {}

    def get_available_scopes(
        self, application: Any = None, request: Any = None, *a: Any, **k: Any
    ) -> list[str]:
        """Those of this client."""
        found = integrator_of(application)
        return list(found.codenames) if found else []

    def get_default_scopes(
        self, application: Any = None, request: Any = None, *a: Any, **k: Any
    ) -> list[str]:
        """The same."""
        return self.get_available_scopes(application, request)


class HouseValidator(OAuth2Validator):
    """Knows integrators only, by client credentials only, from their networks only."""

    def authenticate_client(self, request: Any, *args: Any, **kwargs: Any) -> bool:
        """Whether the client proved itself, is an integrator of ours, and comes from where it may."""
        found = super().authenticate_client(request, *args, **kwargs) and integrator_of(request.client)
        address = request.headers.get("REMOTE_ADDR", "")
        if found and is_within(address, found.networks):
            return True
        security_event("integrator_refused", client=found.pk if found else None)
        return False

    def validate_grant_type(
        self, client_id: str, grant_type: str, client: Any, request: Any, *args: Any, **kwargs: Any
    ) -> bool:
        """No person gives anything away here."""
        return grant_type == "client_credentials"

    def _save_bearer_token(self, token: dict[str, Any], request: Any, *args: Any, **kwargs: Any) -> None:
        integrator = integrator_of(request.client)
        if integrator is not None:
            integrator_token_keep(
                integrator=integrator, secret=token["access_token"], codenames=token["scope"].split()
            )
