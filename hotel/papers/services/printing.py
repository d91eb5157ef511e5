"""Papers as PDF: tagged, in the property's colour, with page and time in the foot of each sheet."""

from datetime import datetime
from typing import Any

from django.template.loader import render_to_string

from hotel.core.pdf import pdf_tagged
from hotel.folios.services.pdfs import brand_of
from hotel.papers.choices import PaperKind
from hotel.papers.domain.kinds import KINDS
from hotel.papers.domain.spelling import Spelling
from hotel.papers.domain.tables import Content, Table
from hotel.papers.domain.words import words
from hotel.papers.models import Paper

STYLE = "papers/print.css"


def paper_pdf(paper: Paper, content: Content, moment: datetime) -> tuple[bytes, int]:
    """Print a paper.

    Args:
        moment: when its rows were read.

    Returns:
        The file, and how many pages it has.

    Raises:
        PdfTooLong: more than anybody prints.
        PdfUnavailable: this machine cannot print.
    """
    place, w, spell = paper.property, words(paper.language), Spelling(paper.language)
    is_cards = paper.kind == PaperKind.REGISTRATION
    shown = {
        "w": w,
        "language": paper.language,
        "brand": brand_of(place),
        "place": place,
        "title": w[content.word],
        "about": content.about,
        "day": spell.long_day(content.day),
        "as_of": spell.cell(moment.astimezone(place.zone)),
        "is_wide": KINDS[paper.kind].is_wide,
        "is_checked": paper.kind == PaperKind.HOUSEKEEPING,
        "facts": [(w[word], spell.cell(value)) for word, value in content.facts],
        "tables": [_table(table, w, spell) for table in content.tables],
        "definitions": [w[word] for word in content.definitions],
        "cards": content.parts,
    }
    template = "papers/cards.html" if is_cards else "papers/lists.html"
    return pdf_tagged(render_to_string(template, shown), style=STYLE)


def _table(table: Table, w: dict[str, str], spell: Spelling) -> dict[str, Any]:
    """A table as texts; the currency of its money stands in the head of the column."""
    whole = sum(column.width for column in table.columns)
    return {
        "title": title_of(table, w),
        "empty": "" if table.rows else w[table.empty],
        "count": len(table.rows),
        "heads": [
            {
                "text": w[column.word],
                "unit": currency_of(table, at) if column.kind == "money" else "",
                "kind": column.kind,
                "is_number": column.is_number,
                "width": f"{100 * column.width / whole:.2f}",
            }
            for at, column in enumerate(table.columns)
        ],
        "rows": [_row(table, row, spell) for row in table.rows],
        "totals": _row(table, table.totals, spell) if table.totals else [],
    }


def _row(table: Table, row: Any, spell: Spelling) -> list[dict[str, Any]]:
    return [
        {
            "text": spell.money(value) if column.kind == "figure" and hasattr(value, "currency")
            else spell.cell(value, column.kind),
            "kind": column.kind,
            "is_number": column.is_number,
        }
        for column, value in zip(table.columns, row, strict=True)
    ]  # fmt: skip


def title_of(table: Table, w: dict[str, str]) -> str:
    """The title of a table, such as ``Arrivals 15.03.2027``."""
    return w[table.word].format(**table.says)


def currency_of(table: Table, at: int) -> str:
    """The currency of a column of money; empty when it has none."""
    values = (row[at] for row in table.rows if row[at] is not None)
    return next((str(value.currency.code) for value in values), "")
