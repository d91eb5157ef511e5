"""Asking for rights, and the second person's answer."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import IntegrityError, transaction

from hotel.accounts.models import Role, RoleAssignment, User
from hotel.accounts.request_ports import RoleWanted
from hotel.accounts.services.guards import require_may_grant
from hotel.accounts.services.roles import role_assign
from hotel.contracts.security import AccessDecided, AccessRequested
from hotel.core.clock import now
from hotel.core.exceptions import Conflict, InvalidInput, NotPermitted
from hotel.core.facts import publish
from hotel.core.locks import lock_rows
from hotel.core.words import _
from hotel.properties.models import Property, PropertyGroup
from hotel.properties.scoping import codename
from security.choices import RequestStatus
from security.models import AccessRequest
from security.selectors.policies import policy_of
from security.services.gain_guards import require_may_approve


@dataclass(frozen=True)
class Wanted:
    """What is asked for.

    Attributes:
        user: who shall hold the role.
        role: of the chain of the place.
        place, group: exactly one of them.
        valid_from, valid_to: calendar days at the property, inclusive; None for always.
    """

    user: User
    role: Role
    place: Property | None = None
    group: PropertyGroup | None = None
    valid_from: date | None = None
    valid_to: date | None = None

    def places(self) -> list[Property]:
        """Where it would be held now."""
        return (
            [self.place]
            if self.place is not None
            else list(self.group.properties.all())
            if self.group
            else []
        )


@transaction.atomic
def access_request_open(*, wanted: Wanted, reason: str, by: User) -> AccessRequest:
    """Ask for a role that somebody else must agree to. Nothing is given yet.

    Publishes: AccessRequested.

    Raises:
        InvalidInput: not exactly one of place and group, another chain, no reason.
        NotPermitted, RightsExceeded: ``by`` could not give the role himself, or asks for himself.
        Conflict: the same is asked for already.
    """
    if (wanted.place is None) == (wanted.group is None):
        raise InvalidInput(
            _("Ask for the role either at a property or at a group."), code="assignment_target"
        )
    if any(place.chain_id != wanted.role.chain_id for place in wanted.places()):
        raise InvalidInput(_("The role belongs to another chain."), code="role_of_another_chain")
    if not reason.strip():
        raise InvalidInput(
            _("Say what the rights are for."), fields={"reason": [_("Say what the rights are for.")]}
        )
    if by.pk == wanted.user.pk:
        raise NotPermitted(_("Your own roles are asked for by somebody else."), code="own_roles")
    require_may_grant(by=by, role=wanted.role, places=wanted.places())
    policy = policy_of(wanted.role.chain_id)
    request = AccessRequest(
        user=wanted.user,
        role=wanted.role,
        rights=_codenames(wanted.role),
        property=wanted.place,
        group=wanted.group,
        valid_from=wanted.valid_from,
        valid_to=wanted.valid_to,
        reason=reason.strip(),
        requested_by=by,
        lapses_at=now() + timedelta(days=policy.request_days),
    )
    try:
        with transaction.atomic():
            request.full_clean(validate_constraints=False)
            request.save()
    except IntegrityError as error:
        raise Conflict(
            _("The same is asked for already, or its dates are in disorder."), code="request_open"
        ) from error
    publish(
        AccessRequested(
            property_id=request.property_id,
            request_id=request.pk,
            user_id=request.user_id,
            role_id=request.role_id,
            requested_by_id=by.pk,
        )
    )
    return request


def role_ask(wanted: RoleWanted, reason: str, by: User) -> None:
    """Ask for a role at a property, as the port of accounts says it; see ``access_request_open``."""
    access_request_open(
        wanted=Wanted(
            user=wanted.user,
            role=wanted.role,
            place=wanted.place,
            valid_from=wanted.valid_from,
            valid_to=wanted.valid_to,
        ),
        reason=reason,
        by=by,
    )


@transaction.atomic
def access_request_approve(*, request: AccessRequest, reason: str = "", by: User) -> RoleAssignment:
    """Agree: the role is assigned now, on behalf of who asked, who must still be allowed to give it.

    Publishes: AccessDecided.

    Raises:
        Conflict: not open any more, or the role gives more now than when it was asked for.
        NotPermitted: ``by`` is who asked or gains, or may not agree at every place.
        PmsError: what ``role_assign`` refuses.

    Locks: the request, then the role.
    """
    request = _open_locked(request)
    _require_second(request, by)
    [role] = lock_rows(Role.objects.filter(pk=request.role_id))
    if not set(_codenames(role)) <= set(request.rights):
        raise Conflict(
            _("The role gives more now than when it was asked for. Ask again."), code="role_changed"
        )
    assignment = role_assign(
        user=request.user,
        role=role,
        place=request.property,
        group=request.group,
        valid_from=request.valid_from,
        valid_to=request.valid_to,
        by=request.requested_by,
        approved_by=by,
    )
    _decide(request, RequestStatus.APPROVED, reason, by)
    return assignment


@transaction.atomic
def access_request_refuse(*, request: AccessRequest, reason: str, by: User) -> AccessRequest:
    """Say no. Nothing is given.

    Publishes: AccessDecided.

    Raises:
        Conflict: not open any more.
        InvalidInput: no reason.
        NotPermitted: ``by`` is who asked or gains, or may not agree at every place.

    Locks: the request.
    """
    request = _open_locked(request)
    _require_second(request, by)
    if not reason.strip():
        raise InvalidInput(_("Say why not."), fields={"reason": [_("Say why not.")]})
    return _decide(request, RequestStatus.REFUSED, reason, by)


@transaction.atomic
def access_request_withdraw(*, request: AccessRequest, by: User) -> AccessRequest:
    """Take one's own request back.

    Publishes: AccessDecided.

    Raises:
        Conflict: not open any more.
        NotPermitted: somebody else's.

    Locks: the request.
    """
    request = _open_locked(request)
    if by.pk != request.requested_by_id:
        raise NotPermitted(
            _("Who asked may take a request back; you may refuse it."), code="asked_by_another"
        )
    return _decide(request, RequestStatus.WITHDRAWN, "", by)


@transaction.atomic
def access_requests_lapse() -> int:
    """End the requests that waited too long. Repeatable. Returns how many they were.

    Publishes: AccessDecided for each.

    Locks: the requests, in the order of their ids.
    """
    due = lock_rows(AccessRequest.objects.open().filter(lapses_at__lte=now()))
    for request in due:
        _decide(request, RequestStatus.LAPSED, "", None)
    return len(due)


def _codenames(role: Role) -> list[str]:
    return sorted(codename(verb, area) for area, verb in role.permissions.values_list("area", "verb"))


def _require_second(request: AccessRequest, by: User) -> None:
    ids = [place.pk for place in request.places()]
    require_may_approve(by, user=request.user, asked_by=request.requested_by, property_ids=ids)


def _open_locked(request: AccessRequest) -> AccessRequest:
    rows = AccessRequest.objects.filter(pk=request.pk)
    [request] = lock_rows(rows.select_related("user", "requested_by", "property", "group"))
    if request.status != RequestStatus.OPEN or request.lapses_at <= now():
        raise Conflict(_("This request is not open any more."), code="request_closed")
    return request


def _decide(request: AccessRequest, status: RequestStatus, reason: str, by: User | None) -> AccessRequest:
    request.status, request.decision_reason = status, reason.strip()
    request.decided_by, request.decided_at = by, now()
    request.save(update_fields=["status", "decision_reason", "decided_by", "decided_at", "updated_at"])
    publish(
        AccessDecided(
            property_id=request.property_id,
            request_id=request.pk,
            user_id=request.user_id,
            role_id=request.role_id,
            status=status.value,
            decided_by_id=by.pk if by is not None else None,
        )
    )
    return request
