"""Which tables stand behind the wall of row-level security, and by which condition."""

from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import models

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


def _of_pairs(field: Any) -> Wall:
    """Pairs of rows are seen with the first of them; both must be seen to make one."""
    through = field.remote_field.through._meta
    first = _is_seen(field.model, through.get_field(field.m2m_field_name()).column)
    second = _is_seen(field.related_model, through.get_field(field.m2m_reverse_field_name()).column)
    return Wall(through.db_table, first, f"{first} AND {second}")


def _is_seen(model: type[models.Model], column: str) -> str:
    return f"EXISTS (SELECT FROM {model._meta.db_table} AS seen WHERE seen.id = {column})"
