"""What a paper says, whatever it is printed on: facts, and tables of plain values."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from moneyed import Money

Cell = str | int | date | datetime | time | Money | None


@dataclass(frozen=True)
class Column:
    """A column of a table.

    Attributes:
        word: name of its head in ``words``.
        kind: ``text``, ``name``, ``key`` (a number that people call things by), ``day``, ``time``, ``count``,
            ``money``, ``figure`` (a count or money), ``mark`` (a letter in a frame) or ``box`` (empty, to be filled in
            by hand).
        width: its share of the sheet, beside the others.
    """

    word: str
    kind: str = "text"
    width: int = 10

    @property
    def is_number(self) -> bool:
        """Whether it stands to the right."""
        return self.kind in ("count", "money", "figure")


@dataclass(frozen=True)
class Table:
    """Rows under heads; a row has as many cells as there are columns.

    Attributes:
        word: name of its title in ``words``; also that of its sheet in a workbook.
        empty: name of the sentence that stands there when there are no rows.
        totals: a last row; cells of columns without one are None. Nothing: no such row.
        says: values put into the title, such as a day.
    """

    word: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Any]]
    empty: str = "nothing"
    totals: Sequence[Any] = ()
    says: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Content:
    """All that stands on a paper.

    Attributes:
        word: name of its title.
        day: the business date it is of.
        tables: in order.
        facts: (name of the word, value), above the tables.
        definitions: names of sentences that say how rows and figures were chosen.
        guests: ids of whom it names, for the record of who was shown.
        parts: of papers that are no tables: registration cards.
        about: what it is of beside the day, such as a group.
    """

    word: str
    day: date
    tables: Sequence[Table] = ()
    facts: Sequence[tuple[str, Cell]] = ()
    definitions: Sequence[str] = ()
    guests: frozenset[int] = frozenset()
    parts: Sequence[Any] = ()
    about: str = ""
