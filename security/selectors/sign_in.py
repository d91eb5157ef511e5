"""What a chain asks of its people when they sign in."""

from dataclasses import replace
from datetime import timedelta

from django.db.models import Q

from hotel.accounts.domain.second_factors import SignInPolicy, strictest
from hotel.accounts.models import RoleAssignment, User
from hotel.accounts.services.guards import property_ids_of
from hotel.core.clock import now
from hotel.properties.choices import RestraintKind
from hotel.properties.restraints import restraints_read
from security.models import AccessPolicy


def sign_in_policy(user: User) -> SignInPolicy:
    """As much as the strictest chain asks in which the person holds a role, or will; of a superuser, every chain.

    A hotel that asks everybody for a second step at present does so on top.
    """
    yesterday = now().date() - timedelta(days=1)  # somewhere it is still that day
    held = RoleAssignment.objects.filter(user=user).filter(Q(valid_to=None) | Q(valid_to__gte=yesterday))
    roles = dict(held.values_list("role", "role__chain"))
    policies = AccessPolicy.objects.prefetch_related("second_factor_roles")
    if not user.is_superuser:
        policies = policies.filter(chain__in={*roles.values(), user.chain_id} - {None})
    asked = [_asked(policy, set(roles), user) for policy in policies]
    if _is_asked_at_a_hotel(user):
        asked.append(replace(strictest(asked), second_factor=True))
    return strictest(asked)


def _is_asked_at_a_hotel(user: User) -> bool:
    """Whether a hotel to which the person belongs asks everybody for a second step at present."""
    ids = {row.property_id for row in restraints_read() if row.kind == RestraintKind.SECOND_STEP}
    return bool(ids) and (user.is_superuser or not ids.isdisjoint(property_ids_of(user)))


def _asked(policy: AccessPolicy, roles: set[int], user: User) -> SignInPolicy:
    named = {role.pk for role in policy.second_factor_roles.all()}
    return SignInPolicy(
        second_factor=bool(named) and (user.is_superuser or bool(named & roles)),
        idle_minutes=policy.session_idle_minutes,
        session_hours=policy.session_hours,
        step_up_minutes=policy.step_up_minutes,
    )
