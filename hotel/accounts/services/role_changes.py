"""What a chain makes of its roles: copies, other rights, other limits."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from djmoney.money import Money

from hotel.accounts.choices import LimitKind
from hotel.accounts.gain_ports import Gain, require_gain_allowed
from hotel.accounts.models import Role, RoleAssignment, RoleLimit, RolePermission, User
from hotel.accounts.selectors.assignments import places_of
from hotel.accounts.services.grants import role_materialise
from hotel.accounts.services.guards import require_manager, require_may_grant
from hotel.accounts.services.roles import rights_of_role
from hotel.core.exceptions import InvalidInput, NotPermitted, RuleBroken
from hotel.core.locks import lock_rows
from hotel.core.plugs import plugs
from hotel.core.words import _
from hotel.properties.models import Property
from hotel.properties.scoping import grants_of, sees_everything

CHANGEABLE = frozenset({"name", "max_discount_rate", "can_override_rate"})


@transaction.atomic
def role_clone(*, role: Role, code: str, name: str, by: User | None = None) -> Role:
    """Copy a role with its rights and limits; nobody holds the copy yet.

    Raises:
        NotPermitted: ``by`` manages accounts nowhere in the chain.
        ValidationError: the code or name is malformed or taken.
    """
    _require_in_chain(by, role)
    copy = Role(
        chain=role.chain,
        code=code,
        name=name,
        max_discount_rate=role.max_discount_rate,
        can_override_rate=role.can_override_rate,
    )
    copy.full_clean()
    copy.save()
    _set_rights(copy, {(right.area, right.verb) for right in role.permissions.all()})
    _set_limits(copy, [(limit.kind, limit.amount) for limit in role.limits.all()])
    return copy


@transaction.atomic
def role_change(
    *,
    role: Role,
    changes: Mapping[str, Any],
    rights: Iterable[tuple[str, str]] | None = None,
    limits: Iterable[tuple[str, Money]] | None = None,
    by: User | None = None,
    approved_by: User | None = None,
) -> Role:
    """Change a role; its holders gain and lose rights at once.

    Args:
        role: read again under its lock.
        changes: field name to value, of ``CHANGEABLE``.
        rights: all (area, verb) it shall have; None leaves them.
        limits: all (kind, amount) it shall have, one per kind and currency; None leaves them.
        by: the user who asks; None for the house itself.
        approved_by: who agreed to it, where a right asks for a second pair of eyes.

    Raises:
        InvalidInput: no such right, a limit twice, or a negative one.
        NotPermitted: ``by`` does not manage accounts at every property where the role is assigned.
        RightsExceeded: the changed role would give more than ``by`` holds at one of them.
        PmsError: a guard of ``gain_ports`` refuses.
        ValidationError: a value is malformed.

    Locks: the role.
    """
    [role] = lock_rows(Role.objects.filter(pk=role.pk))
    _require_in_chain(by, role)
    places = _places_where_assigned(role)
    if places:
        require_manager(by=by, property_ids=[place.pk for place in places])
    for name in CHANGEABLE & changes.keys():
        setattr(role, name, changes[name])
    role.full_clean()
    role.save()
    before = rights_of_role(role)
    if rights is not None:
        _set_rights(role, set(rights))
    if limits is not None:
        _set_limits(role, list(limits))
    gains = rights is not None or limits is not None or bool(changes.keys() - {"name"})
    if places and gains:
        require_may_grant(by=by, role=role, places=places)
        _require_gains_allowed(role, rights_of_role(role) - before, by, approved_by)
    role_materialise(role=role)
    return role


@transaction.atomic
def role_delete(*, role: Role, by: User | None = None) -> None:
    """Delete a role that nobody holds and that the house did not seed.

    Raises:
        RuleBroken: seeded.
        ProtectedError: assigned to somebody.
        NotPermitted: ``by`` manages accounts nowhere in the chain.

    Locks: the role.
    """
    [role] = lock_rows(Role.objects.filter(pk=role.pk))
    _require_in_chain(by, role)
    if role.is_seeded:
        raise RuleBroken(_("A seeded role stays; take its rights away instead."), code="role_seeded")
    role.delete()


def rights_known() -> dict[str, tuple[str, ...]]:
    """Every area of the house with its verbs, in order of the floors."""
    return {plug.area: plug.verbs for plug in plugs()}


def _require_in_chain(by: User | None, role: Role) -> None:
    if by is None or sees_everything(by):
        return
    held = grants_of(by).property_ids("manage", "accounts")
    if not Property.objects.filter(chain=role.chain_id, pk__in=held).exists():
        raise NotPermitted(_("You manage accounts nowhere in this chain."))


def _require_gains_allowed(
    role: Role, added: frozenset[tuple[str, str]], by: User | None, approved_by: User | None
) -> None:
    """Whoever holds the role gains what is added to it."""
    rows = RoleAssignment.objects.filter(role=role).select_related("user", "property", "group")
    for row in rows.prefetch_related("group__properties") if added else ():
        require_gain_allowed(Gain(row.user, role, added, places_of(row), by, approved_by))


def _places_where_assigned(role: Role) -> list[Property]:
    rows = RoleAssignment.objects.filter(role=role).select_related("property", "group")
    found = {
        place.pk: place for row in rows.prefetch_related("group__properties") for place in places_of(row)
    }
    return [found[pk] for pk in sorted(found)]


def _set_rights(role: Role, wanted: set[tuple[str, str]]) -> None:
    known = rights_known()
    unknown = sorted(f"{verb} {area}" for area, verb in wanted if verb not in known.get(area, ()))
    if unknown:
        text = _("No such right: %(unknown)s.") % {"unknown": ", ".join(unknown)}
        raise InvalidInput(text, code="right_unknown", fields={"rights": [text]})
    present = {(right.area, right.verb): right for right in role.permissions.all()}
    for pair in present.keys() - wanted:
        present[pair].delete()
    for area, verb in sorted(wanted - present.keys()):
        RolePermission.objects.create(role=role, area=area, verb=verb)  # one by one: each is audited


def _set_limits(role: Role, wanted: list[tuple[str, Money]]) -> None:
    keys = [(kind, amount.currency.code) for kind, amount in wanted]
    if len(set(keys)) < len(keys) or any(kind not in LimitKind.values for kind, _ in wanted):
        text = _("Give each kind of limit once per currency.")
        raise InvalidInput(text, code="limit_twice", fields={"limits": [text]})
    if any(amount.amount < 0 for _, amount in wanted):
        raise InvalidInput(_("A limit is not negative."), code="limit_negative")
    role.limits.all().delete()
    for kind, amount in wanted:
        RoleLimit.objects.create(role=role, kind=kind, amount=amount)
