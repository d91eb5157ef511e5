"""Correcting what was posted by further postings: reversals, adjustments, transfers and splits."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from types import MappingProxyType

from django.db import transaction
from django.db.models import prefetch_related_objects
from moneyed import Money

from hotel.accounts.models import User
from hotel.accounts.selectors.limits import approval_limits
from hotel.core.exceptions import Conflict, InvalidInput, RuleBroken
from hotel.core.facts import publish
from hotel.core.money import allocate, in_words, total
from hotel.core.words import _
from hotel.folios.choices import CodeKind, JournalKind
from hotel.folios.domain.amounts import Amounts, cut, less, share
from hotel.folios.models import CityAccount, FolioWindow, LedgerEntry, Posting
from hotel.folios.services.allowances import uses_of
from hotel.folios.services.journal import Event, event_begin, journal_post, posted_facts, windows_locked
from hotel.folios.services.lines import line_of
from hotel.folios.services.posting_data import NOTHING, Memo, Placed, PostingData
from hotel.folios.services.postings import amount_checked

ADJUSTABLE = frozenset({CodeKind.CHARGE, CodeKind.PACKAGE, CodeKind.NON_REVENUE, CodeKind.TAX})
MOVABLE = ADJUSTABLE | {CodeKind.ADJUSTMENT, CodeKind.PAYMENT}
MOST_PARTS = 99


class NothingLeft(InvalidInput):
    """All of the charges was let off or taken back already (400)."""

    code = "nothing_left"


class PostingReversed(Conflict):
    """The posting is taken back already (409)."""

    code = "posting_reversed"


@transaction.atomic
def posting_reverse(*, posting: Posting, actor: User | None = None, reason: str = "") -> Posting:
    """Take a posting back whole: a copy with all signs turned, on the same window and for the same revenue day.

    On the day it was posted that corrects a mistake; later it is a rebate, for which the person's limit counts. What
    allowances paid of it is taken back first, and theirs again; that of a line they paid makes the charge owed.

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
            (``posting_adjusted``); it is a payment that is paid back instead (``posting_of_a_payment``).
        RuleBroken: above what the person may let off (``rebate_above_limit``).
        WindowClosed: its window takes nothing any more.

    Locks: the property (shared), the windows of its folio.
    """
    _read([posting])
    if posting.source == "payment":
        raise Conflict(_("The money moved: pay it back instead."), code="posting_of_a_payment")
    event = _begin(posting, JournalKind.REVERSAL, actor, reason)
    windows = _windows(posting)
    for use in uses_of([posting]):
        posting_reverse(posting=use, reason=reason)
    _check_standing([posting])
    if posting.business_date != event.day and posting.code.kind in ADJUSTABLE:
        _check_limit(event, posting.gross)
    line = line_of(posting, -amounts_of(posting), reverses=posting)
    return _posted(event, [Placed(line, windows[posting.window_id])], _account_of(posting))[0]


@transaction.atomic
def charge_reverse(*, posting: Posting, actor: User | None = None, reason: str = "") -> Posting:
    """Take back a charge, an adjustment or a transfer to the city ledger; money goes back by a refund.

    Raises:
        Conflict: it is a payment or deposit (``posting_is_payment``); and as ``posting_reverse``.

    Publishes, Locks: as ``posting_reverse``.
    """
    if posting.code.kind in (CodeKind.PAYMENT, CodeKind.DEPOSIT):
        raise Conflict(
            _("Money is not taken back here: void or refund the payment."), code="posting_is_payment"
        )
    return posting_reverse(posting=posting, actor=actor, reason=reason)


@transaction.atomic
def posting_adjust(
    *, posting: Posting, amount: Money, actor: User | None = None, reason: str, memo: Memo = NOTHING
) -> Posting:
    """Let a part of a charge off, with its part of the taxes, as a posting of its own.

    Rebates in steps add up: what was let off whole leaves nothing of any tax.

    Args:
        posting: a charge.
        amount: what the guest owes less, taxes inside; > 0.
        actor: who does it; None for the house itself.
        reason: for the journal.
        memo: the source, when a component does it; once for its key.

    Returns:
        The adjustment, below zero, on the same window and for the same revenue day.

    Publishes: ChargePosted.

    Raises:
        InvalidInput: ``amount_invalid``.
        RuleBroken: no reason (``reason_required``); above what the person may let off (``rebate_above_limit``); more
            than the guest still owes of the charge, allowances off (``adjustment_too_large``).
        PostingReversed: nothing is left of it.
        Conflict: no charge (``posting_not_adjustable``).
        WindowClosed: its window takes nothing any more.

    Locks: the property (shared), the windows of its folio.
    """
    _read([posting])
    amount = amount_checked(posting.property, amount)
    if not reason.strip():
        raise RuleBroken(_("Say why it is let off."), code="reason_required")
    if posting.code.kind not in ADJUSTABLE or posting.gross.amount <= 0:
        raise Conflict(_("Only charges are adjusted. Reverse it instead."), code="posting_not_adjustable")
    event = _begin(posting, JournalKind.ADJUSTMENT, actor, reason, memo)
    windows = _windows(posting)
    _check_standing([posting], may_be_adjusted=True)
    _check_limit(event, amount)
    whole, before = amounts_of(posting), [amounts_of(row) for row in _adjustments(posting)]
    taken = total((-row.gross for row in before), amount.currency.code)
    paid = total((-row.gross for row in uses_of([posting]) if not row.adjusts_id), amount.currency.code)
    if taken + paid + amount > whole.gross:
        left = whole.gross - taken - paid
        raise RuleBroken(
            _("Only %(left)s are left of this charge.") % {"left": in_words(left)},
            code="adjustment_too_large",
            extra={"left": str(left.amount)},
        )
    part = less(share(whole, -(taken + amount)), before)
    code = posting.code.adjustment_code or posting.code
    line = replace(
        line_of(posting, part, adjusts=posting),
        code=code,
        description=f"{code.name}: {posting.description}"[:200],
        quantity=Decimal(1),
        source_key=memo.source_key,
    )
    return _posted(event, [Placed(line, windows[posting.window_id])])[0]


@transaction.atomic
def charges_adjust(
    *,
    postings: Sequence[Posting],
    amount: Money,
    actor: User | None = None,
    reason: str,
    memo: Memo = NOTHING,
) -> list[Posting]:
    """Let an amount off several charges of one window, each its part of what is left of it.

    Args:
        postings: charges, with their properties and codes.
        memo: the source, when a component does it; its key is continued with that of each charge.

    Raises:
        NothingLeft: nothing is left of them.
        As ``posting_adjust``.

    Publishes, Locks: as ``posting_adjust``.
    """
    left = [max(posting.gross.amount - _let_off(posting), Decimal(0)) for posting in postings]
    if not any(left):
        raise NothingLeft(_("Nothing is left of these charges."))
    parts = [(posting, part) for posting, part in zip(postings, allocate(amount, left), strict=True) if part]
    keys = [f"{memo.source_key}:{posting.pk}" if memo.source else "" for posting, _ in parts]
    return [
        posting_adjust(
            posting=posting, amount=part, actor=actor, reason=reason, memo=replace(memo, source_key=key)
        )
        for (posting, part), key in zip(parts, keys, strict=True)
    ]


@transaction.atomic
def postings_transfer(
    *, postings: Sequence[Posting], window: FolioWindow, actor: User | None = None, reason: str = ""
) -> list[Posting]:
    """Move postings to another window, of the same folio or another: taken back here and posted there, in one event.

    Args:
        postings: charges or payments of one property; each keeps its revenue day, and takes along what allowances
            pay of it, in an event of its own.
        window: where they go; routing is not asked.
        actor: who does it; None for the house itself.
        reason: for the journal.

    Returns:
        The postings at the new window, in order.

    Publishes: ChargePosted, for each folio concerned.

    Raises:
        InvalidInput: nothing to move, a posting named twice, or one that is there already (``transfer_invalid``).
        Conflict: deposits and city-ledger lines stay where they are (``posting_not_movable``); adjusted postings, too
            (``posting_adjusted``); what was reversed or moved (``posting_reversed``).
        WindowClosed: one of the windows takes nothing any more.

    Locks: the property (shared), the windows of all folios concerned.
    """
    _read(postings)
    _check_transfer(postings, window)
    event = _begin(postings[0], JournalKind.TRANSFER, actor, reason)
    windows = _windows(*postings, further=window)
    uses = uses_of(postings)
    _check_standing(postings, uses)
    made = _moved(event, postings, windows, window)
    if uses:
        charges = {posting.pk: there for posting, there in zip(postings, made, strict=True)}
        _moved(event, uses, windows, window, charges)
    return made


@transaction.atomic
def posting_split(
    *, posting: Posting, weights: Sequence[Decimal | int], actor: User | None = None, reason: str = ""
) -> list[Posting]:
    """Cut a posting in parts on its window, which can then be moved apart.

    Args:
        posting: a charge or payment.
        weights: one per part, each > 0; amounts that add up to the posting are kept as they are.
        actor: who does it; None for the house itself.
        reason: for the journal.

    Returns:
        The parts, in order; together the posting in gross, net and each tax.

    Publishes: ChargePosted.

    Raises:
        InvalidInput: not 2 to 99 parts, each above zero (``split_invalid``).
        Conflict: an allowance pays of it (``posting_covered``).
        Conflict, PostingReversed, WindowClosed: as ``postings_transfer``.

    Locks: the property (shared), the windows of its folio.
    """
    if not 2 <= len(weights) <= MOST_PARTS or min(weights) <= 0:
        raise InvalidInput(
            _("Give 2 to %(most_parts)s parts, each above zero.") % {"most_parts": MOST_PARTS},
            code="split_invalid",
        )
    _read([posting])
    _check_movable([posting])
    event = _begin(posting, JournalKind.SPLIT, actor, reason)
    window = _windows(posting)[posting.window_id]
    if uses_of([posting]):
        raise Conflict(_("An allowance pays of it. Reverse that first."), code="posting_covered")
    _check_standing([posting])
    whole = amounts_of(posting)
    back = Placed(line_of(posting, -whole, reverses=posting), window)
    parts = [
        Placed(line_of(posting, part, moved_from=posting, is_first=number == 0), window)
        for number, part in enumerate(cut(whole, weights))
    ]
    return _posted(event, [back, *parts])[1:]


def _begin(
    posting: Posting, kind: JournalKind, actor: User | None, reason: str, memo: Memo = NOTHING
) -> Event:
    return event_begin(place=posting.property, kind=kind, actor=actor, memo=replace(memo, reason=reason))


def _read(postings: Sequence[Posting]) -> None:
    """Read what postings are made of, in a fixed number of queries; it never changes, so no lock is needed."""
    prefetch_related_objects(postings, "property", "taxes__code", "code__adjustment_code", "window__folio")


def _posted(event: Event, placed: Sequence[Placed], account: CityAccount | None = None) -> list[Posting]:
    made = journal_post(event, placed, account)
    publish(*posted_facts(made))
    return made


def _moved(
    event: Event,
    postings: Sequence[Posting],
    windows: Mapping[int, FolioWindow],
    window: FolioWindow,
    charges: Mapping[int, Posting] = MappingProxyType({}),
) -> list[Posting]:
    """Take postings back and post them at a window, as one event; ``charges`` are those that moved ones now pay for."""
    target = windows[window.pk]
    back = [
        Placed(line_of(posting, -amounts_of(posting), reverses=posting), windows[posting.window_id])
        for posting in postings
    ]
    there = [
        Placed(_line_moved(posting, target, charges.get(posting.covers_id or 0)), target)
        for posting in postings
    ]
    return _posted(event, [*back, *there])[len(postings) :]


def _line_moved(posting: Posting, target: FolioWindow, charge: Posting | None) -> PostingData:
    line = line_of(posting, amounts_of(posting), window=target, moved_from=posting)
    return replace(line, covers=charge, adjusts=charge if posting.adjusts_id else None)


def _windows(*postings: Posting, further: FolioWindow | None = None) -> dict[int, FolioWindow]:
    """Lock the windows of the folios of some postings, and of a further window; returns them by id."""
    folio_ids = {posting.window.folio_id for posting in postings}
    if further is not None:
        folio_ids.add(further.folio_id)
    return {window.pk: window for some in windows_locked(folio_ids).values() for window in some.values()}


def _check_standing(
    postings: Sequence[Posting], uses: Sequence[Posting] = (), *, may_be_adjusted: bool = False
) -> None:
    """Refuse postings that stand for nothing any more, or are no whole by themselves; their windows are locked.

    Args:
        uses: lines that go with them.
        may_be_adjusted: whether adjustments matter.
    """
    if any(posting.reverses_id for posting in postings):
        raise Conflict(_("A reversal is not corrected; post anew instead."), code="posting_is_reversal")
    ids = [posting.pk for posting in postings]
    rows = Posting.objects.at(postings[0].property_id)
    if rows.filter(reverses__in=ids).exists():
        raise PostingReversed(_("It was reversed or moved already."))
    adjusted = rows.filter(adjusts__in=ids, reversals=None).exclude(pk__in=[use.pk for use in uses])
    if not may_be_adjusted and adjusted.exists():
        raise Conflict(_("It was adjusted. Reverse the adjustments first."), code="posting_adjusted")


def _check_movable(postings: Sequence[Posting]) -> None:
    if any(
        posting.code.kind not in MOVABLE or posting.adjusts_id or posting.covers_id for posting in postings
    ):
        text = _("Deposits, adjustments, city ledger and what allowances pay stay where they are.")
        raise Conflict(text, code="posting_not_movable")


def _check_transfer(postings: Sequence[Posting], window: FolioWindow) -> None:
    ids = {posting.pk for posting in postings}
    is_elsewhere = any(posting.property_id != window.property_id for posting in postings)
    is_there = any(posting.window_id == window.pk for posting in postings)
    if not postings or len(ids) != len(postings) or is_elsewhere or is_there:
        text = _("Name postings once each, of this property, that are not on that window already.")
        raise InvalidInput(text, code="transfer_invalid")
    _check_movable(postings)


def _check_limit(event: Event, amount: Money) -> None:
    """What a person may let off alone, by the most generous of his roles.

    Raises:
        RuleBroken: ``rebate_above_limit``.
    """
    if event.actor is None or amount.amount <= 0:
        return
    most = approval_limits(event.actor, event.place.pk).max_rebate
    if most is not None and amount > most:
        raise RuleBroken(
            _("This is more than you may let off. Ask somebody with a higher limit."),
            code="rebate_above_limit",
            extra={"limit": str(most.amount)},
        )


def amounts_of(posting: Posting) -> Amounts:
    """Net and taxes of a posting."""
    return line_of(posting).amounts


def _adjustments(posting: Posting) -> Iterable[Posting]:
    """The adjustments of a posting that stand, with their taxes."""
    rows = Posting.objects.at(posting.property_id).filter(adjusts=posting, reversals=None)
    return rows.select_related("window__folio", "code").prefetch_related("taxes__code").order_by("pk")


def _let_off(posting: Posting) -> Decimal:
    """What was let off a posting, or all of it when it was taken back."""
    if posting.reversals.exists():
        return Decimal(posting.gross.amount)
    rows = posting.adjustments.filter(reversals=None)
    return sum((-row.gross.amount for row in rows), Decimal(0))


def _account_of(posting: Posting) -> CityAccount | None:
    """The debtor of a posting that went to the city ledger."""
    if posting.code.kind != CodeKind.CITY_LEDGER:
        return None
    rows = LedgerEntry.objects.filter(journal=posting.journal_id, posting=posting, account__isnull=False)
    return rows.select_related("account")[0].account
