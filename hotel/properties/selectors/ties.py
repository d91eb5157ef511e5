"""Which foreign keys carry the property along, so that no row can point at one of another property.

PostgreSQL checks foreign keys past row-level security: by its number alone a row of another hotel would be found. A tie
is a foreign key of two columns, the property and the number, to the same two of its target.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import models
from django.db.backends.utils import truncate_name

from hotel.core.plugs import plugs
from hotel.properties.scoping import PropertyScopedModel

NAME_LENGTH = 63  # of PostgreSQL
OWN = "property_id"

_NAMES = """ARRAY(SELECT attname::text FROM unnest({numbers}) WITH ORDINALITY AS part (number, place)
                           JOIN pg_attribute ON attrelid = {table} AND attnum = part.number ORDER BY place)"""
# Every foreign key of the schema. ``is_checked``: whether all rows were.
STANDING = f"""
    SELECT child.relname::text AS name, {_NAMES.format(numbers="conkey", table="conrelid")} AS columns,
           target.relname::text AS target, {_NAMES.format(numbers="confkey", table="confrelid")} AS keys,
           key.convalidated AS is_checked, key.conname::text
      FROM pg_constraint AS key
      JOIN pg_class AS child ON child.oid = key.conrelid
      JOIN pg_class AS target ON target.oid = key.confrelid
     WHERE key.contype = 'f' AND key.conparentid = 0 AND key.connamespace = current_schema()::regnamespace
"""  # noqa: S608  (a constant of the module)


@dataclass(frozen=True)
class Reference:
    """A foreign key: ``columns`` of ``table`` name the ``keys`` of a row of ``target``; a tie has two of each."""

    table: str
    columns: tuple[str, ...]
    target: str
    keys: tuple[str, ...]

    @property
    def is_tie(self) -> bool:
        """Whether it carries the property along."""
        return len(self.columns) == 2 and self.columns[0] == self.keys[0] == OWN

    @property
    def single(self) -> "Reference":
        """The same by the number alone, as Django makes it: a tie that holds for every row says all that it does."""
        return Reference(self.table, self.columns[-1:], self.target, self.keys[-1:])

    @property
    def name(self) -> str:
        """Of the constraint."""
        return truncate_name(f"{self.table}_{self.columns[-1]}_{'tie' if self.is_tie else 'fk'}", NAME_LENGTH)

    @property
    def index(self) -> str:
        """Of the unique index of the target that a tie needs.

        It begins with the number: it grows at its end only, and is not taken for questions about all of a property.
        """
        return truncate_name(f"{self.target}_{self.keys[-1]}_tie", NAME_LENGTH)


def references() -> list[Reference]:
    """Every foreign key of models whose rows belong to a property, in the order of the models.

    Both columns named ``property`` are never null, so a tie is left unchecked only where it points at nothing.
    """
    scoped = [model for model in apps.get_models() if issubclass(model, PropertyScopedModel)]
    return [_reference(field) for model in scoped for field in foreign_keys(model) if field.db_constraint]


def foreign_keys(model: type[models.Model]) -> Iterator[Any]:
    """The foreign keys of a table."""
    return (field for field in model._meta.local_concrete_fields if isinstance(field, models.ForeignKey))


def is_tied(field: Any) -> bool:
    """Whether a foreign key of a scoped model must stay within the property: its target belongs to one, too."""
    return issubclass(field.related_model, PropertyScopedModel) and str(field) not in untied()


def untied() -> dict[str, str]:
    """``app.Model.field`` of each foreign key that may leave the property, to the reason: what the plugs say."""
    return {label: reason for plug in plugs() for label, reason in plug.untied.items()}


def ties_unmet_sql() -> str:
    """A query for those of ``references()`` that the database lacks, or that not all rows are known to keep to."""
    wanted = ", ".join(
        f"('{one.table}', ARRAY{list(one.columns)}, '{one.target}', ARRAY{list(one.keys)})"
        for one in references()
    )
    return f"""
        SELECT wanted.name, wanted.columns, wanted.target
          FROM (VALUES {wanted}) AS wanted (name, columns, target, keys)
         WHERE (wanted.name, wanted.columns, wanted.target, wanted.keys, true) NOT IN
               (SELECT name, columns, target, keys, is_checked FROM ({STANDING}) AS standing)
    """  # noqa: S608  (names of our own tables and columns)


def _reference(field: Any) -> Reference:
    table, target = field.model._meta.db_table, field.related_model._meta.db_table
    key = str(field.target_field.column)
    if is_tied(field):
        return Reference(table, (OWN, field.column), target, (OWN, key))
    return Reference(table, (field.column,), target, (key,))
