"""Deposits: a liability until the guest has his folio, never revenue."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from moneyed import Money

from hotel.accounts.models import User
from hotel.contracts.folios import DepositPosted
from hotel.core.exceptions import Conflict, InvalidInput, RuleBroken
from hotel.core.facts import publish
from hotel.core.money import in_words, total
from hotel.core.words import _
from hotel.folios.choices import CodeKind, JournalKind, Ledger
from hotel.folios.domain.codes import CodeSeed
from hotel.folios.models import Folio, FolioWindow, Journal, Posting, TransactionCode
from hotel.folios.selectors.deposits import DepositHeld, deposits_held
from hotel.folios.services.codes import codes_ensure, payment_code_check, standard_code
from hotel.folios.services.folios import folio_open
from hotel.folios.services.journal import (
    EntryData,
    event_begin,
    journal_of_source,
    journal_post,
    journal_record,
    posted_facts,
    windows_locked,
)
from hotel.folios.services.posting_data import NOTHING, Memo, Placed, PostingData, TaxData
from hotel.folios.services.postings import amount_checked
from hotel.properties.choices import SettingKey
from hotel.properties.selectors.settings import setting_value
from hotel.rates.choices import ChargeGroup
from hotel.rates.selectors.charges import charge_taxed
from hotel.reservations.models import Reservation
from hotel.reservations.services.commands import reservation_locked
from hotel.reservations.services.slices import occupancy_of


@transaction.atomic
def deposit_post(
    *,
    reservation: Reservation,
    code: TransactionCode,
    amount: Money,
    actor: User | None = None,
    is_refund: bool = False,
    memo: Memo = NOTHING,
) -> Journal:
    """Record a deposit for a stay, or its payment back. Repeatable for a memo with a source.

    When the property owes contained taxes at the payment (``folios.deposit_vat``), the tax of a room is taken out at
    once and given back when the deposit is used.

    Args:
        code: of the kind payment: how it was paid.
        amount: > 0, in the property's currency.
        actor: who took it; None for the house itself.
        is_refund: what is held goes back to the payer.
        memo: reference, source.

    Publishes: DepositPosted.

    Raises:
        InvalidInput: ``amount_invalid``, ``code_invalid``.
        RuleBroken: more is paid back than is held (``deposit_too_small``).

    Locks: the reservation, the property (shared).
    """
    stay = reservation_locked(reservation)
    place = stay.property
    amount = amount_checked(place, amount)
    payment_code_check(place, code, source=memo.source)
    event = event_begin(place=place, kind=JournalKind.DEPOSIT, actor=actor, memo=memo)
    if known := journal_of_source(place, memo):
        return known
    taxes = _refunded_taxes(stay, amount) if is_refund else _taxes(stay, amount, event.day)
    sign = -1 if is_refund else 1
    liability = amount - total((tax for _, tax in taxes), amount.currency.code)
    entries = [(Ledger.PAYMENT, code, amount), (Ledger.DEPOSIT, code, -liability)]
    entries += [(Ledger.TAX, tax_code, -tax) for tax_code, tax in taxes]
    journal = journal_record(
        event,
        [
            EntryData(ledger=ledger, amount=sign * value, code=entry_code, reservation=stay)
            for ledger, entry_code, value in entries
        ],
    )
    publish(
        DepositPosted(
            property_id=place.pk,
            reservation_id=stay.pk,
            journal_id=journal.pk,
            code=code.code,
            amount=sign * amount.amount,
            currency=amount.currency.code,
            business_date=event.day,
        )
    )
    return journal


@transaction.atomic
def deposits_transfer_to_guest(
    *, reservation: Reservation, window: FolioWindow | None = None, actor: User | None = None
) -> Posting | None:
    """Move all that is held for a stay to its folio, where it pays what is owed. Repeatable: then nothing is held.

    Args:
        reservation: its guest folio is opened when there is none.
        window: of that folio; the first unless given.
        actor: who does it; None for the house itself.

    Returns:
        The posting, below zero; None when nothing is held.

    Publishes: ChargePosted; FolioOpened.

    Raises:
        InvalidInput: the window is of another stay (``window_invalid``).
        WindowClosed: the window takes nothing any more.

    Locks: the reservation, the property (shared), the windows of the folio.
    """
    stay = reservation_locked(reservation)
    place = stay.property
    event = event_begin(place=place, kind=JournalKind.DEPOSIT_TRANSFER, actor=actor)
    held = deposits_held(place, [stay.pk])[stay.pk]
    if not held.amount.amount:
        return None
    folio = window.folio if window is not None else folio_open(reservation=stay)
    if folio.reservation_id != stay.pk:
        raise InvalidInput(_("The window is of another stay."), code="window_invalid")
    target = windows_locked([folio.pk])[folio.pk][1 if window is None else window.number]
    line = PostingData(
        folio_id=folio.pk,
        window_id=target.pk,
        code=standard_code(place, "deposit_transfer"),
        net=-held.liability,
        taxes=tuple(
            TaxData(code=code, base=-held.liability, amount=-tax)
            for code, tax in _with_codes(held)
            if tax.amount
        ),
    )
    made = journal_post(event, [Placed(line, target)])
    publish(*posted_facts(made))
    return made[0]


@transaction.atomic
def deposits_use(*, folio: Folio, actor: User | None = None) -> Posting | None:
    """Move what is held for the stay of a folio to its first window; see ``deposits_transfer_to_guest``.

    Raises:
        Conflict: the folio is of no stay (``folio_without_stay``).
    """
    if folio.reservation is None:
        raise Conflict(_("Deposits are held for stays; this folio has none."), code="folio_without_stay")
    window = folio.windows.get(number=1)
    return deposits_transfer_to_guest(reservation=folio.reservation, window=window, actor=actor)


def _taxes(stay: Reservation, amount: Money, day: date) -> list[tuple[TransactionCode, Money]]:
    """The contained taxes of a deposit, as of a room at this price, when they are owed at the payment."""
    place = stay.property
    if setting_value(place.pk, SettingKey.DEPOSIT_VAT, day) != "at_payment":
        return []
    known = charge_taxed(
        place=place,
        group=ChargeGroup.ROOM,
        price=amount,
        day=day,
        occupancy=occupancy_of(stay),
        exemptions=tuple(stay.exemptions),
        company_id=stay.booking.company_id,
    )
    lines = [(rule, tax) for rule, _, tax in known.lines if rule.is_inclusive]
    seeds = [CodeSeed(rule.code, rule.name, CodeKind.TAX) for rule, _ in lines]
    codes = codes_ensure(place=place, seeds=seeds) if seeds else {}
    return [(codes[CodeKind.TAX, rule.code], Money(tax, amount.currency)) for rule, tax in lines]


def _refunded_taxes(stay: Reservation, amount: Money) -> list[tuple[TransactionCode, Money]]:
    """The part of the taxes held that goes back with a part of the deposit.

    Raises:
        RuleBroken: more than is held.
    """
    held = deposits_held(stay.property, [stay.pk])[stay.pk]
    if amount > held.amount:
        raise RuleBroken(
            _("Only %(amount)s are held for this stay.") % {"amount": in_words(held.amount)},
            code="deposit_too_small",
            extra={"held": str(held.amount.amount)},
        )
    return [(code, part) for code, part in zip(held.codes, held.taxes_of(amount), strict=True)]


def _with_codes(held: DepositHeld) -> Sequence[tuple[TransactionCode, Money]]:
    return list(zip(held.codes, held.taxes, strict=True))
