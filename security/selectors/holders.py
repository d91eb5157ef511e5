"""Who holds which rights at a property, read from where they are enforced."""

from collections import defaultdict
from collections.abc import Iterable

from django.db import connection

from hotel.core.clock import now
from hotel.properties.scoping import codename, pair_of

# The grants of roles' groups and those of people, of everybody at some properties.
HELD_SQL = """
    SELECT held.place, held.user_id, permission.codename
      FROM (SELECT role.permission_id, role.content_object_id AS place, member.user_id
              FROM properties_propertygroupobjectpermission AS role
              JOIN accounts_user_groups AS member ON member.group_id = role.group_id
             WHERE role.content_object_id = ANY(%(places)s)
             UNION
            SELECT permission_id, content_object_id, user_id
              FROM properties_propertyuserobjectpermission
             WHERE content_object_id = ANY(%(places)s) AND (valid_until IS NULL OR valid_until > %(now)s)) AS held
      JOIN auth_permission AS permission ON permission.id = held.permission_id
      JOIN accounts_user AS person ON person.id = held.user_id AND person.is_active
     WHERE %(only)s::text IS NULL OR permission.codename = %(only)s
"""


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


def holders_everywhere(verb: str, area: str, property_ids: Iterable[int]) -> set[int]:
    """The ids of the active users who hold a right at each of the properties; one query."""
    wanted = set(property_ids)
    found: dict[int, set[int]] = defaultdict(set)
    for place, user, _ in _rows(wanted, codename(verb, area)):
        found[user].add(place)
    return {user for user, places in found.items() if places >= wanted}


def _rows(property_ids: Iterable[int], only: str | None) -> list[tuple[int, int, str]]:
    with connection.cursor() as cursor:
        cursor.execute(HELD_SQL, {"places": list(property_ids), "now": now(), "only": only})
        return cursor.fetchall()
