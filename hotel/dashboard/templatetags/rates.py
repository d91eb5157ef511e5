"""The rows of the grid of rates, written by Python: a page has up to 60 nights of a dozen types with their plans."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from functools import cache
from html import escape
from typing import Any

from django import template
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext

from hotel.core.templatetags.pms import percent
from hotel.dashboard.selectors.rates import GridCell, PlanRow, RatesShown, TypeRows
from hotel.rates.domain.grid import Cell, Guard
from hotel.rates.domain.terms import PlanTerms

register = template.Library()

SATURDAY = 5
TYPE = '<tbody><tr class="kind"><th scope="rowgroup" colspan="{}"><b>{}</b> <small>{}</small>{}</th></tr>\n'
FOLD = ' <a class="no-print" href="{}">{}</a>'
LEFT = '<tr class="left"><th scope="row">{}</th>{}</tr>\n'
ROW = '<tr{} aria-label="{}"><th scope="row">{}</th>{}</tr>\n'
FLAG_WORDS = {"cta": "CTA", "ctd": "CTD", "closed": "×"}


@register.filter
def price(value: Decimal | None) -> str:
    """``129`` or ``129.50``: as short as it can be said, for cells; a dash for not sold."""
    if value is None:
        return "–"
    return f"{value:f}" if value % 1 else f"{value:.0f}"


@register.filter
def marks(cell: Cell) -> str:
    """The rules of a cell in short: ``2n CTA CTD ×``."""
    found = [f"{cell.min_los}n"] if cell.min_los else []
    return " ".join([*found, *(word for name, word in FLAG_WORDS.items() if getattr(cell, name))])


@register.filter
def cell_words(cell: Cell) -> str:
    """A cell in words: price, least nights, what it is closed to."""
    found = [price(cell.price) if cell.price is not None else gettext("no price")]
    if cell.min_los:
        found.append(
            ngettext("at least %(n)d night", "at least %(n)d nights", cell.min_los) % {"n": cell.min_los}
        )
    if cell.closed:
        found.append(gettext("closed"))
    if cell.cta:
        found.append(gettext("closed to arrival"))
    if cell.ctd:
        found.append(gettext("closed to departure"))
    return ", ".join(found)


@register.filter
def guard_words(guard: Guard) -> str:
    """What is odd about a change, in a sentence."""
    texts = {
        "past": gettext("The night is over: its price stays."),
        "not_sold": gettext("No price is left: these nights cannot be sold."),
        "zero": gettext("A price of 0: whoever books pays nothing for the room."),
        "below_floor": gettext("Below the floor of the plan (%(value)s): it is sold at the floor."),
        "above_ceiling": gettext("Above the ceiling of the plan (%(value)s): it is sold at the ceiling."),
        "far": gettext("Far from the nights around, which cost %(value)s."),
        "long": gettext("A minimum of %(value)s nights lets hardly anybody in."),
    }
    return texts[guard.code] % {"value": price(guard.value)}


@register.filter
def formula(row: PlanRow) -> str:
    """How a derived plan follows from its parent: ``BAR −10 % +5``."""
    return plan_formula(row.plan, row.parent)


def plan_formula(plan: PlanTerms, parent: PlanTerms | None) -> str:
    """The same, of a plan and its parent; empty for a plan with prices of its own."""
    if parent is None:
        return ""
    found = [parent.code]
    if plan.offset_rate:
        found.append(f"{_signed((plan.offset_rate * 100).normalize())} %")
    if plan.offset_amount:
        found.append(_signed(plan.offset_amount))
    if plan.floor is not None:
        found.append(f"≥ {price(plan.floor)}")
    if plan.ceiling is not None:
        found.append(f"≤ {price(plan.ceiling)}")
    return " ".join(found)


def _signed(value: Decimal) -> str:
    shown = price(abs(value))
    return f"−{shown}" if value < 0 else f"+{shown}"


@register.simple_tag(takes_context=True)
def rate_rows(context: dict[str, Any], shown: RatesShown, is_linked: bool) -> SafeString:
    """For each type a body of rows: its name, its plans, then the rooms left.

    Args:
        context: of the page, whose address folds types out.
        shown: the grid.
        is_linked: whether the reader may open a night's availability.
    """
    nights, words = shown.grid.nights, _Words()
    parts: list[str] = []
    for rows in shown.types:
        kind = rows.room_type
        fold = _fold(context["request"].GET.copy(), rows)
        parts.append(TYPE.format(len(nights) + 1, escape(kind.code), escape(kind.name), fold))
        parts += [_row(row, rows, nights, shown.today) for row in rows.plans]
        parts.append(LEFT.format(escape(gettext("left")), "".join(_left(rows, nights, words, is_linked))))
        parts.append("</tbody>")
    return _safe(parts)


def _fold(query: Any, rows: TypeRows) -> str:
    """The link that folds the derived plans out or away."""
    pk = str(rows.room_type.pk)
    opened = [one for one in query.getlist("open") if one != pk]
    if rows.is_open:
        words = gettext("fold the derived plans away")
    elif rows.folded:
        opened.append(pk)
        words = ngettext("+ %(n)d derived plan", "+ %(n)d derived plans", rows.folded) % {"n": rows.folded}
    else:
        return ""
    query.setlist("open", opened)
    return FOLD.format(escape(f"?{query.urlencode()}"), escape(words))


class _Words:
    """What hundreds of cells have in common, written once a page."""

    def __init__(self) -> None:
        self.day = cache(lambda day: escape(date_format(day, "j M")))
        self.left = escape(gettext("left"))
        self.page = reverse("dashboard:availability")


def _row(row: PlanRow, rows: TypeRows, nights: Sequence[date], today: date) -> str:
    plan, kind = row.plan, rows.room_type
    name = escape(f"{kind.code} {plan.name}")
    if row.parent is None:
        about = f' data-plan="{plan.id}" data-type="{kind.pk}"'
        head = f"{escape(plan.code)} <small>{escape(plan.name)}</small>"
    else:
        about = ' class="derived"'
        head = f"<i>{escape(plan.code)}</i> <small>{escape(formula(row))}</small>"
    cells = "".join(
        _cell(cell, row, night, night < today) for cell, night in zip(row.cells, nights, strict=True)
    )
    return ROW.format(about, name, head, cells)


def _cell(found: GridCell, row: PlanRow, night: date, is_over: bool) -> str:
    cell, above = found.cell, found.above
    look = " ".join(
        [*(["shut"] if found.is_shut else []), *(["weekend"] if night.weekday() >= SATURDAY else [])]
    )
    classes = f' class="{look}"' if look else ""
    own, more = marks(cell), marks(above)
    up = f'<small class="up">{more}</small>' if more else ""
    if row.parent is not None:
        return f"<td{classes}><i>{price(found.price)}</i><small>{own}</small>{up}</td>"
    seen = "" if is_over else f' data-s="{cell.token}"'
    return f'<td{classes}{seen}><b>{price(cell.price)}</b><small class="own">{own}</small>{up}</td>'


def _left(rows: TypeRows, nights: Sequence[date], words: _Words, is_linked: bool) -> Iterable[str]:
    pk, code = rows.room_type.pk, escape(rows.room_type.code)
    for night, left in zip(nights, rows.left, strict=True):
        look = "weekend" if night.weekday() >= SATURDAY else ""
        if left is None:
            yield f'<td class="{look}">–</td>'
            continue
        look = f"{look} {'none' if not left else 'few' if left <= 2 else ''}".strip()
        told = f'<span class="vh"> {words.left}, {code}, {words.day(night)}</span>'
        inner = f'<a href="{words.page}/{pk}/{night}">{left}{told}</a>' if is_linked else f"{left}"
        yield f'<td class="{look}">{inner}</td>'


def _safe(parts: Iterable[str]) -> SafeString:
    # Every part is escaped where it is put in, or is a number, a date or a token of ours.
    return SafeString("".join(parts))


@register.filter
def change(value: Decimal | None) -> str:
    """``+4.2%`` or ``−4.2%``; a dash where there is nothing to compare with."""
    if value is None:
        return "–"
    return f"−{percent(-value)}" if value < 0 else f"+{percent(value)}"


@register.filter
def trend(value: Decimal | None) -> str:
    """The class of a change: ``up``, ``down`` or nothing; its sign says the same."""
    return "" if not value else "up" if value > 0 else "down"
