"""What a chain asks of its people when they sign in."""

from datetime import timedelta

from django.db.models import Q

from hotel.accounts.domain.second_factors import SignInPolicy, strictest
from hotel.accounts.models import RoleAssignment, User
from hotel.core.clock import now
from security.models import AccessPolicy


def sign_in_policy(user: User) -> SignInPolicy:
    """As much as the strictest chain asks in which the person holds a role, or will; of a superuser, every chain."""
    yesterday = now().date() - timedelta(days=1)  # somewhere it is still that day
    held = RoleAssignment.objects.filter(user=user).filter(Q(valid_to=None) | Q(valid_to__gte=yesterday))
    roles = dict(held.values_list("role", "role__chain"))
    policies = AccessPolicy.objects.prefetch_related("second_factor_roles")
    if not user.is_superuser:
        policies = policies.filter(chain__in={*roles.values(), user.chain_id} - {None})
    return strictest(_asked(policy, set(roles), user) for policy in policies)


def _asked(policy: AccessPolicy, roles: set[int], user: User) -> SignInPolicy:
    named = {role.pk for role in policy.second_factor_roles.all()}
    return SignInPolicy(
        second_factor=bool(named) and (user.is_superuser or bool(named & roles)),
        idle_minutes=policy.session_idle_minutes,
        session_hours=policy.session_hours,
        step_up_minutes=policy.step_up_minutes,
    )
