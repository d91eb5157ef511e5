"""The way of a guest through the house: what components know of him, as one line of time.

Each component plugs its rows in (``core.plugs.JourneySource``); they are read by one statement, the union of all, so
that a further component costs no further query.
"""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db.models import BigIntegerField, CharField, DateTimeField, JSONField, Q, QuerySet, Value
from django.db.models.functions import Cast, JSONObject
from django.utils.functional import Promise
from django.utils.module_loading import import_string

from hotel.core.plugs import JourneySource, plugs
from hotel.properties.models import Property
from hotel.properties.scoping import grants_of

COLUMNS = ("journey_at", "journey_source", "journey_key", "journey_what", "journey_target", "journey_more")
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
BIGINT_MAX = 2**63 - 1
LATEST_MICROSECONDS = 250_000_000_000_000_000  # the year 9892


@dataclass(frozen=True)
class JourneyRow:
    """One row as a source gave it.

    Attributes:
        key: of the row in its table.
        what: the code of what happened, in the words of the source.
        target: the id of the thing that the entry leads to.
        more: what the source wants to tell with it, plain values.
    """

    at: datetime
    source: str
    key: int
    what: str
    target: int | None
    more: Mapping[str, Any]


@dataclass(frozen=True)
class JourneyWords:
    """A row in the reader's words.

    Attributes:
        kind: one of the kinds of its source.
        title: what happened.
        detail: with what; empty for nothing.
        status: a state, as ``badge`` draws it: its code and its words; empty for none.
    """

    kind: str
    title: str
    detail: str = ""
    status: tuple[str, str] = ("", "")


@dataclass(frozen=True)
class JourneyEntry:
    """One line of the journey. ``route`` and ``target`` are where it leads; an empty route for nowhere."""

    at: datetime
    words: JourneyWords
    route: str
    target: int | None


@dataclass(frozen=True)
class Journey:
    """A part of a journey, newest first.

    Attributes:
        kinds: by which the person may filter: code to title, in order of the sources.
        older: where the next part begins; empty at the end.
    """

    entries: list[JourneyEntry]
    kinds: Mapping[str, str | Promise]
    older: str = ""


@dataclass(frozen=True)
class _Cursor:
    """The last entry that was seen: those after it are older, or as old and later in order."""

    at: datetime
    source: str
    key: int

    def __str__(self) -> str:
        return f"{(self.at - EPOCH) // timedelta(microseconds=1)}-{self.source}-{self.key}"

    def past(self, source: str) -> Q:
        """Rows of a source that come after it."""
        if source < self.source:
            return Q(journey_at__lte=self.at)
        earlier = Q(journey_at__lt=self.at)
        return earlier | Q(journey_at=self.at, journey_key__lt=self.key) if source == self.source else earlier


def journey_rows(
    rows: QuerySet, *, at: str, what: Any, target: str, more: Mapping[str, Any] | None = None
) -> QuerySet:
    """Rows of a source in the columns that all sources share.

    Args:
        rows: of one model, narrowed to the guest and the properties.
        at: the column of the instant.
        what: an expression or the name of a column: the code of what happened.
        target: the column of the id that the entry leads to.
        more: names to expressions or columns, told with it; amounts as text.
    """
    told = JSONObject(**more) if more else Value({}, output_field=JSONField())
    return rows.order_by().annotate(
        journey_at=Cast(at, DateTimeField()),
        journey_key=Cast("pk", BigIntegerField()),
        journey_what=Cast(what, CharField()),
        journey_target=Cast(target, BigIntegerField()),
        journey_more=told,
    )


def journey_of(
    guest_id: int, user: Any, place: Property, *, kind: str = "", before: str = "", limit: int = 30
) -> Journey:
    """What a person may know of a guest's way through one house, newest first; one statement.

    Args:
        guest_id: the guest; the caller has looked whether the person may see him.
        place: whose rows; nothing of other houses is told.
        kind: only of this kind; an unknown one is as if none were named.
        before: where the part begins, as an earlier part told by ``older``; what cannot be read is as if empty.
        limit: entries at most.
    """
    holds = grants_of(user).holds
    sources = [
        source
        for plug in plugs()
        for source in plug.journey
        if holds(source.verb, source.area, place.pk)
    ]  # fmt: skip
    kinds = {code: title for source in sources for code, title in source.kinds.items()}
    wanted = kind if kind in kinds else ""
    by_name = {source.name: source for source in sources if not wanted or wanted in source.kinds}
    rows = _read(guest_id, {place.pk}, by_name, wanted, cursor_read(before), limit + 1)
    entries = [
        JourneyEntry(
            row.at, import_string(by_name[row.source].told)(row), by_name[row.source].route, row.target
        )
        for row in rows[:limit]
    ]
    last = rows[limit - 1] if len(rows) > limit else None
    older = str(_Cursor(last.at, last.source, last.key)) if last else ""
    return Journey(entries, kinds, older)


def cursor_read(text: str) -> _Cursor | None:
    """The place that an address names; None for none."""
    at, _, rest = text.partition("-")
    source, _, key = rest.rpartition("-")
    if not all(part.isascii() and part.isdigit() and len(part) < 20 for part in (at, key)):
        return None
    if int(at) > LATEST_MICROSECONDS or int(key) > BIGINT_MAX:
        return None
    return _Cursor(EPOCH + timedelta(microseconds=int(at)), source[:60].replace("\0", ""), int(key))


def _read(
    guest_id: int,
    property_ids: AbstractSet[int],
    sources: Mapping[str, JourneySource],
    kind: str,
    cursor: _Cursor | None,
    limit: int,
) -> list[JourneyRow]:
    parts = []
    for name, source in sources.items():
        rows = import_string(source.rows)(guest_id, property_ids, kind)
        if cursor is not None:
            rows = rows.filter(cursor.past(name))
        rows = rows.annotate(journey_source=Value(name, output_field=CharField()))
        parts.append(rows.order_by("-journey_at", "-journey_key").values_list(*COLUMNS)[:limit])
    if not parts:
        return []
    first, *others = parts
    found = first.union(*others, all=True) if others else first
    ordered = found.order_by("-journey_at", "-journey_source", "-journey_key") if others else found
    return [JourneyRow(*row[:5], more=row[5]) for row in ordered[:limit]]
