"""The one writer of the ledger: a journal with its postings, taxes and entries, proved by the database at the commit.

Order of locks in this floor: property (its day, shared) → folio → windows (ascending). Everything that posts holds the
day first, so that a day is never closed under it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.db.models import QuerySet
from moneyed import Money

from hotel.accounts.models import User
from hotel.contracts.folios import ChargePosted
from hotel.core.exceptions import Conflict
from hotel.core.inserts import rows_insert
from hotel.core.locks import lock_rows
from hotel.core.money import total
from hotel.core.words import _
from hotel.folios.choices import JournalKind, Ledger
from hotel.folios.models import (
    Allowance,
    CityAccount,
    FolioWindow,
    Journal,
    LedgerEntry,
    Posting,
    PostingTax,
    TransactionCode,
)
from hotel.folios.services.posting_data import NOTHING, Memo, Placed
from hotel.properties.models import Property
from hotel.properties.services.business_days import business_day_hold
from hotel.reservations.models import Reservation


class WindowClosed(Conflict):
    """Nothing can be posted on a closed window or folio (409)."""

    code = "window_closed"


@dataclass(frozen=True, kw_only=True)
class Event:
    """What a journal says of a business event, on the day that is held open for it."""

    place: Property
    day: date
    kind: JournalKind
    actor: User | None = None
    memo: Memo = NOTHING


@dataclass(frozen=True, kw_only=True)
class EntryData:
    """One entry of an event without postings, such as a deposit; debit positive."""

    ledger: Ledger
    amount: Money
    code: TransactionCode | None = None
    reservation: Reservation | None = None
    account: CityAccount | None = None


def event_begin(
    *, place: Property, kind: JournalKind, actor: User | None = None, memo: Memo = NOTHING
) -> Event:
    """Hold the open day for an event, in the caller's transaction.

    Raises:
        LockRefused: the day is being closed right now.

    Locks: the property, shared.
    """
    return Event(place=place, day=business_day_hold(place=place), kind=kind, actor=actor, memo=memo)


def windows_locked(folio_ids: Iterable[int]) -> dict[int, dict[int, FolioWindow]]:
    """Lock all windows of folios; returns folio id to window number to window, with folios read.

    Raises:
        LockRefused: somebody else holds one of them.
    """
    return _by_number(lock_rows(_windows(folio_ids)))


def windows_read(folio_ids: Iterable[int]) -> dict[int, dict[int, FolioWindow]]:
    """The same, not locked."""
    return _by_number(_windows(folio_ids).order_by("pk"))


def _windows(folio_ids: Iterable[int]) -> QuerySet[FolioWindow]:
    return FolioWindow.objects.filter(folio_id__in=set(folio_ids)).select_related("folio")


def _by_number(windows: Iterable[FolioWindow]) -> dict[int, dict[int, FolioWindow]]:
    found: dict[int, dict[int, FolioWindow]] = {}
    for window in windows:
        found.setdefault(window.folio_id, {})[window.number] = window
    return found


def journal_post(event: Event, placed: Sequence[Placed], account: CityAccount | None = None) -> list[Posting]:
    """Write postings with their taxes and entries; four statements, however many lines, and one for allowances.

    Args:
        event: with the day held.
        placed: lines on locked windows.
        account: the debtor of lines that go to the city ledger.

    Returns:
        The postings, in order of the lines.

    Raises:
        WindowClosed: one of the windows takes nothing any more.
    """
    for item in placed:
        check_open(item.window)
    journal = _journal(event)
    postings = rows_insert(_posting(event, journal, item) for item in placed)
    rows_insert(
        PostingTax(
            property=event.place,
            posting=posting,
            code=tax.code,
            base=tax.base,
            amount=tax.amount,
            is_inclusive=tax.is_inclusive,
        )
        for posting, item in zip(postings, placed, strict=True)
        for tax in item.line.taxes
    )
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT folios_journal_entries(%s, %s)", [journal.pk, None if account is None else account.pk]
        )
    if settled := {posting.allowance_id for posting in postings if posting.allowance_id}:
        Allowance.objects.filter(pk__in=settled, is_open=False).update(is_open=True)
    return postings


def journal_record(event: Event, entries: Sequence[EntryData]) -> Journal:
    """Write an event that is on no folio; the entries add up to zero, or the commit fails.

    The memo's source and key are the event's: what has been written under them is not written again, see
    ``journal_of_source``.
    """
    journal = _journal(event, event.memo.source)
    rows_insert(
        LedgerEntry(
            property=event.place,
            journal=journal,
            business_date=event.day,
            ledger=entry.ledger,
            amount=entry.amount,
            code=entry.code,
            reservation=entry.reservation,
            account=entry.account,
        )
        for entry in entries
        if entry.amount.amount
    )
    return journal


def journal_of_source(place: Property, memo: Memo) -> Journal | None:
    """The event that was written under the memo's source and key, if any; the caller holds what it is about."""
    if not memo.source:
        return None
    return Journal.objects.filter(property=place, source=memo.source, source_key=memo.source_key).first()


def check_open(window: FolioWindow) -> None:
    """Refuse a window that is closed.

    Raises:
        WindowClosed.
    """
    if window.closed_at is not None:
        text = _("Window %(window)s of %(folio)s is closed. Reopen it, or take another.") % {
            "window": window.number,
            "folio": window.folio,
        }
        raise WindowClosed(text, extra={"folio": window.folio_id, "window": window.number})


def posted_facts(postings: Sequence[Posting]) -> list[ChargePosted]:
    """What to tell of postings just made: one fact for each folio and journal."""
    by_folio: dict[tuple[int, int], list[Posting]] = {}
    for posting in postings:
        by_folio.setdefault((posting.window.folio_id, posting.journal_id), []).append(posting)
    return [
        ChargePosted(
            property_id=lines[0].property_id,
            folio_id=folio_id,
            reservation_id=lines[0].window.folio.reservation_id,
            business_date=lines[0].business_date,
            journal_id=journal_id,
            kind=str(lines[0].journal.kind),
            postings=len(lines),
            amount=total((line.gross for line in lines), lines[0].gross.currency.code).amount,
            currency=lines[0].gross.currency.code,
        )
        for (folio_id, journal_id), lines in by_folio.items()
    ]


def _journal(event: Event, source: str = "") -> Journal:
    return rows_insert(
        [
            Journal(
                property=event.place,
                business_date=event.day,
                kind=event.kind,
                actor=event.actor,
                reference=event.memo.reference,
                reason=event.memo.reason,
                source=source,
                source_key=event.memo.source_key if source else "",
            )
        ]
    )[0]


def _posting(event: Event, journal: Journal, item: Placed) -> Posting:
    line = item.line
    return Posting(
        property=event.place,
        journal=journal,
        window=item.window,
        business_date=event.day,
        revenue_date=line.revenue_date or event.day,
        code=line.code,
        description=line.description or event.memo.description or line.code.name,
        quantity=line.quantity,
        net=line.net,
        gross=line.amounts.gross,
        reference=line.reference or event.memo.reference,
        source=event.memo.source if line.source_key else "",
        source_key=line.source_key,
        actor=event.actor,
        routing_rule_id=line.routing_rule_id,
        reverses=line.reverses,
        adjusts=line.adjusts,
        moved_from=line.moved_from,
        allowance_id=line.allowance_id,
        covers=line.covers,
    )
