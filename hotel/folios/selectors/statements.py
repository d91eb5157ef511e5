"""Statements: the lines of a folio between two business dates, window by window, with the balance after each."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db import connection
from moneyed import Money

from hotel.core.exceptions import RuleBroken
from hotel.core.money import rounded, zero
from hotel.core.words import _
from hotel.folios.models import Folio, FolioWindow, Posting

MOST_LINES = 2_000
_OPENING = """
    SELECT window_id, sum(amount) FROM folios_ledgerentry
     WHERE property_id = %s AND window_id = ANY(%s) AND ledger = 'guest' AND business_date < %s
     GROUP BY window_id
"""


@dataclass(frozen=True, slots=True)
class StatementLine:
    """A posting, and what the window owed after it."""

    posting: Posting
    balance: Money


@dataclass(frozen=True, slots=True)
class WindowStatement:
    """One window: what it owed before, its lines in order of posting, what it owes after them."""

    window: FolioWindow
    opening: Money
    lines: list[StatementLine] = field(default_factory=list)

    @property
    def closing(self) -> Money:
        """The balance after the last line."""
        return self.lines[-1].balance if self.lines else self.opening


def statement(folio: Folio, *, since: date | None = None, until: date | None = None) -> list[WindowStatement]:
    """The statement of a folio, one entry per window in order of numbers.

    Args:
        folio: with or without its windows read.
        since, until: business dates of posting, both inclusive; the whole folio unless given.

    Raises:
        RuleBroken: more than ``MOST_LINES`` lines (``statement_too_long``).
    """
    windows = sorted(folio.windows.all(), key=lambda window: window.number)
    opening = _opening(folio, windows, since)
    found = {window.pk: WindowStatement(window, opening[window.pk]) for window in windows}
    rows = Posting.objects.at(folio.property_id).whole().filter(window__in=windows).order_by("pk")
    rows = rows if since is None else rows.filter(business_date__gte=since)
    rows = rows if until is None else rows.filter(business_date__lte=until)
    lines = list(rows[: MOST_LINES + 1])
    if len(lines) > MOST_LINES:
        text = _("More than %(most_lines)s lines. Ask for fewer days.") % {"most_lines": MOST_LINES}
        raise RuleBroken(text, code="statement_too_long", extra={"most": MOST_LINES})
    for posting in lines:
        mine = found[posting.window_id]
        mine.lines.append(StatementLine(posting, rounded(mine.closing + posting.gross)))
    return list(found.values())


def _opening(folio: Folio, windows: Iterable[FolioWindow], since: date | None) -> dict[int, Money]:
    ids = [window.pk for window in windows]
    found = dict.fromkeys(ids, zero(folio.currency))
    if since is not None:
        with connection.cursor() as cursor:
            cursor.execute(_OPENING, [folio.property_id, ids, since])
            found |= {pk: rounded(Money(amount, folio.currency)) for pk, amount in cursor.fetchall()}
    return found
