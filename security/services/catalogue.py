"""A chain's list of rights, its duties that go apart, and its policy: made with the chain, in line with the plugs."""

from collections.abc import Mapping, Set
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import transaction

from hotel.accounts.models import Role, User
from hotel.accounts.services.guards import require_manager_of
from hotel.accounts.services.role_changes import rights_known
from hotel.core.exceptions import InvalidInput
from hotel.core.locks import LockSpace, advisory_lock, lock_rows
from hotel.core.words import _
from hotel.properties.models import Chain, Property
from security.domain.access import DUTIES, SECOND_PERSON, risk_of
from security.models import AccessPolicy, DutyConflict, Permission
from security.services.playbooks import playbooks_seed

POLICY_FIELDS = frozenset(
    {
        "review_every_days",
        "dormant_after_days",
        "request_days",
        "emergency_role",
        "emergency_minutes",
        "session_idle_minutes",
        "session_hours",
        "step_up_minutes",
    }
)
Row = TypeVar("Row", Permission, DutyConflict, AccessPolicy)


@transaction.atomic
def catalogue_seed(*, chain: Chain) -> int:
    """Give a chain the rights of all plugs, its first duties to keep apart, and its policy.

    Repeatable: what a chain made of a right stays; rights that no plug knows any more go. Duties are seeded once, with
    the policy.

    Locks: one advisory lock per chain.

    Returns:
        How many rights were new.
    """
    advisory_lock(LockSpace.PROPERTY_SETUP, f"rights {chain.pk}")
    known = {(area, verb) for area, verbs in rights_known().items() for verb in verbs}
    present = {row.pair: row for row in Permission.objects.filter(chain=chain)}
    gone = [row.pk for pair, row in present.items() if pair not in known]
    Permission.objects.filter(pk__in=gone).delete()
    new = [
        Permission(
            chain=chain,
            area=area,
            verb=verb,
            risk=risk_of((area, verb)),
            needs_second_person=(area, verb) in SECOND_PERSON,
        )
        for area, verb in sorted(known - present.keys())
    ]
    Permission.objects.bulk_create(new)
    policy, is_new = AccessPolicy.objects.get_or_create(chain=chain)
    if is_new:
        _seed_duties(chain)
    if policy.emergency_role is None and is_new:
        policy.emergency_role = Role.objects.filter(chain=chain, code="general_manager").first()
        policy.save(update_fields=["emergency_role", "updated_at"])
    return len(new)


def catalogues_refresh() -> None:
    """``catalogue_seed`` and ``playbooks_seed`` for every chain; after each migrate. Repeatable."""
    for chain in Chain.objects.order_by("pk"):
        catalogue_seed(chain=chain)
        playbooks_seed(chain=chain)


def _seed_duties(chain: Chain) -> None:
    rights = {row.pair: row for row in Permission.objects.filter(chain=chain)}
    for seed in DUTIES:
        first, second = sorted((rights[seed.first], rights[seed.second]), key=lambda right: right.pk)
        DutyConflict.objects.create(chain=chain, first=first, second=second, reason=seed.reason)


@transaction.atomic
def permission_change(*, permission: Permission, changes: dict[str, Any], by: User | None) -> Permission:
    """Say how risky a right is and whether a second person must agree to it.

    Raises:
        NotPermitted: ``by`` does not manage security at every property of the chain.

    Locks: the right.
    """
    return _saved(_changed(permission, {"risk", "needs_second_person"}, changes, by))


@transaction.atomic
def policy_change(*, policy: AccessPolicy, changes: dict[str, Any], by: User | None) -> AccessPolicy:
    """Change how a chain looks after its rights.

    Raises:
        NotPermitted: ``by`` does not manage security at every property of the chain.
        InvalidInput: the emergency role, or one that signs in with a second step, belongs to another chain.
        ValidationError: a number is out of its range.

    Locks: the policy.
    """
    policy = _changed(policy, POLICY_FIELDS, changes, by)
    roles = changes.get("second_factor_roles")
    named = [*(roles or ()), *([policy.emergency_role] if policy.emergency_role else ())]
    if any(role.chain_id != policy.chain_id for role in named):
        raise InvalidInput(_("The role belongs to another chain."), code="role_of_another_chain")
    policy = _saved(policy)
    if roles is not None:
        policy.second_factor_roles.set(roles)
    return policy


@transaction.atomic
def duty_conflict_create(
    *, first: Permission, second: Permission, action: str, reason: str, by: User | None
) -> DutyConflict:
    """Keep two rights apart.

    Raises:
        InvalidInput: the same right twice, rights of two chains, or a pair that stands already.
        NotPermitted: ``by`` does not manage security at every property of the chain.
    """
    _require_manager(by, first.chain_id)
    if first.chain_id != second.chain_id:
        raise InvalidInput(_("The rights belong to two chains."), code="rights_of_two_chains")
    low, high = sorted((first, second), key=lambda right: right.pk)
    rule = DutyConflict(chain_id=first.chain_id, first=low, second=high, action=action, reason=reason)
    try:
        rule.full_clean()
    except ValidationError as error:
        raise InvalidInput(
            _(
                "This is no pair of rights to keep apart: the same right twice, or a pair that stands already."
            ),
            code="duty_conflict_invalid",
        ) from error
    rule.save()
    return rule


@transaction.atomic
def duty_conflict_change(*, rule: DutyConflict, changes: dict[str, Any], by: User | None) -> DutyConflict:
    """Change what happens, or why.

    Raises:
        NotPermitted: ``by`` does not manage security at every property of the chain.

    Locks: the rule.
    """
    return _saved(_changed(rule, {"action", "reason"}, changes, by))


@transaction.atomic
def duty_conflict_delete(*, rule: DutyConflict, by: User | None) -> None:
    """Let two rights be held together again.

    Raises:
        NotPermitted: ``by`` does not manage security at every property of the chain.
    """
    _require_manager(by, rule.chain_id)
    rule.delete()


def _changed(row: Row, fields: Set[str], changes: Mapping[str, Any], by: User | None) -> Row:
    """The row, locked and fresh, with what may be changed of it; not saved."""
    [row] = lock_rows(type(row)._default_manager.filter(pk=row.pk))
    _require_manager(by, row.chain_id)
    for name in fields & changes.keys():
        setattr(row, name, changes[name])
    return row


def _saved(row: Row) -> Row:
    row.full_clean()
    row.save()
    return row


def _require_manager(by: User | None, chain_id: int) -> None:
    ids = Property.objects.filter(chain=chain_id).values_list("pk", flat=True)
    require_manager_of("security", by=by, property_ids=ids)
