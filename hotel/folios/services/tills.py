"""Tills: opened with a float, filled by payments, emptied by drops and payments out, counted and closed."""

from collections.abc import Mapping
from decimal import Decimal

from django.db import IntegrityError, transaction
from moneyed import Money

from hotel.accounts.models import User
from hotel.core.clock import now
from hotel.core.exceptions import Conflict, RuleBroken
from hotel.core.locks import lock_rows
from hotel.core.money import rounded, zero
from hotel.core.words import _
from hotel.folios.choices import CashKind, JournalKind, Ledger, SessionStatus
from hotel.folios.models import (
    CashierSession,
    CashMovement,
    FolioWindow,
    Journal,
    Payment,
)
from hotel.folios.selectors.exchange_rates import rate_on
from hotel.folios.selectors.tills import session_of, tills_expected
from hotel.folios.services.codes import standard_code
from hotel.folios.services.journal import EntryData, Event, event_begin, journal_post, journal_record
from hotel.folios.services.payment_data import amount_check
from hotel.folios.services.posting_data import Memo, PostingData
from hotel.folios.services.routing import lines_placed
from hotel.properties.models import Property
from hotel.properties.services.business_days import business_day_hold


def session_needed(place: Property, cashier: User | None) -> CashierSession | None:
    """The open till of whoever takes cash; none is needed when the house itself books it.

    Raises:
        RuleBroken: the person has none open here (``no_cashier_session``).
    """
    if cashier is None:
        return None
    session = session_of(place.pk, cashier)
    if session is None:
        raise RuleBroken(_("Open your till before you take or give cash."), code="no_cashier_session")
    return session


@transaction.atomic
def session_open(
    *, place: Property, cashier: User, floats: Mapping[str, Decimal] | None = None, note: str = ""
) -> CashierSession:
    """Open a person's till.

    Args:
        floats: cash to begin with, by currency; ≥ 0 each.

    Raises:
        Conflict: the person has one open here (``cashier_session_open``).
        InvalidInput: a float below zero or too fine.

    Locks: the property (shared).
    """
    day = business_day_hold(place=place)
    session = CashierSession(property=place, cashier=cashier, opened_on=day, opened_at=now(), note=note)
    try:
        with transaction.atomic():
            session.save(force_insert=True)
    except IntegrityError as error:
        raise Conflict(_("You have a till open here already."), code="cashier_session_open") from error
    for currency, amount in (floats or {}).items():
        if amount:
            amount_check(Money(amount, currency), currency)
            cash_move(session, CashKind.FLOAT, Money(amount, currency), actor=cashier)
    return session


@transaction.atomic
def cash_drop(*, session: CashierSession, amount: Money, actor: User, note: str = "") -> CashMovement:
    """Take cash out of a till and put it into the safe. The ledger does not change: it is the house's cash still.

    Raises:
        InvalidInput: the amount is not above zero.
        Conflict: the till is closed (``cashier_session_closed``); there is less in it (``not_in_till``).

    Locks: the till.
    """
    amount_check(amount, amount.currency.code)
    return cash_move(session, CashKind.DROP, -amount, actor=actor, note=note)


@transaction.atomic
def cash_paid_out(
    *, session: CashierSession, amount: Money, actor: User, note: str, window: FolioWindow | None = None
) -> CashMovement:
    """Pay cash out of a till: for a guest, who owes it then (a taxi), or for the house (stamps).

    Args:
        amount: > 0, in the property's currency.
        note: what for.
        window: of the guest; None for the house.

    Raises:
        InvalidInput: the amount is not above zero, or in another currency.
        Conflict: the till is closed; there is less in it; the window is closed.

    Locks: the property (shared), the windows of the folio, the till.
    """
    place = session.property
    amount_check(amount, str(place.currency))
    memo = Memo(description=note, reference=note[:80])
    event = event_begin(place=place, kind=JournalKind.TILL, actor=actor, memo=memo)
    code = standard_code(place, "paid_out")
    if window is not None:
        line = PostingData(folio_id=window.folio_id, window_id=window.pk, code=code, net=amount)
        journal_post(event, lines_placed(event, [line]))
    cash = standard_code(place, "cash")
    journal = journal_record(
        event,
        [
            EntryData(ledger=Ledger.PAYMENT, amount=-amount, code=cash),
            EntryData(ledger=Ledger.NON_REVENUE, amount=amount, code=code),
        ],
    )
    return cash_move(session, CashKind.PAID_OUT, -amount, actor=actor, note=note, journal=journal)


