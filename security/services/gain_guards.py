"""What is asked before somebody gains rights: a second pair of eyes, and duties kept apart."""

from hotel.accounts.gain_ports import Gain
from hotel.accounts.models import User
from hotel.core.exceptions import NotPermitted, RuleBroken
from hotel.core.words import _
from hotel.properties.scoping import grants_of, sees_everything
from security.choices import ConflictAction
from security.domain.access import conflicts_among
from security.models import DutyConflict, Permission
from security.selectors.holders import holders_everywhere, rights_at


class SecondPersonRequired(RuleBroken):
    """Somebody else must agree first."""

    code = "second_person_required"


class DutiesConflict(RuleBroken):
    """One person would hold two duties that the chain keeps apart."""

    code = "duties_conflict"


def require_second_person(gain: Gain) -> None:
    """Refuse rights that need a second person, unless one has agreed. What the house itself does passes.

    Where nobody else could agree – a hotel with one manager – they are given, and the next access review shows them.

    Raises:
        SecondPersonRequired: ask for the rights by a request; ``extra`` names them.
        NotPermitted: who agreed is who asked or gains, or holds no right to agree at one of the places.
    """
    if gain.by is None:
        return
    rules = Permission.objects.filter(chain=gain.role.chain_id, needs_second_person=True)
    guarded = sorted(str(right) for right in rules if right.pair in gain.rights)
    if not guarded:
        return
    places = [place.pk for place in gain.places]
    if gain.approved_by is not None:
        require_may_approve(gain.approved_by, user=gain.user, asked_by=gain.by, property_ids=places)
    elif holders_everywhere("approve", "security", places) - {gain.by.pk, gain.user.pk}:
        raise SecondPersonRequired(
            _("Somebody else must agree to these rights. Ask for them by an access request."),
            extra={"rights": guarded},
        )


def require_may_approve(person: User, *, user: User, asked_by: User, property_ids: list[int]) -> None:
    """Refuse an approval by who asked or gains, or who may not approve at each of the properties.

    Raises:
        NotPermitted
    """
    if person.pk in {user.pk, asked_by.pk}:
        raise NotPermitted(
            _("A second person must agree: neither who asked nor who gains."), code="four_eyes"
        )
    held = grants_of(person).property_ids("approve", "security")
    if not sees_everything(person) and not set(property_ids) <= held:
        raise NotPermitted(_("You may not agree to rights at every property concerned."))


def require_duties_apart(gain: Gain) -> None:
    """Refuse rights that would bring two duties together which the chain forbids. What the house itself does passes.

    Raises:
        DutiesConflict: ``extra`` names the pairs and the property.
    """
    if gain.by is None:
        return
    rules = DutyConflict.objects.filter(chain=gain.role.chain_id, action=ConflictAction.FORBID)
    by_key = {rule.pk: rule for rule in rules.select_related("first", "second")}
    pairs = {key: (rule.first.pair, rule.second.pair) for key, rule in by_key.items()}
    held = rights_at([place.pk for place in gain.places]) if pairs else {}
    for place in gain.places if pairs else ():
        present = held.get(place.pk, {}).get(gain.user.pk, frozenset())
        before = conflicts_among(present, pairs)
        new = [key for key in conflicts_among(present | gain.rights, pairs) if key not in before]
        if new:
            rule = by_key[new[0]]
            raise DutiesConflict(
                _("%(user)s would hold %(first)s and %(second)s at %(place)s: %(reason)s")
                % {
                    "user": gain.user,
                    "first": rule.first,
                    "second": rule.second,
                    "place": place,
                    "reason": rule.reason,
                },
                extra={"property": place.pk, "conflicts": [str(by_key[key]) for key in new]},
            )
