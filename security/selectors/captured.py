"""Which tables the trail watches, and what it keeps of their columns."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.apps import apps
from django.conf import settings
from django.db import connection, models

from hotel.core.personal import personal_data
from hotel.core.plugs import plugs

NUMBERS = frozenset({"number", "number_text", "confirmation_number", "currency"})
TRIGGERS = ("zz_trail_insert", "zz_trail_update", "zz_trail_delete", "zz_trail_truncate")
# A trigger that is switched off has arguments that none of ours has.
_STANDING = """
    SELECT class.relname, trigger.tgname,
           CASE WHEN trigger.tgenabled IN ('O', 'A') THEN trigger.tgargs ELSE 'off'::bytea END
      FROM pg_class AS class
      LEFT JOIN pg_trigger AS trigger ON trigger.tgrelid = class.oid AND trigger.tgname LIKE 'zz_trail_%'
     WHERE class.relnamespace = current_schema()::regnamespace AND class.relkind IN ('r', 'p')
       AND NOT class.relispartition
"""


@dataclass(frozen=True)
class Watched:
    """One table: the column of its key, that of its property, columns masked, columns kept as a digest."""

    table: str
    key: str
    place: str = ""
    masked: tuple[str, ...] = ()
    digested: tuple[str, ...] = ()

    @property
    def arguments(self) -> tuple[str, str, str, str]:
        """Of its trigger."""
        return self.key, self.place, ",".join(self.masked), ",".join(self.digested)

    @property
    def triggers(self) -> dict[str, bytes]:
        """Name to arguments as PostgreSQL stores them, each ended with a zero byte."""
        return dict.fromkeys(TRIGGERS, b"".join(argument.encode() + b"\0" for argument in self.arguments))


def watched() -> Iterator[Watched]:
    """Every table of the components, also those between two, but for ``ComponentPlug.trail_excluded``."""
    labels = {component.rsplit(".", 1)[-1] for component in settings.COMPONENTS}
    excluded = {name for plug in plugs() for name in plug.trail_excluded}
    masked = {name: set(fields) for plug in plugs() for name, fields in plug.audit_masked.items()}
    for row in personal_data(whose="guest"):
        columns = (apps.get_model(row.model)._meta.get_field(name) for name in row.fields)
        hidden = {column.name for column in columns if not _outlives_erasure(column, row.tier)}
        masked.setdefault(row.model, set()).update(hidden)
    for model in apps.get_models(include_auto_created=True):
        meta = model._meta
        if meta.app_label in labels and meta.managed and not meta.proxy and meta.label not in excluded:
            yield _watched(model, masked.get(meta.label, set()))


def _outlives_erasure(column: models.Field, tier: str) -> bool:
    """Whether an entry, which is never erased, may show a column declared personal of guests.

    An erasure leaves states, figures, moments and the house's own numbers, without which nobody could say who moved an
    amount; of T1 the dates of a stay, too. Words it takes away, and whatever is T3.
    """
    figures = (
        models.DecimalField,
        models.IntegerField,
        models.BooleanField,
        models.DateTimeField,
        models.TimeField,
    )
    return tier != "T3" and (
        bool(column.choices)
        or isinstance(column, figures)
        or (tier == "T1" and isinstance(column, models.DateField))
        or column.name in NUMBERS
    )


def _watched(model: type[models.Model], masked: set[str]) -> Watched:
    meta = model._meta
    columns = {field.name: field for field in meta.concrete_fields}
    place = "id" if meta.label == "properties.Property" else ""
    if "property" in columns or "property_id" in columns:
        place = "property_id"
    return Watched(
        table=meta.db_table,
        key=str(meta.pk.column) if meta.pk is not None else "id",
        place=place,
        # Ciphertext as well: not every key is that of one guest, and falls silent with him.
        masked=tuple(columns[name].column for name in sorted(masked & columns.keys())),
        digested=tuple(
            field.column
            for field in meta.concrete_fields
            if isinstance(field, models.BinaryField) and field.name not in masked
        ),
    )


def triggers_standing() -> dict[str, dict[str, bytes]]:
    """Every table there is to the triggers of the trail on it, by name to their arguments."""
    standing: dict[str, dict[str, bytes]] = {}
    with connection.cursor() as cursor:
        cursor.execute(_STANDING)
        for table, name, arguments in cursor.fetchall():
            standing.setdefault(table, {}).update({name: bytes(arguments)} if name else {})
    return standing


def unwatched() -> list[str]:
    """Tables whose triggers were taken away, altered or switched off; none where nobody tampered."""
    standing = triggers_standing()
    return sorted(one.table for one in watched() if standing.get(one.table) != one.triggers)
