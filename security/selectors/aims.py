"""What a containment is aimed at: found for who may respond there, with what forbids to touch it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from hotel.accounts.models import ApiToken, Integrator, Role, User
from hotel.accounts.selectors.second_factors import factors_of
from hotel.accounts.services.guards import property_ids_of
from hotel.core.actor import act_told
from hotel.core.exceptions import InvalidInput
from hotel.core.words import _
from hotel.messaging.models import WebhookEndpoint
from hotel.monitoring.models.limits import holds_everywhere
from hotel.properties.models import Property
from hotel.properties.scoping import grants_of, sees_everything
from security.domain.containment import AREA, VERB, WAYS, Aim, covers, target_read
from security.selectors.holders import places_held


@dataclass(frozen=True)
class Target:
    """A thing that can be acted on.

    Attributes:
        text: as it is kept, such as ``user:7``.
        row: the thing itself; None for an address.
        name: as people call it.
        aim: what forbids to act on it.
    """

    text: str
    row: Any
    name: str
    aim: Aim = field(default_factory=Aim)


def target_of(action: str, text: str, by: User | None) -> Target:
    """What a containment is aimed at, if the one who acts may respond wherever it belongs.

    Args:
        action: one of ``WAYS``.
        text: see ``target_read``.
        by: who acts, narrowed by his token; None for the house itself.

    Raises:
        InvalidInput: it is none (``target_invalid``), does not exist, or belongs also where he may not respond
            (``target_unknown``, so that nobody finds out by asking).
    """
    if action not in WAYS:
        raise InvalidInput(_("There is no such containment."), fields={"action": [_("Not one of them.")]})
    try:
        kept = target_read(action, text)
    except ValueError as error:
        raise InvalidInput(str(error), code="target_invalid", fields={"target": [str(error)]}) from error
    kind, _colon, rest = kept.partition(":")
    found = _FINDERS[kind](kept, rest, by)
    if found is None:
        words = _("There is no such %(kind)s where you may respond.") % {"kind": kind}
        if kind == "address":
            words = _("An address is blocked for all hotels: this needs the right at every one of them.")
        raise InvalidInput(words, code="target_unknown", fields={"target": [words]})
    return found


def _user(kept: str, number: str, by: User | None) -> Target | None:
    row = User.objects.select_related("staff_profile").filter(pk=int(number)).first()
    if row is None or (row.is_superuser and not _is_unlimited(by)):
        return None
    places = property_ids_of(row)
    if not _reaches(by, places):
        return None
    is_own = by is not None and by.pk == row.pk
    return Target(kept, row, str(row), Aim(is_own=is_own, is_last_keeper=_is_last_keeper(row, places)))


def _token(kept: str, number: str, by: User | None) -> Target | None:
    row = ApiToken.objects.filter(pk=int(number)).first()
    if row is None or not _reaches(by, set(row.properties.values_list("pk", flat=True))):
        return None
    return Target(kept, row, str(row), Aim(is_own=act_told().get("token") == row.pk))


def _integrator(kept: str, number: str, by: User | None) -> Target | None:
    row = Integrator.objects.filter(pk=int(number)).first()
    if row is None or not _reaches(by, set(row.properties.values_list("pk", flat=True))):
        return None
    own = act_told().get("token")
    is_own = own is not None and row.tokens.filter(pk=own).exists()
    return Target(kept, row, str(row), Aim(is_own=is_own))


def _webhook(kept: str, number: str, by: User | None) -> Target | None:
    row = WebhookEndpoint.objects.filter(pk=int(number)).first()
    if row is None or not _reaches(by, {row.property_id}):
        return None
    return Target(kept, row, str(row))


def _address(kept: str, network: str, by: User | None) -> Target | None:
    if not _is_unlimited(by) and not holds_everywhere(by, VERB, AREA):
        return None
    return Target(kept, None, network, Aim(is_own=covers(kept, act_told().get("address", ""))))


def _property(kept: str, number: str, by: User | None) -> Target | None:
    row = Property.objects.filter(pk=int(number)).first()
    if row is None or not _reaches(by, {row.pk}):
        return None
    is_asked = by is not None and (by.is_superuser or row.pk in property_ids_of(by))
    return Target(kept, row, str(row), Aim(lacks_step=is_asked and not factors_of(by).any))  # type: ignore[arg-type]


def _role(kept: str, number: str, by: User | None) -> Target | None:
    """A role belongs to its chain: whoever acts on it responds at every hotel of the chain."""
    row = Role.objects.filter(pk=int(number)).first()
    if row is None:
        return None
    places = set(Property.objects.filter(chain=row.chain_id).values_list("pk", flat=True))
    if not _reaches(by, places):
        return None
    is_asked = by is not None and (by.is_superuser or row.assignments.filter(user=by).exists())
    return Target(kept, row, str(row), Aim(lacks_step=is_asked and not factors_of(by).any))  # type: ignore[arg-type]


_FINDERS: Mapping[str, Callable[[str, str, User | None], Target | None]] = {
    "user": _user,
    "token": _token,
    "integrator": _integrator,
    "webhook": _webhook,
    "address": _address,
    "property": _property,
    "role": _role,
}


def _is_unlimited(by: User | None) -> bool:
    return by is None or sees_everything(by)


def _reaches(by: User | None, places: set[int]) -> bool:
    """Whether he may respond at each of the properties; for what belongs nowhere, at every one there is."""
    if by is None or sees_everything(by):
        return True
    return places <= grants_of(by).property_ids(VERB, AREA) if places else holds_everywhere(by, VERB, AREA)


def _is_last_keeper(user: User, places: set[int]) -> bool:
    """Whether at some property nobody would be left who manages security; machines do not count, superusers do."""
    if not user.is_active:
        return False
    people = User.objects.filter(is_active=True, is_machine=False).exclude(pk=user.pk)
    if people.filter(is_superuser=True).exists():
        return False
    if user.is_superuser:
        places = set(Property.objects.values_list("pk", flat=True))
    held = places_held("manage", AREA, places)
    kept = places if user.is_superuser else held.get(user.pk, set())
    others = people.filter(pk__in=held).values_list("pk", flat=True)
    return not kept <= set().union(*(held[pk] for pk in others))
