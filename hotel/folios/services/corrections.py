"""Correcting what was posted, by further postings: reversals."""

from collections.abc import Iterable, Sequence

from django.db import transaction

from hotel.accounts.models import User
from hotel.core.exceptions import Conflict
from hotel.core.facts import publish
from hotel.folios.choices import JournalKind, Ledger
from hotel.folios.models import CityAccount, FolioWindow, LedgerEntry, Posting, PostingTax
from hotel.folios.services.journal import event_begin, journal_post, posted_facts, windows_locked
from hotel.folios.services.posting_data import Memo, Placed, PostingData, TaxData


class PostingReversed(Conflict):
    """The posting is taken back already (409)."""

    code = "posting_reversed"


@transaction.atomic
def posting_reverse(*, posting: Posting, actor: User | None = None, reason: str = "") -> Posting:
    """Take a posting back whole: a copy with all signs turned, on the same window and for the same revenue day.

    Args:
        posting: any, of charges and payments alike.
        actor: who does it; None for the house itself.
        reason: for the journal.

    Returns:
        The reversal; together with the posting it is nothing, in gross, net and each tax.

    Publishes: ChargePosted.

    Raises:
        PostingReversed: it was taken back or moved before.
        Conflict: it is a reversal itself (``posting_is_reversal``); it was adjusted, so reverse the adjustments first
            (``posting_adjusted``).
        WindowClosed: its window takes nothing any more.

    Locks: the property (shared), the windows of its folio.
    """
    memo = Memo(reason=reason)
    event = event_begin(place=posting.property, kind=JournalKind.REVERSAL, actor=actor, memo=memo)
    windows = windows_of([posting])
    check_standing([posting])
    account = _accounts_of([posting]).get(posting.pk)
    (made,) = journal_post(event, [Placed(negated(posting), windows[posting.window_id])], account)
    publish(*posted_facts([made]))
    return made


def windows_of(postings: Iterable[Posting], *further: FolioWindow) -> dict[int, FolioWindow]:
    """Lock the windows of the folios of some postings, and further ones; returns them by id.

    Raises:
        LockRefused: somebody else holds one.
    """
    folio_ids = {posting.window.folio_id for posting in postings} | {window.folio_id for window in further}
    return {window.pk: window for some in windows_locked(folio_ids).values() for window in some.values()}


def check_standing(postings: Sequence[Posting]) -> None:
    """Refuse postings that stand for nothing any more, or are no whole by themselves; their windows are locked.

    Raises:
        PostingReversed, Conflict: see ``posting_reverse``.
    """
    if any(posting.reverses_id for posting in postings):
        raise Conflict("A reversal is not corrected; post anew instead.", code="posting_is_reversal")
    ids = [posting.pk for posting in postings]
    rows = Posting.objects.at(postings[0].property_id)
    if rows.filter(reverses__in=ids).exists():
        raise PostingReversed("It was reversed or moved already.")
    if rows.filter(adjusts__in=ids, reversals=None).exists():
        raise Conflict("It was adjusted. Reverse the adjustments first.", code="posting_adjusted")


def negated(posting: Posting, taxes: Sequence[PostingTax] | None = None) -> PostingData:
    """The line that takes a posting back."""
    rows = posting.taxes.select_related("code").order_by("pk") if taxes is None else taxes
    return PostingData(
        folio_id=posting.window.folio_id,
        window_id=posting.window_id,
        code=posting.code,
        net=-posting.net,
        taxes=tuple(
            TaxData(code=tax.code, base=-tax.base, amount=-tax.amount, is_inclusive=tax.is_inclusive)
            for tax in rows
        ),
        revenue_date=posting.revenue_date,
        description=posting.description,
        quantity=-posting.quantity,
        reference=posting.reference,
        routing_rule_id=posting.routing_rule_id,
        reverses=posting,
    )


def _accounts_of(postings: Sequence[Posting]) -> dict[int, CityAccount]:
    """The debtor of each posting that went to the city ledger."""
    rows = LedgerEntry.objects.filter(
        journal__in={posting.journal_id for posting in postings}, ledger=Ledger.CITY, account__isnull=False
    )
    return {row.posting_id: row.account for row in rows.select_related("account")}
