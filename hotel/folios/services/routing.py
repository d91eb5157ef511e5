"""Placing lines on windows: by name, or along the routing rules."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from moneyed import Money

from hotel.core.exceptions import NotFound
from hotel.core.money import quantum
from hotel.core.words import _
from hotel.folios.domain.amounts import cut_by_gross
from hotel.folios.domain.routing import Charge, Part, RuleTerms, route
from hotel.folios.models import FolioWindow, Posting
from hotel.folios.selectors.routing import limits_used, rules_reaching
from hotel.folios.services.journal import Event, windows_locked, windows_read
from hotel.folios.services.posting_data import Placed, PostingData, taxes_cut
from hotel.properties.models import Property

Windows = Mapping[int, Mapping[int, FolioWindow]]


def lines_placed(event: Event, lines: Sequence[PostingData]) -> list[Placed]:
    """Lock the windows, leave out what was posted before, and place the rest; a limit cuts a line in parts.

    Raises:
        NotFound: a folio or window is not there, or belongs to another property.
        LockRefused: somebody else holds a window.

    Locks: the windows of all folios concerned.
    """
    return _lines_placed(event, lines, windows_locked)


def lines_foreseen(event: Event, lines: Sequence[PostingData]) -> list[Placed]:
    """Where lines would go if they were posted in this order; nothing is locked, the day need not be held.

    Args:
        event: without a source.
        lines: see ``not_yet_posted``.

    Raises:
        NotFound: as ``lines_placed``.
    """
    return _lines_placed(event, lines, windows_read)


def _lines_placed(
    event: Event, lines: Sequence[PostingData], windows_of: Callable[[Iterable[int]], Windows]
) -> list[Placed]:
    rules = rules_reaching({line.folio_id for line in lines if line.window_id is None})
    targets = {rule.target_folio_id for some in rules.values() for rule in some}
    windows = windows_of({line.folio_id for line in lines} | targets)
    _check_folios(event, lines, windows)
    fresh = not_yet_posted(event.place, event.memo.source, lines)
    days = {line.revenue_date or event.day for line in fresh}
    used = limits_used(event.place.pk, rules, days)
    by_id = {window.pk: window for some in windows.values() for window in some.values()}
    return [item for line in fresh for item in _placed(line, event.day, windows, by_id, rules, used)]


def part_key(source_key: str, number: int) -> str:
    """The source key of a part of a line, counted from 0; the first keeps the line's own."""
    return f"{source_key}#{number + 1}" if number and source_key else source_key


def is_part_of(part: str, source_key: str) -> bool:
    """Whether a source key is that of the line, or of one of its parts."""
    return part == source_key or part.startswith(f"{source_key}#")


def _placed(
    line: PostingData,
    day: date,
    windows: Windows,
    by_id: Mapping[int, FolioWindow],
    rules: Mapping[int, Sequence[RuleTerms]],
    used: dict[tuple[int, date | None], Decimal],
) -> Iterable[Placed]:
    if line.window_id is not None:
        return [Placed(line, by_id[line.window_id])]
    if not rules[line.folio_id]:
        return [Placed(line, windows[line.folio_id][1])]
    gross = line.amounts.gross
    charge = Charge(gross.amount, line.code.code, line.code.group, line.revenue_date or day)
    parts = route(charge, line.folio_id, rules, used, quantum(gross.currency.code))
    return [
        Placed(piece, windows[line.folio_id][1] if part.window_id is None else by_id[part.window_id])
        for piece, part in zip(_cut(line, parts), parts, strict=True)
    ]


def _cut(line: PostingData, parts: Sequence[Part]) -> list[PostingData]:
    """The line in parts with these gross amounts; quantity stays with the first."""
    currency = line.net.currency
    pieces = cut_by_gross(line.amounts, [Money(part.gross, currency) for part in parts])
    return [
        replace(
            line,
            net=piece.net,
            taxes=taxes_cut(line.taxes, piece.taxes),
            quantity=line.quantity if number == 0 else Decimal(0),
            source_key=part_key(line.source_key, number),
            routing_rule_id=part.rule_id,
        )
        for number, (piece, part) in enumerate(zip(pieces, parts, strict=True))
    ]


def not_yet_posted(place: Property, source: str, lines: Sequence[PostingData]) -> list[PostingData]:
    """The lines that the source did not post before."""
    keys = [line.source_key for line in lines if line.source_key]
    if not keys or not source:
        return list(lines)
    rows = Posting.objects.at(place.pk).filter(source=source, source_key__in=keys)
    known = set(rows.values_list("source_key", flat=True))
    return [line for line in lines if line.source_key not in known]


def _check_folios(event: Event, lines: Sequence[PostingData], windows: Windows) -> None:
    for line in lines:
        mine = windows.get(line.folio_id, {})
        is_there = line.window_id is None or line.window_id in {window.pk for window in mine.values()}
        if not mine or not is_there or mine[1].property_id != event.place.pk:
            raise NotFound(_("There is no such folio or window at this property."))
