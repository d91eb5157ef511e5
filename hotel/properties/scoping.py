"""Tenancy: the only way from a person or a token to rows.

A right is ``<verb>_<area>_area`` granted on a Property object (django-guardian, direct foreign keys).
``visible_to`` narrows rows to the properties where the caller holds it. Rows need no permissions of their own.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Self

from django.apps import apps
from django.db import connection, models

from hotel.core.clock import now
from hotel.core.models_base import TimeStamped
from hotel.core.plugs import area_of, plugs
from hotel.properties.tenancy import EVERYTHING, Scope

# Every right that is held now: those of roles' groups, and those that people hold directly until they end.
# The planner takes conditions on ``user_id`` and ``property_id`` into both halves.
HELD_SQL = """
    SELECT role.permission_id, role.content_object_id AS property_id, member.user_id
      FROM properties_propertygroupobjectpermission AS role
      JOIN accounts_user_groups AS member ON member.group_id = role.group_id
     UNION ALL
    SELECT permission_id, content_object_id, user_id
      FROM properties_propertyuserobjectpermission
     WHERE valid_until IS NULL OR valid_until > %(now)s"""

# Rights of one person. As SQL, because every request asks: the ORM takes longer to compose it.
GRANTS_SQL = f"""
    SELECT permission.codename, array_agg(DISTINCT held.property_id)
      FROM ({HELD_SQL}) AS held
      JOIN auth_permission AS permission ON permission.id = held.permission_id
     WHERE held.user_id = %(user)s
     GROUP BY permission.codename
"""  # noqa: S608  (a constant of the module)

# The same as one column beside a user, for who reads him anyway; as ``user.held_rights``, see ``_read``.
HELD_COLUMN_SQL = (
    f"(SELECT jsonb_object_agg(codename, ids) FROM ({GRANTS_SQL}) AS granted(codename, ids)) AS held_rights"  # noqa: S608
)


def codename(verb: str, area: str) -> str:
    """The permission codename of a verb on an area, such as ``view_rooms_area``."""
    return f"{verb}_{area}_area"


@cache
def _pairs() -> dict[str, tuple[str, str]]:
    return {codename(verb, plug.area): (plug.area, verb) for plug in plugs() for verb in plug.verbs}


def pair_of(name: str) -> tuple[str, str]:
    """(area, verb) of a codename; both may have underscores, so it is looked up. Of an unknown one, a guess."""
    area, _, verb = name.removesuffix("_area")[::-1].partition("_")
    return _pairs().get(name) or (area[::-1], verb[::-1])


@dataclass(frozen=True)
class Limit:
    """What a token may do at most, whatever its user may: properties, and codenames of rights."""

    property_ids: frozenset[int]
    codenames: frozenset[str]


@dataclass(frozen=True)
class Grants:
    """The rights of one caller: codename to the ids of the properties where it is held."""

    by_codename: Mapping[str, frozenset[int]]

    def property_ids(self, verb: str, area: str) -> frozenset[int]:
        """Where the caller holds the verb on the area."""
        return self.by_codename.get(codename(verb, area), frozenset())

    def holds(self, verb: str, area: str, property_id: int) -> bool:
        """Whether the caller holds the verb on the area at this property."""
        return property_id in self.property_ids(verb, area)

    def any_property_ids(self) -> frozenset[int]:
        """Every property at which the caller holds any right."""
        return frozenset().union(*self.by_codename.values())


def grants_of(user: Any) -> Grants:
    """The caller's rights, read once per user object (one request): two queries at most.

    Args:
        user: a User, possibly anonymous; ``user.grant_limit`` (a Limit) narrows a token's rights.
    """
    cached = getattr(user, "_grants", None)
    if cached is None:
        cached = _narrowed(_read(user), getattr(user, "grant_limit", None))
        if user.is_authenticated:
            user._grants = cached
    return cached


def sees_everything(user: Any) -> bool:
    """Whether the caller is a superuser in person: a superuser's token is held to its limit like any other."""
    return bool(user.is_active and user.is_superuser and getattr(user, "grant_limit", None) is None)


def scope_of(user: Any) -> Scope:
    """Whose rows the database may show this caller: of the properties where he holds any right.

    A superuser in person sees everything; nobody in particular sees nothing.
    """
    return EVERYTHING if sees_everything(user) else grants_of(user).any_property_ids()


def grants_shared(one: Grants, other: Grants) -> Grants:
    """What both may do: right by right, at the properties where both hold it."""
    return Grants(
        {
            name: ids & other.by_codename.get(name, frozenset())
            for name, ids in one.by_codename.items()
            if ids & other.by_codename.get(name, frozenset())
        }
    )


def _read(user: Any) -> Grants:
    if not user.is_authenticated or not user.is_active:
        return Grants({})
    if user.is_superuser:
        every = frozenset(apps.get_model("properties", "Property").objects.values_list("pk", flat=True))
        names = apps.get_model("auth", "Permission").objects.filter(
            content_type__app_label="properties", content_type__model="property"
        )
        return Grants(dict.fromkeys(names.values_list("codename", flat=True), every))
    if "held_rights" in user.__dict__:  # once: who asks again asks the database
        held = json.loads(user.__dict__.pop("held_rights") or "{}")
        return Grants({name: frozenset(ids) for name, ids in held.items()})
    with connection.cursor() as cursor:
        cursor.execute(GRANTS_SQL, {"user": user.pk, "now": now()})
        return Grants({name: frozenset(ids) for name, ids in cursor.fetchall()})


def _narrowed(grants: Grants, limit: Limit | None) -> Grants:
    if limit is None:
        return grants
    return Grants(
        {
            name: ids & limit.property_ids
            for name, ids in grants.by_codename.items()
            if name in limit.codenames and ids & limit.property_ids
        }
    )


class PropertyScopedQuerySet(models.QuerySet):
    """Vocabulary of every property-scoped model."""

    def visible_to(self, user: Any, verb: str = "view", area: str = "") -> Self:
        """Rows of the properties where the user holds the verb on the model's area."""
        held = grants_of(user).property_ids(verb, area or area_of(self.model._meta.app_label))
        return self.filter(property_id__in=held) if held else self.none()

    def at(self, property_id: int) -> Self:
        """Rows of one property."""
        return self.filter(property_id=property_id)


class PropertyScopedModel(TimeStamped):
    """A row that belongs to one property. Unique constraints and indexes start with ``property``."""

    property = models.ForeignKey(
        "properties.Property", on_delete=models.PROTECT, related_name="+", db_index=False, editable=True
    )

    objects = PropertyScopedQuerySet.as_manager()

    class Meta:
        abstract = True
