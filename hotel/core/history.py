"""What became of a row and its parts, version by version, from the readable audit; and how it was before.

A version is what one request changed together. What the audit does not see is not told: bulk updates, and relations to
many rows that have no model of their own.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from itertools import groupby
from typing import Any

from auditlog.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import models
from django.db.models import F, Func, Q, Value
from djmoney.models.fields import CurrencyField, MoneyField
from moneyed import Money

from hotel.core.money import quantum
from hotel.core.words import _

MOST = 200  # entries of the audit that are read, the newest first
NOTHING = "None"  # how the audit writes NULL
EMPTY = "–"
KINDS = {LogEntry.Action.CREATE: "made", LogEntry.Action.DELETE: "gone"}
Part = tuple[type[models.Model], str]


@dataclass(frozen=True)
class Change:
    """One field of the row (``part`` empty) or of a part of it: its value before and after, as words.

    Attributes:
        kind: ``made`` or ``gone`` when the row or part itself came or went, else ``changed``.
    """

    part: str
    label: str
    old: str
    new: str
    kind: str = "changed"


@dataclass(frozen=True)
class Version:
    """What one request changed.

    Attributes:
        key: of its newest entry of the audit.
        who: the user's name; empty when nobody was signed in, such as in a task.
        is_made: whether the row itself was made by it.
    """

    key: int
    at: datetime
    who: str
    is_made: bool
    changes: tuple[Change, ...]


@dataclass
class State:
    """How a row was right after a version, as far as it differs from how it is now.

    Attributes:
        values: field to its text in the audit, of what was changed since.
        parts: by model, each part that was there: its key and likewise what was changed of it since; all that is known
            of a part that is gone.
    """

    values: dict[str, str] = field(default_factory=dict)
    parts: dict[type[models.Model], dict[int, dict[str, str]]] = field(default_factory=dict)


def versions_of(row: models.Model, parts: Sequence[Part] = ()) -> list[Version]:
    """The versions of a row with its parts, the newest first, of the last ``MOST`` entries.

    Args:
        row: the row.
        parts: models of its parts, each with the name of its relation to the row.
    """
    entries = entries_of(row, parts)
    told = _Teller(entries, parts)
    found = [
        Version(
            key=batch[0].pk,
            at=batch[0].timestamp,
            who=_name(batch[0].actor),
            is_made=any(_is_of(one, type(row)) and one.action == LogEntry.Action.CREATE for one in batch),
            changes=tuple(change for one in reversed(batch) for change in told.changes(one)),
        )
        for batch in _batches(entries)
    ]
    return [version for version in found if version.changes or version.is_made]


def state_at(row: models.Model, parts: Sequence[Part], key: int) -> State | None:
    """How a row with its parts was right after a version; None when the version is not among the last entries."""
    entries = entries_of(row, parts)
    if key not in {one.pk for one in entries}:
        return None
    state = State()
    for model, relation in parts:
        there = model._default_manager.filter(**{relation: row})
        state.parts[model] = {pk: {} for pk in there.values_list("pk", flat=True)}
    for entry in entries:
        if entry.pk <= key:
            break
        _undo(state, entry, type(row))
    return state


def entries_of(row: models.Model, parts: Sequence[Part] = ()) -> list[LogEntry]:
    """The entries of the audit on a row and its parts, also of parts that are gone; the newest first.

    Those that tell of counters alone, such as the uses of a code, are left out: they would push out what people did.
    """
    wanted = Q(content_type=ContentType.objects.get_for_model(row), object_id=row.pk)
    for model, relation in parts:
        kind, key = ContentType.objects.get_for_model(model), str(row.pk)
        here = Q(**{f"changes__{relation}__0": key}) | Q(**{f"changes__{relation}__1": key})
        known = LogEntry.objects.filter(here, content_type=kind).values("object_id")
        wanted |= Q(content_type=kind, object_id__in=known)
    rows = LogEntry.objects.filter(wanted).annotate(told=_without(_quiet(type(row))))
    rows = rows.exclude(action=LogEntry.Action.UPDATE, told={}).select_related("actor", "content_type")
    return list(rows.order_by("-pk")[:MOST])


def _quiet(model: type[models.Model]) -> list[str]:
    """Columns that no form shows."""
    return [*(one.name for one in model._meta.concrete_fields if not one.editable), "version"]


def _without(names: list[str]) -> Func:
    """The changes of an entry but those of some columns."""
    keys = Value(names, output_field=ArrayField(models.TextField()))
    return Func(
        F("changes"), keys, template="(%(expressions)s)", arg_joiner=" - ", output_field=models.JSONField()
    )


def _undo(state: State, entry: LogEntry, model: type[models.Model]) -> None:
    """Take an entry back: what it changed is as it was before."""
    before = {name: values[0] for name, values in _plain(entry).items()}
    if _is_of(entry, model):
        state.values |= before
        return
    known = next((rows for kind, rows in state.parts.items() if _is_of(entry, kind)), None)
    if known is None or entry.object_id is None:
        return
    if entry.action == LogEntry.Action.CREATE:
        known.pop(entry.object_id, None)
    else:
        known[entry.object_id] = {**known.get(entry.object_id, {}), **before}


def values_at(changed: Mapping[str, str], now: models.Model) -> tuple[dict[str, Any], list[str]]:
    """What a form is to be filled with so that it shows how a row was.

    Args:
        changed: field to its text in the audit, of what differs from how the row is now.
        now: the row as it is now, or a new one where it is gone: its other values stay.

    Returns:
        Field to value; and the labels of the fields whose text could not be read.
    """
    found, unread = {}, []
    for name, text in changed.items():
        column = _column(type(now), name)
        if column is None or column.primary_key or not column.editable or isinstance(column, CurrencyField):
            continue
        try:
            currency = changed.get(f"{name}_currency") or str(getattr(now, f"{name}_currency", NOTHING))
            found[name] = _read(column, text, currency)
        except (ValidationError, ValueError):
            unread.append(str(column.verbose_name))
    return found, unread


def _read(column: models.Field, text: str, currency: str) -> Any:
    if text == NOTHING:
        return None
    if isinstance(column, MoneyField):
        return money_read(text, currency)
    if column.is_relation:
        return column.related_model._meta.pk.to_python(text)  # type: ignore[union-attr]
    value = column.to_python(text)
    return value.replace(tzinfo=UTC) if isinstance(value, datetime) and value.tzinfo is None else value


def money_read(text: str, currency: str) -> Money:
    """An amount as people of any language write it (``€1,250.50``, ``1.250,50 €``): it has all places of its currency.

    Raises:
        ValidationError: there is no figure in it, or no currency.
    """
    figures = "".join(one for one in text if one.isdecimal())
    if not figures or currency in ("", NOTHING):
        raise ValidationError(_("This is no amount of money."))
    amount = int(figures) * quantum(currency)
    return Money(-amount if "-" in text or "−" in text else amount, currency)


class _Teller:
    """Says changes in words; what rows are called is read once for all entries."""

    def __init__(self, entries: Sequence[LogEntry], parts: Sequence[Part]) -> None:
        self.ties = dict(parts)
        self.wholes = {one.object_repr for one in entries if one.content_type.model_class() not in self.ties}
        keys: dict[type[models.Model], set[str]] = {}
        for entry in entries:
            for name, values in _plain(entry).items():
                column = _column(entry.content_type.model_class(), name)
                if column is not None and column.is_relation:
                    keys.setdefault(column.related_model, set()).update(values)  # type: ignore[arg-type]
        self.names = {
            model: {
                str(row.pk): str(row)
                for row in model._default_manager.filter(pk__in=[one for one in found if one.isdecimal()])
            }
            for model, found in keys.items()
        }

    def changes(self, entry: LogEntry) -> list[Change]:
        """What one entry changed, field by field; a part is called by its kind and its own name."""
        model = entry.content_type.model_class()
        part = self._part(entry) if model in self.ties else ""
        kind = KINDS.get(entry.action, "changed")
        found = []
        for name, (old, new) in _plain(entry).items():
            column = _column(model, name)
            if _is_told(model, name, self.ties.get(model, "")):
                label = str(column.verbose_name) if column is not None else name
                found.append(Change(part, label, self._shown(column, old), self._shown(column, new), kind))
        return [one for one in found if one.old != one.new]

    def _part(self, entry: LogEntry) -> str:
        """Its kind and own name, without the name of the whole that often stands before it."""
        model, name = entry.content_type.model_class(), entry.object_repr
        whole = max((one for one in self.wholes if name.startswith(f"{one} ")), key=len, default="")
        kind = model._meta.verbose_name if model else entry.content_type.model
        return f"{kind} {name[len(whole) :].strip()}"

    def _shown(self, column: models.Field | None, text: str) -> str:
        if text in (NOTHING, ""):
            return EMPTY
        if column is None:
            return text
        if column.is_relation:
            return self.names.get(column.related_model, {}).get(text, f"#{text}")  # type: ignore[arg-type]
        if column.choices:
            return str(dict(column.flatchoices).get(text, text))
        if isinstance(column, models.BooleanField):
            return {"True": "yes", "False": "no"}.get(text, text)
        if isinstance(column, models.DecimalField) and not isinstance(column, MoneyField):
            return _figure(text)
        return text


def _figure(text: str) -> str:
    """Without the zeros that a column adds: 0.100000 is 0.1."""
    try:
        return f"{Decimal(text).normalize():f}"
    except InvalidOperation:
        return text


def _is_told(model: type[models.Model] | None, name: str, tie: str) -> bool:
    try:
        column = model._meta.get_field(name) if model is not None else None
    except FieldDoesNotExist:
        return True  # a note in words, see core.audit.audit_note, or a column that is no more
    quiet = isinstance(column, CurrencyField) or not getattr(column, "editable", False)
    return not quiet and name not in (tie, "id", "property", "version")


def _column(model: type[models.Model] | None, name: str) -> models.Field | None:
    """The column of a model of this name; None for a note, a relation to many, and what is no more."""
    try:
        found = model._meta.get_field(name) if model is not None else None
    except FieldDoesNotExist:
        return None
    return found if isinstance(found, models.Field) and found.concrete else None


def _plain(entry: LogEntry) -> dict[str, tuple[str, str]]:
    changes = entry.changes or {}
    return {
        name: (pair[0], pair[1])
        for name, pair in changes.items()
        if isinstance(pair, list) and len(pair) == 2
    }


def _is_of(entry: LogEntry, model: type[models.Model]) -> bool:
    return entry.content_type.model_class() is model


def _batches(entries: Sequence[LogEntry]) -> list[list[LogEntry]]:
    """What one request changed together; an entry of no request stands for itself."""
    return [list(batch) for _, batch in groupby(entries, lambda one: one.cid or one.pk)]


def _name(user: Any) -> str:
    return "" if user is None else str(user)
