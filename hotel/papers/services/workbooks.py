"""Papers as workbooks: days are days, amounts are numbers of their currency, and a first sheet says what it is."""

from datetime import datetime
from typing import Any

from moneyed import Money

from hotel.core.exports import Sheet, sheets_bytes
from hotel.core.money import exponent
from hotel.papers.domain.tables import Column, Content, Table
from hotel.papers.domain.words import words
from hotel.papers.models import Paper
from hotel.papers.services.printing import title_of

WIDTHS = {"day": 12, "time": 9, "count": 9, "money": 14, "name": 28, "mark": 8}
NARROWEST, WIDEST = 9, 60


def paper_xlsx(paper: Paper, content: Content, moment: datetime) -> bytes:
    """The tables of a paper, a sheet each, behind one that says of what and when they are and how rows were chosen.

    Columns that are empty on paper, to be ticked by hand, are left out.

    Args:
        moment: when the rows were read; told on the clock of the property.
    """
    place, w = paper.property, words(paper.language)
    at = moment.astimezone(place.zone).replace(tzinfo=None, second=0, microsecond=0)
    told: list[tuple[Any, Any]] = [
        (w[content.word], content.about or None),
        (place.name, place.code),
        (w["business_date"], content.day),
        (w["as_of"], at),
        *((w[word], value) for word, value in content.facts),
        *((f"{title_of(table, w)}: {w['rows']}", len(table.rows)) for table in content.tables),
        *((w["definitions"] if n == 0 else None, w[word]) for n, word in enumerate(content.definitions)),
    ]
    first = Sheet(w["about"], (), told, {}, widths=(34, 70))
    return sheets_bytes([first, *(_sheet(table, w) for table in content.tables)])


def _sheet(table: Table, w: dict[str, str]) -> Sheet:
    """A table without what is filled in by hand; money as its number, the currency in the format."""
    kept = [at for at, column in enumerate(table.columns) if column.kind != "box"]
    rows = [[_plain(row[at]) for at in kept] for row in table.rows]
    return Sheet(
        title_of(table, w),
        [(w[table.columns[at].word], _width(table.columns[at], table, at)) for at in kept],
        rows,
        {n: _format(table, at) for n, at in enumerate(kept) if table.columns[at].kind == "money"},
    )


def _plain(value: Any) -> Any:
    return value.amount if isinstance(value, Money) else (value if value != "" else None)


def _format(table: Table, at: int) -> str:
    """``#,##0.00 [$EUR]``: with the places and the code of the column's currency."""
    code = next((row[at].currency.code for row in table.rows if row[at] is not None), "")
    places = exponent(code) if code else 2
    return f"#,##0{'.' + '0' * places if places else ''}" + (f" [${code}]" if code else "")


def _width(column: Column, table: Table, at: int) -> int:
    """Wide enough for what is in the column, within reason."""
    longest = max((len(str(row[at])) for row in table.rows if isinstance(row[at], str)), default=0)
    return max(NARROWEST, min(WIDEST, max(WIDTHS.get(column.kind, 0), longest + 2)))
