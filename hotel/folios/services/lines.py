"""A posting as a line to be posted again: taken back, moved, cut or adjusted."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from hotel.folios.domain.amounts import Amounts
from hotel.folios.models import FolioWindow, Posting, PostingTax
from hotel.folios.services.posting_data import PostingData, TaxData, taxes_cut


def line_of(
    posting: Posting,
    amounts: Amounts | None = None,
    *,
    window: FolioWindow | None = None,
    is_first: bool = True,
    reverses: Posting | None = None,
    adjusts: Posting | None = None,
    moved_from: Posting | None = None,
) -> PostingData:
    """A line like a posting, with other amounts.

    Args:
        amounts: its own unless given; taxes in order of the posting's.
        window: its own unless given.
        is_first: whether the quantity goes with it; only the first of several parts has it.
        reverses, adjusts, moved_from: what the new line is to the posting.

    A line that stays on the window counts for the routing rule that sent the posting there; each counts for the
    allowance of the posting.
    """
    place = window or posting.window
    return PostingData(
        folio_id=place.folio_id,
        window_id=place.pk,
        code=posting.code,
        net=posting.net if amounts is None else amounts.net,
        taxes=_taxes(posting.taxes.all(), amounts),
        revenue_date=posting.revenue_date,
        description=posting.description,
        quantity=_quantity(posting, is_first=is_first, is_back=reverses is not None),
        reference=posting.reference,
        routing_rule_id=posting.routing_rule_id if window is None else None,
        reverses=reverses,
        adjusts=adjusts,
        moved_from=moved_from,
        allowance_id=posting.allowance_id,
    )


def _taxes(rows: Iterable[PostingTax], amounts: Amounts | None) -> tuple[TaxData, ...]:
    found = sorted(rows, key=lambda row: row.pk)
    parts: Sequence[Any] = found if amounts is None else amounts.taxes
    return taxes_cut(found, parts)


def _quantity(posting: Posting, *, is_first: bool, is_back: bool) -> Decimal:
    if not is_first:
        return Decimal(0)
    return -posting.quantity if is_back else posting.quantity
