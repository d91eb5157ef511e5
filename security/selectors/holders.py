"""Who holds which rights at a property, read from where they are enforced."""

from collections import defaultdict
from collections.abc import Iterable

from django.db import connection
from django.db.models import QuerySet

from hotel.accounts.models import User
from hotel.core.clock import now
from hotel.properties.models import Property
from hotel.properties.scoping import HELD_SQL, codename, pair_of

# Of everybody at some properties.
HOLDERS_SQL = f"""
    SELECT DISTINCT held.property_id, held.user_id, permission.codename
      FROM ({HELD_SQL}) AS held
      JOIN auth_permission AS permission ON permission.id = held.permission_id
      JOIN accounts_user AS person ON person.id = held.user_id AND person.is_active
     WHERE held.property_id = ANY(%(places)s)
       AND (%(only)s::text IS NULL OR permission.codename = %(only)s)
"""  # noqa: S608  (constants)


def rights_at(property_ids: Iterable[int]) -> dict[int, dict[int, frozenset[tuple[str, str]]]]:
    """Property id to the ids of its active users to their rights as (area, verb); one query.

    Superusers hold every right without a grant and do not appear for it.
    """
    found: dict[int, dict[int, set[tuple[str, str]]]] = defaultdict(lambda: defaultdict(set))
    for place, user, name in _rows(property_ids, None):
        found[place][user].add(pair_of(name))
    return {
        place: {user: frozenset(rights) for user, rights in people.items()} for place, people in found.items()
    }


def places_held(verb: str, area: str, property_ids: Iterable[int]) -> dict[int, set[int]]:
    """The ids of the active users who hold a right at one of the properties, with those properties; one query."""
    found: dict[int, set[int]] = defaultdict(set)
    for place, user, _ in _rows(property_ids, codename(verb, area)):
        found[user].add(place)
    return dict(found)


def holders_everywhere(verb: str, area: str, property_ids: Iterable[int]) -> set[int]:
    """The ids of the active users who hold a right at each of the properties; one query."""
    wanted = set(property_ids)
    return {user for user, places in places_held(verb, area, wanted).items() if places >= wanted}


def people_everywhere(verb: str, area: str) -> QuerySet[User]:
    """The active users who hold a right at every property; superusers do."""
    ids = holders_everywhere(verb, area, Property.objects.values_list("pk", flat=True))
    return User.objects.filter(pk__in=ids) | User.objects.filter(is_superuser=True, is_active=True)


def _rows(property_ids: Iterable[int], only: str | None) -> list[tuple[int, int, str]]:
    with connection.cursor() as cursor:
        cursor.execute(HOLDERS_SQL, {"places": list(property_ids), "now": now(), "only": only})
        return cursor.fetchall()
