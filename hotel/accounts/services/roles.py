"""Roles of a chain: seeded once, assigned to people at properties or groups, revoked."""

from datetime import date
from decimal import Decimal

from django.db import transaction
from djmoney.money import Money

from hotel.accounts.choices import LimitKind
from hotel.accounts.domain.role_matrix import ROLE_MATRIX, RoleSeed
from hotel.accounts.gain_ports import Gain, require_gain_allowed
from hotel.accounts.models import Role, RoleAssignment, RoleLimit, RolePermission, User
from hotel.accounts.selectors.assignments import places_of
from hotel.accounts.services.areas import areas_sync
from hotel.accounts.services.grants import role_materialise, roles_materialise
from hotel.accounts.services.guards import is_unlimited, require_manager, require_may_grant
from hotel.core.exceptions import InvalidInput, NotPermitted
from hotel.core.locks import LockSpace, advisory_lock, lock_rows
from hotel.core.money import quantum
from hotel.core.words import _
from hotel.properties.models import Chain, Property, PropertyGroup


@transaction.atomic
def roles_seed(*, chain: Chain) -> dict[str, Role]:
    """Create the chain's roles of ``ROLE_MATRIX`` and the limits in each currency of its properties.

    Repeatable: a role that exists keeps what the hotel made of it; it only receives the rights of areas that
    no role of the chain mentions yet (a component installed later) and limits in currencies new to it.

    Locks: one advisory lock per chain.

    Returns:
        Role code to role, those of the matrix only.
    """
    advisory_lock(LockSpace.PROPERTY_SETUP, f"roles {chain.pk}")
    areas_sync()
    currencies = sorted({*Property.objects.filter(chain=chain).values_list("currency", flat=True)})
    old_areas = set(RolePermission.objects.filter(role__chain=chain).values_list("area", flat=True))
    present = {role.code: role for role in Role.objects.filter(chain=chain)}
    seeded, changed = {}, []
    for code, seed in ROLE_MATRIX.items():
        role = present.get(code)
        known_areas = old_areas if role else set()
        role = seeded[code] = role or _create(chain, code, seed)
        if not role.is_seeded:
            continue
        _add_limits(role, seed, currencies)
        missing = [(area, verb) for area, verb in seed.pairs() if area not in known_areas]
        RolePermission.objects.bulk_create(
            RolePermission(role=role, area=area, verb=verb) for area, verb in missing
        )
        if missing:
            changed.append(role)
    roles_materialise(roles=changed)
    return seeded


def chains_refresh() -> None:
    """Create the permissions of all areas and seed each chain; after each migrate. Repeatable."""
    areas_sync()
    for chain in Chain.objects.order_by("pk"):
        roles_seed(chain=chain)


def _create(chain: Chain, code: str, seed: RoleSeed) -> Role:
    return Role.objects.create(
        chain=chain,
        code=code,
        name=seed.name,
        is_seeded=True,
        max_discount_rate=seed.max_discount_rate,
        can_override_rate=seed.can_override_rate,
    )


def _add_limits(role: Role, seed: RoleSeed, currencies: list[str]) -> None:
    minor = {LimitKind.REBATE: seed.rebate_minor, LimitKind.REFUND: seed.refund_minor}
    RoleLimit.objects.bulk_create(
        (
            RoleLimit(role=role, kind=kind, amount=Money(Decimal(units) * quantum(code), code))
            for kind, units in minor.items()
            for code in currencies
            if units
        ),
        ignore_conflicts=True,
    )


@transaction.atomic
def role_assign(
    *,
    user: User,
    role: Role,
    place: Property | None = None,
    group: PropertyGroup | None = None,
    valid_from: date | None = None,
    valid_to: date | None = None,
    by: User | None = None,
    approved_by: User | None = None,
) -> RoleAssignment:
    """Give a person a role at one property, or at each property of a group; effective at once.

    Assigning the same again changes the dates.

    Args:
        user: a person or a machine.
        role: of the same chain as the place.
        place: one property; or
        group: a group of properties, now and as it changes.
        valid_from: first calendar day at the property, inclusive; None for always.
        valid_to: last calendar day, inclusive; None for ever.
        by: the user who asks; None for the house itself.
        approved_by: who agreed to it, where the role asks for a second pair of eyes.

    Raises:
        InvalidInput: not exactly one of place and group, another chain, or the dates are in disorder.
        NotPermitted: ``by`` does not manage accounts there, or the assignment is his own.
        RightsExceeded: the role gives more than ``by`` holds there.
        PmsError: a guard of ``gain_ports`` refuses.

    Locks: the role.
    """
    if place is not None and group is None:
        chain_id, members = place.chain_id, Property.objects.filter(pk=place.pk)
    elif group is not None and place is None:
        chain_id, members = group.chain_id, group.properties.all()
    else:
        raise InvalidInput(_("Assign the role either at a property or at a group."), code="assignment_target")
    if chain_id != role.chain_id:
        raise InvalidInput(_("The role belongs to another chain."), code="role_of_another_chain")
    if valid_from and valid_to and valid_to < valid_from:
        raise InvalidInput(_("valid_to lies before valid_from."), code="assignment_dates")
    lock_rows(Role.objects.filter(pk=role.pk))
    _require_other(by, user)
    places = list(members)
    require_may_grant(by=by, role=role, places=places)
    require_gain_allowed(Gain(user, role, rights_of_role(role), places, by, approved_by))
    assignment, _is_new = RoleAssignment.objects.update_or_create(
        user=user,
        role=role,
        property=place,
        group=group,
        defaults={"valid_from": valid_from, "valid_to": valid_to},
    )
    role_materialise(role=role)
    return assignment


@transaction.atomic
def role_revoke(*, assignment: RoleAssignment, by: User | None = None) -> None:
    """Take an assignment back; the rights end with the commit, also in sessions and tokens in use.

    Raises:
        NotPermitted: ``by`` does not manage accounts at every property of it, or it is his own.

    Locks: the role.
    """
    role = assignment.role
    _require_other(by, assignment.user)
    require_manager(by=by, property_ids=[place.pk for place in places_of(assignment)])
    assignment.delete()
    role_materialise(role=role)


def rights_of_role(role: Role) -> frozenset[tuple[str, str]]:
    """What a role gives, as (area, verb)."""
    return frozenset(role.permissions.values_list("area", "verb"))


def _require_other(by: User | None, user: User) -> None:
    """Else whoever holds a role until tomorrow could keep it for ever."""
    if by is not None and not is_unlimited(by) and by.pk == user.pk:
        raise NotPermitted(_("Your own roles are assigned by somebody else."), code="own_roles")


@transaction.atomic
def group_roles_follow(
    *, group: PropertyGroup, added: frozenset[int], removed: frozenset[int], by: User | None
) -> None:
    """Let the roles granted on a group reach its new members and leave the old ones; a group listener.

    Raises:
        NotPermitted, RightsExceeded: ``by`` could not grant one of these roles at a new member himself.
        PmsError: a guard of ``gain_ports`` refuses.

    Locks: the roles granted on the group, in the order of their ids.
    """
    roles = list(Role.objects.filter(assignments__group=group).distinct())
    places = list(Property.objects.filter(pk__in=added))
    for role in roles if places else []:
        require_may_grant(by=by, role=role, places=places)
        rights = rights_of_role(role)
        for row in role.assignments.filter(group=group).select_related("user"):
            require_gain_allowed(Gain(row.user, role, rights, places, by))
    roles_materialise(roles=roles)