@transaction.atomic
def session_close(
    *, session: CashierSession, counted: Mapping[str, Decimal], actor: User, note: str = ""
) -> CashierSession:
    """Count a till and close it. What is over or short goes to the ledger of that name.

    Args:
        counted: what is in it, by currency, ≥ 0; currencies left out were counted as nothing.

    Raises:
        Conflict: it is closed (``cashier_session_closed``).
        InvalidInput: a count below zero or too fine (``amount_invalid``).
        RuleBroken: foreign cash is over or short and has no rate (``no_exchange_rate``).

    Locks: the property (shared), the till.
    """
    place, day = session.property, business_day_hold(place=session.property)
    (fresh,) = lock_rows(CashierSession.objects.filter(pk=session.pk))
    _check_open(fresh)
    expected = tills_expected([fresh.pk])[fresh.pk]
    for currency in sorted({*expected, *counted}):
        found = Money(counted.get(currency, Decimal(0)), currency)
        if found.amount:
            amount_check(found, currency)
        difference = found - expected.get(currency, zero(currency))
        if difference.amount:
            journal = _book_difference(place, difference, actor)
            cash_move(fresh, CashKind.COUNT, difference, actor=actor, note=note, journal=journal)
    fresh.status, fresh.closed_on, fresh.closed_at = SessionStatus.CLOSED, day, now()
    fresh.note = note or fresh.note
    fresh.save(update_fields=["status", "closed_on", "closed_at", "note", "updated_at"])
    return fresh


def cash_move(
    session: CashierSession,
    kind: CashKind,
    amount: Money,
    *,
    actor: User | None,
    payment: Payment | None = None,
    journal: Journal | None = None,
    note: str = "",
) -> CashMovement:
    """Write a movement, in the caller's transaction.

    Args:
        amount: into the till positive.

    Raises:
        Conflict: the till is closed; there is less in it than goes out (``not_in_till``).

    Locks: the till.
    """
    (fresh,) = lock_rows(CashierSession.objects.filter(pk=session.pk))
    _check_open(fresh)
    if amount.amount < 0 and kind != CashKind.COUNT:
        there = tills_expected([fresh.pk])[fresh.pk].get(amount.currency.code)
        if there is None or there + amount < zero(amount.currency.code):
            raise Conflict(
                _("There is not that much %(currency)s in the till.") % {"currency": amount.currency},
                code="not_in_till",
            )
    return CashMovement.objects.create(
        property_id=fresh.property_id,
        session=fresh,
        kind=kind,
        amount=amount,
        payment=payment,
        journal=journal,
        actor=actor,
        note=note,
    )


def _check_open(session: CashierSession) -> None:
    if session.status != SessionStatus.OPEN:
        raise Conflict(_("The till was counted and closed."), code="cashier_session_closed")


def _book_difference(place: Property, difference: Money, actor: User) -> Journal | None:
    """Cash over or short, at the book rate for foreign cash; None when it comes to nothing."""
    home = str(place.currency)
    if difference.currency.code != home:
        rate = rate_on(place.pk, difference.currency.code, place.business_date)
        difference = rounded(Money(difference.amount * rate.book_rate, home))
        if not difference.amount:
            return None
    event: Event = event_begin(place=place, kind=JournalKind.TILL, actor=actor)
    cash = standard_code(place, "cash")
    return journal_record(
        event,
        [
            EntryData(ledger=Ledger.PAYMENT, amount=difference, code=cash),
            EntryData(ledger=Ledger.OVER_SHORT, amount=-difference, code=cash),
        ],
    )
