"""A second step is asked of a role or at a hotel at once: who has none is signed out, and sets one up first."""

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.db.models import Q, QuerySet

from hotel.accounts.models import Role, User
from hotel.accounts.services.sessions import sessions_end
from hotel.core.locks import lock_rows
from hotel.properties.models import Property
from security.models import AccessPolicy

FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


@transaction.atomic
def second_step_demand(*, role: Role) -> bool:
    """Ask a second step of whoever holds a role; whether this is new. Repeatable. Locks the chain's policy."""
    policy = _policy_locked(role)
    if policy.second_factor_roles.filter(pk=role.pk).exists():
        return False
    policy.second_factor_roles.add(role)
    return True


@transaction.atomic
def second_step_withdraw(*, role: Role) -> None:
    """Ask none of them any more, unless another rule does. Repeatable. Locks the chain's policy."""
    _policy_locked(role).second_factor_roles.remove(role)


def _policy_locked(role: Role) -> AccessPolicy:
    AccessPolicy.objects.get_or_create(chain=role.chain)
    [policy] = lock_rows(AccessPolicy.objects.filter(chain=role.chain))
    return policy


def holders_of(role: Role) -> QuerySet[User]:
    """Of whom a role's second step is asked: whoever was given it, and superusers."""
    return User.objects.filter(Q(role_assignments__role=role) | Q(is_superuser=True)).distinct()


def people_at(place: Property) -> QuerySet[User]:
    """Of whom a hotel's second step is asked: whoever belongs to it, and superusers."""
    return User.objects.all().belonging_to([place.pk]) | User.objects.filter(is_superuser=True)


@transaction.atomic
def unproved_end(*, people: QuerySet[User]) -> int:
    """End the sessions of those who have no second step; how many sessions."""
    proved = Authenticator.objects.filter(type__in=FACTORS).values("user")
    rows = people.filter(is_active=True, is_machine=False).exclude(pk__in=proved)
    return sum(sessions_end(user=user) for user in rows.order_by("pk"))
