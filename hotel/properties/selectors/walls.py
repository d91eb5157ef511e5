"""Which tables stand behind the wall of row-level security, and by which condition."""

from dataclasses import dataclass
from typing import Any

from django.apps import apps

from hotel.properties.scoping import PropertyScopedModel
from hotel.properties.tenancy import SETTING

POLICY = "property_wall"

# Both questions are asked once for each statement, not for each row. The first alone would be an estimate of one row in
# two hundred for the planner; as a truth value that is known only later it is one of every second row. A setting that
# another transaction told is an empty text afterwards, not null, hence NULLIF; a `*` is no array.
_IS_EVERYTHING = f"(SELECT current_setting('{SETTING}', true) = '*')"
_PLACES = f"(SELECT NULLIF(NULLIF(current_setting('{SETTING}', true), '*'), '')::bigint[])::bigint[]"
BY_PROPERTY = f"{_IS_EVERYTHING} OR property_id = ANY ({_PLACES})"


@dataclass(frozen=True)
class Wall:
    """The policy of one table: what may be seen and changed, and what a row may become. Both are SQL of our own."""

    table: str
    using: str
    check: str


def walls() -> list[Wall]:
    """One for each table of rows that belong to a property, in the order of the models."""
    scoped = [model for model in apps.get_models() if issubclass(model, PropertyScopedModel)]
    own = [Wall(model._meta.db_table, BY_PROPERTY, BY_PROPERTY) for model in scoped]
    return own + [_of_pairs(field) for model in scoped for field in model._meta.local_many_to_many]


def pairs_apart_sql() -> str:
    """A query for pairs of rows of two properties: the wall takes none, but some may be older than it."""
    pairs = [wall for wall in walls() if wall.check != BY_PROPERTY]
    return " UNION ALL ".join(
        f"SELECT '{wall.table}' AS pair, id FROM {wall.table} WHERE NOT {wall.check}"  # noqa: S608
        for wall in pairs
    )


def _of_pairs(field: Any) -> Wall:
    """Pairs of rows are seen with the first of them; to make one, both must be seen and be of one property."""
    through = field.remote_field.through._meta
    first, second = field.model._meta.db_table, field.related_model._meta.db_table
    one = through.get_field(field.m2m_field_name()).column
    other = through.get_field(field.m2m_reverse_field_name()).column
    return Wall(
        through.db_table,
        f"EXISTS (SELECT FROM {first} AS seen WHERE seen.id = {one})",
        f"EXISTS (SELECT FROM {first} AS seen JOIN {second} AS other USING (property_id)"
        f" WHERE seen.id = {one} AND other.id = {other})",
    )
