"""Which tables the trail watches, and what it keeps of their columns."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.apps import apps
from django.conf import settings
from django.db import models

from hotel.core.fields import EncryptedTextField
from hotel.core.personal import personal_data
from hotel.core.plugs import plugs


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


def watched() -> Iterator[Watched]:
    """Every table of the components, also those between two, but for ``ComponentPlug.trail_excluded``."""
    labels = {component.rsplit(".", 1)[-1] for component in settings.COMPONENTS}
    excluded = {name for plug in plugs() for name in plug.trail_excluded}
    masked = {name: set(fields) for plug in plugs() for name, fields in plug.audit_masked.items()}
    for row in personal_data(
        whose="guest"
    ):  # an entry is never erased, so it must not know what an erasure erases
        masked.setdefault(row.model, set()).update(row.fields)
    for model in apps.get_models(include_auto_created=True):
        meta = model._meta
        if meta.app_label in labels and meta.managed and not meta.proxy and meta.label not in excluded:
            yield _watched(model, masked.get(meta.label, set()))


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
        # Ciphertext says nothing without its key, and falls silent with it: it is kept as it is.
        masked=tuple(
            columns[name].column
            for name in sorted(masked & columns.keys())
            if not isinstance(columns[name], EncryptedTextField)
        ),
        digested=tuple(
            field.column
            for field in meta.concrete_fields
            if isinstance(field, models.BinaryField) and field.name not in masked
        ),
    )
