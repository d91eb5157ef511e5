"""Nobody gives what he does not hold, and nobody manages people where he holds no right to.

Every guard takes ``by``: the user who asks, narrowed by his token if he came with one; None is the house
itself (seeding, commands) and passes, like a superuser in person.
"""

from collections.abc import Iterable

from hotel.accounts.models import Role, RoleAssignment, User
from hotel.accounts.selectors.assignments import places_of
from hotel.accounts.selectors.limits import approval_limits, limits_of
from hotel.core.exceptions import NotPermitted
from hotel.core.words import _
from hotel.properties.models import Property, PropertyUserObjectPermission
from hotel.properties.scoping import codename, grants_of, sees_everything


class RightsExceeded(NotPermitted):
    """Someone would hand on what he does not hold himself."""

    code = "rights_exceeded"


def is_unlimited(by: User | None) -> bool:
    """The house itself, or a superuser in person."""
    return by is None or sees_everything(by)


def require_another(*, by: User | None, user: User, text: str) -> None:
    """Refuse who would do to himself what needs another person; ``text`` says what to do instead.

    Raises:
        NotPermitted: (``own_account``).
    """
    if by is not None and by.pk == user.pk:
        raise NotPermitted(text, code="own_account")


def require_manager(*, by: User | None, property_ids: Iterable[int]) -> None:
    """Refuse unless ``by`` manages accounts at each of the properties, and there is one.

    Raises:
        NotPermitted
    """
    require_manager_of("accounts", by=by, property_ids=property_ids)


def require_manager_of(area: str, *, by: User | None, property_ids: Iterable[int]) -> None:
    """Refuse unless ``by`` holds ``manage`` on an area at each of the properties, and there is one.

    Raises:
        NotPermitted
    """
    wanted = set(property_ids)
    if is_unlimited(by):
        return
    if not wanted or not wanted <= grants_of(by).property_ids("manage", area):
        raise NotPermitted(_("You do not manage the %(area)s of every property concerned.") % {"area": area})


def require_may_grant(*, by: User | None, role: Role, places: Iterable[Property]) -> None:
    """Refuse unless ``by`` manages accounts at each place and holds there all that the role gives.

    Raises:
        NotPermitted: no manager at one of the places.
        RightsExceeded: a right or an approval limit of the role is beyond his own.
    """
    if by is None or is_unlimited(by):
        return
    places = list(places)
    require_manager(by=by, property_ids=[place.pk for place in places])
    names = [codename(verb, area) for area, verb in role.permissions.values_list("area", "verb")]
    for place in places:
        require_holds(by=by, codenames=names, property_id=place.pk)
        if not approval_limits(by, place.pk).covers(limits_of([role], str(place.currency))):
            raise RightsExceeded(
                _("The approval limits of %(role)s are beyond your own at %(place)s.")
                % {"role": role, "place": place}
            )


def require_holds(*, by: User | None, codenames: Iterable[str], property_id: int) -> None:
    """Refuse unless ``by`` holds each of the rights at the property.

    Raises:
        RightsExceeded: ``extra`` names the rights he lacks.
    """
    if by is None or is_unlimited(by):
        return
    held = grants_of(by).by_codename
    lacking = sorted(name for name in codenames if property_id not in held.get(name, frozenset()))
    if lacking:
        raise RightsExceeded(
            _("You cannot hand on rights that you do not hold at this property."),
            extra={"property": property_id, "rights": lacking},
        )


def require_manages(*, by: User | None, user: User) -> None:
    """Refuse unless ``by`` manages accounts at every property the user belongs to.

    Raises:
        NotPermitted: he does not, or the user is a superuser.
    """
    if is_unlimited(by):
        return
    if user.is_superuser:
        raise NotPermitted(_("Only a superuser manages superusers."))
    require_manager(by=by, property_ids=property_ids_of(user))


def require_outranks(*, by: User | None, user: User) -> None:
    """Refuse unless ``by`` manages the user and holds every right the user has or will have.

    Whoever sets a password or an e-mail address could sign in as that user.

    Raises:
        NotPermitted, RightsExceeded
    """
    require_manages(by=by, user=user)
    if is_unlimited(by):
        return
    for property_id, names in rights_ever(user).items():
        require_holds(by=by, codenames=names, property_id=property_id)


def property_ids_of(user: User) -> set[int]:
    """Every property the user belongs to: by assignments of any date, direct grants, or as his home."""
    ids = set(rights_ever(user))
    profile = getattr(user, "staff_profile", None)
    return ids | {profile.home_property_id} if profile is not None else ids


def rights_ever(user: User) -> dict[int, set[str]]:
    """Property id to codenames, over assignments of any date and direct grants."""
    found: dict[int, set[str]] = {}
    rows = RoleAssignment.objects.filter(user=user).select_related("property", "group", "role")
    for row in rows.prefetch_related("group__properties", "role__permissions"):
        names = {codename(right.verb, right.area) for right in row.role.permissions.all()}
        for place in places_of(row):
            found.setdefault(place.pk, set()).update(names)
    direct = PropertyUserObjectPermission.objects.filter(user=user)
    for property_id, name in direct.values_list("content_object_id", "permission__codename"):
        found.setdefault(property_id, set()).add(name)
    return found
