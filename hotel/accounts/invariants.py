"""What must hold of rights whatever code does: nobody may do more, or less, than the roles he holds."""

from collections.abc import Iterator

from hotel.core.invariants import Invariant

_GROUPS = r"""
    SELECT id, (regexp_match(name, '^role (\d+) at property \d+$'))[1]::bigint AS role_id,
           (regexp_match(name, '^role \d+ at property (\d+)$'))[1]::bigint AS property_id
      FROM auth_group WHERE name ~ '^role \d+ at property \d+$'
"""
_REACHED = """
    SELECT held.role_id, held.user_id, coalesce(held.property_id, member.property_id) AS property_id,
           bool_or(held.valid_from IS NULL AND held.valid_to IS NULL) AS is_undated
      FROM accounts_roleassignment AS held
      LEFT JOIN properties_propertygroup_properties AS member ON member.propertygroup_id = held.group_id
     GROUP BY 1, 2, 3
"""


def invariants() -> Iterator[Invariant]:
    """The rules of accounts as SQL that returns violations."""
    yield Invariant(
        "inv_grants_follow_roles",
        "The grants of a role at a property are the rights of the role, no more and no fewer.",
        f"""
        WITH role_group AS ({_GROUPS}), wanted AS (
            SELECT role_group.id AS group_id, role_group.property_id, permission.id AS permission_id
              FROM role_group
              JOIN accounts_rolepermission AS held ON held.role_id = role_group.role_id
              JOIN auth_permission AS permission ON permission.codename = held.verb || '_' || held.area || '_area'
        ), present AS (
            SELECT group_id, content_object_id AS property_id, permission_id
              FROM properties_propertygroupobjectpermission
             WHERE group_id IN (SELECT id FROM role_group)
        )
        (SELECT 'missing' AS what, * FROM wanted EXCEPT SELECT 'missing', * FROM present)
         UNION ALL
        (SELECT 'superfluous', * FROM present EXCEPT SELECT 'superfluous', * FROM wanted)
        """,  # noqa: S608
    )
    yield Invariant(
        "inv_members_hold_roles",
        "Whoever is in the group of a role holds the role there; whoever holds it without dates is in the group.",
        f"""
        WITH role_group AS ({_GROUPS}), reached AS ({_REACHED}), member AS (
            SELECT role_group.role_id, role_group.property_id, inside.user_id
              FROM role_group JOIN accounts_user_groups AS inside ON inside.group_id = role_group.id
        )
        SELECT reached.user_id AS holder, member.user_id AS member, reached.role_id, member.property_id
          FROM reached
          FULL JOIN member ON member.role_id = reached.role_id AND member.property_id = reached.property_id
                          AND member.user_id = reached.user_id
         WHERE reached.user_id IS NULL
            OR (member.user_id IS NULL AND reached.is_undated AND reached.property_id IS NOT NULL)
        """,  # noqa: S608
    )
