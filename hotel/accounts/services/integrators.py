"""Integrators: made with a secret shown once, given tokens for an hour, revoked with all their tokens."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from oauth2_provider.models import Application

from hotel.accounts.domain.tokens import visible_part
from hotel.accounts.models import ApiToken, Integrator, User
from hotel.accounts.services.guards import require_holds, require_manager, require_manages
from hotel.accounts.services.tokens import digest_of, networks_checked
from hotel.core.clock import now
from hotel.core.exceptions import InvalidInput, NotPermitted
from hotel.core.locks import lock_rows
from hotel.core.security_events import security_event
from hotel.core.words import _
from hotel.properties.models import Property

TOKEN_LIFE = timedelta(hours=1)


@dataclass(frozen=True)
class IssuedSecret:
    """An integrator and its secret, which is never to be had again."""

    integrator: Integrator
    secret: str


@transaction.atomic
def integrator_create(
    *,
    user: User,
    name: str,
    codenames: Iterable[str],
    properties: Iterable[Property],
    networks: Iterable[str] = (),
    by: User | None = None,
) -> IssuedSecret:
    """Let a program fetch tokens that may do these things at these properties, as long as its user may.

    Args:
        user: the machine whose rights it uses.
        name: to recognise it by.
        codenames: rights such as ``view_rooms_area``; one at least.
        properties: one at least.
        networks: where it and its tokens may come from; from everywhere if there is none.
        by: the user who asks; None for the house itself.

    Raises:
        InvalidInput: nothing chosen, what is no network, or the user is a person or not active.
        NotPermitted: ``by`` does not manage the user or the accounts of a property, or came with a token.
        RightsExceeded: a right that ``by`` or the user does not hold at one of the properties.
    """
    names, places = sorted(set(codenames)), sorted(properties, key=lambda place: place.pk)
    if not names or not places:
        raise InvalidInput(_("Choose one right and one property at least."), code="token_empty")
    if not user.is_machine or not user.is_active:
        raise InvalidInput(_("Choose a machine that is active."), code="integrator_user")
    if by is not None and by.grant_limit is not None:
        raise NotPermitted(_("A token cannot make integrators; sign in."), code="token_by_token")
    allowed = networks_checked(networks)
    require_manages(by=by, user=user)
    require_manager(by=by, property_ids=[place.pk for place in places])
    for place in places:
        require_holds(by=by, codenames=names, property_id=place.pk)
        require_holds(by=User.objects.get(pk=user.pk), codenames=names, property_id=place.pk)
    secret = _secret()
    application = Application.objects.create(
        name=name,
        client_type=Application.CLIENT_CONFIDENTIAL,
        authorization_grant_type=Application.GRANT_CLIENT_CREDENTIALS,
        client_secret=secret,
    )
    integrator = Integrator(application=application, user=user, name=name, codenames=names, networks=allowed)
    integrator.full_clean()
    integrator.save()
    integrator.properties.set(places)
    return IssuedSecret(integrator, secret)


@transaction.atomic
def integrator_secret_renew(*, integrator: Integrator, by: User | None = None) -> IssuedSecret:
    """Give an integrator another secret; the old one opens nothing from now on, tokens live on for their hour.

    Raises:
        InvalidInput: it is revoked.
        NotPermitted: ``by`` does not manage the accounts of each of its properties.

    Locks: the integrator.
    """
    integrator = _locked(integrator, by)
    if integrator.revoked_at is not None:
        raise InvalidInput(_("This integrator is revoked; make a new one."), code="integrator_revoked")
    secret = _secret()
    integrator.application.client_secret = secret
    integrator.application.save()
    return IssuedSecret(integrator, secret)


@transaction.atomic
def integrator_revoke(*, integrator: Integrator, by: User | None = None) -> Integrator:
    """End an integrator and all its tokens at once. Repeatable.

    Raises:
        NotPermitted: ``by`` does not manage the accounts of each of its properties.

    Locks: the integrator.
    """
    integrator = _locked(integrator, by)
    if integrator.revoked_at is None:
        integrator.revoked_at = now()
        integrator.save(update_fields=["revoked_at", "updated_at"])
        ApiToken.objects.filter(integrator=integrator, revoked_at=None).update(revoked_at=now())
        security_event("integrator_revoked", integrator=integrator.pk, by=by.pk if by else None)
    return integrator


@transaction.atomic
def integrator_token_keep(*, integrator: Integrator, secret: str, codenames: Iterable[str]) -> ApiToken:
    """Keep the hash of a token that an integrator was just given, for ``TOKEN_LIFE``.

    Args:
        integrator: who proved itself.
        secret: the whole token.
        codenames: the rights it asked for; those of the integrator are its limit.
    """
    token = ApiToken.objects.create(
        user=integrator.user,
        integrator=integrator,
        name=integrator.name,
        prefix=visible_part(secret),
        digest=digest_of(secret),
        codenames=sorted(set(codenames) & set(integrator.codenames)),
        networks=integrator.networks,
        expires_at=now() + TOKEN_LIFE,
    )
    token.properties.set(integrator.properties.all())
    return token


def integrator_tokens_forget() -> int:
    """Delete tokens of integrators that expired more than a month ago; how many. Repeatable."""
    old = now() - timedelta(days=30)
    rows = ApiToken.objects.exclude(integrator=None).filter(expires_at__lt=old)
    count = rows.count()
    rows.delete()
    return count


def _locked(integrator: Integrator, by: User | None) -> Integrator:
    [integrator] = lock_rows(Integrator.objects.filter(pk=integrator.pk).select_related("application"))
    require_manager(by=by, property_ids=integrator.properties.values_list("pk", flat=True))
    return integrator


def _secret() -> str:
    return secrets.token_urlsafe(48)
