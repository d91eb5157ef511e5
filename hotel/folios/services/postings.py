"""Posting charges: one by hand with the taxes of its group, or many at once in a fixed number of statements."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from decimal import Decimal

from django.db import transaction
from moneyed import Money

from hotel.accounts.models import User
from hotel.core.exceptions import InvalidInput, RuleBroken
from hotel.core.facts import publish
from hotel.core.money import quantum
from hotel.core.words import _
from hotel.folios.choices import CodeKind, JournalKind
from hotel.folios.domain.codes import CodeSeed
from hotel.folios.models import Folio, FolioWindow, Posting, TransactionCode
from hotel.folios.services.allowances import allowances_consume
from hotel.folios.services.codes import codes_ensure
from hotel.folios.services.journal import Event, event_begin, journal_post, posted_facts
from hotel.folios.services.posting_data import NOTHING, Memo, PostingData, TaxData
from hotel.folios.services.routing import is_part_of, lines_placed
from hotel.properties.choices import SettingKey
from hotel.properties.models import Property
from hotel.properties.selectors.settings import setting_value
from hotel.properties.services.business_days import business_day_hold
from hotel.rates.domain.taxes import Taxed
from hotel.rates.selectors.charges import ONE_GUEST, charge_taxed
from hotel.reservations.services.slices import occupancy_of

CHARGEABLE = frozenset({CodeKind.CHARGE, CodeKind.NON_REVENUE})


class RevenueDateRefused(RuleBroken):
    """The day a charge is for is over for too long, or has not come (422); ``extra``: the days allowed."""

    code = "revenue_date_refused"


@transaction.atomic
def postings_post(
    *,
    place: Property,
    lines: Sequence[PostingData],
    kind: JournalKind = JournalKind.CHARGE,
    actor: User | None = None,
    memo: Memo = NOTHING,
) -> list[Posting]:
    """Post lines on any number of folios as one event. Repeatable for lines with a source key.

    The number of statements does not depend on the number of lines; their taxes are taken as given.

    Args:
        place: the property of all folios.
        lines: any order; each goes to the window it names, or where routing sends it.
        kind: of the event.
        actor: who posts; None for the house itself.
        memo: reference of the event, and the source of lines with a key of their own.

    Returns:
        The postings made now; lines that were posted under their source key before are left out. A line that a
        routing limit cuts is several postings.

    Publishes: ChargePosted, one per folio.

    Raises:
        WindowClosed: a window takes nothing any more.
        RevenueDateRefused: a day that has not come, or longer ago than ``folios.late_posting_days``.
        NotFound: a folio is not of this property.

    Locks: the property (shared), the windows of all folios concerned.
    """
    event = event_begin(place=place, kind=kind, actor=actor, memo=memo)
    _check_days(event, {line.revenue_date for line in lines if line.revenue_date})
    placed = lines_placed(event, lines)
    if not placed:
        return []
    postings = journal_post(event, placed)
    publish(*posted_facts(postings))
    return postings


@transaction.atomic
def charge_post(
    *,
    folio: Folio,
    code: TransactionCode,
    amount: Money,
    actor: User | None = None,
    quantity: Decimal = Decimal(1),
    revenue_date: date | None = None,
    window: FolioWindow | None = None,
    memo: Memo = NOTHING,
) -> list[Posting]:
    """Post a charge with the taxes of its group. Repeatable for a memo with a source.

    Allowances of the stay that pay for it are consumed, see ``allowances_consume``.

    Args:
        folio: where; routing decides the window.
        code: a charge or something passed on.
        amount: for the whole quantity, > 0: the price as the house writes it, contained taxes inside; taxes that are
            added come on top.
        actor: who posts; None for the house itself.
        quantity: for the guest to read.
        revenue_date: the business day it is for; the open one unless given.
        window: this one and no other, routing is not asked.
        memo: description, reference, source.

    Returns:
        One posting, or several when a routing limit cuts it, then what allowances pay of it; those of the first time
        when it is repeated.

    Publishes: ChargePosted.

    Raises:
        InvalidInput: an amount that is not positive, in another currency or finer than its minor unit
            (``amount_invalid``); a code that charges nothing (``code_invalid``).
        WindowClosed, RevenueDateRefused: see ``postings_post``.

    Locks: as ``postings_post``; the allowances that pay.
    """
    place = folio.property
    amount = amount_checked(place, amount)
    if code.kind not in CHARGEABLE or not code.is_active or code.property_id != place.pk:
        raise InvalidInput(
            _("%(code)s is no charge that can be posted here.") % {"code": code}, code="code_invalid"
        )
    if window is not None and window.folio_id != folio.pk:
        raise InvalidInput(_("The window is of another folio."), code="window_invalid")
    day = revenue_date or business_day_hold(place=place)
    net, taxes = charge_amounts(folio=folio, code=code, amount=amount, day=day)
    line = PostingData(
        folio_id=folio.pk,
        code=code,
        net=net,
        taxes=taxes,
        window_id=None if window is None else window.pk,
        revenue_date=revenue_date,
        quantity=quantity,
        source_key=memo.source_key if memo.source else "",
    )
    made = postings_post(place=place, lines=[line], actor=actor, memo=memo)
    if not made:
        return postings_of_source(place, memo.source, memo.source_key)
    return [*made, *allowances_consume(folio=folio, charges=made, actor=actor)]


def charge_amounts(
    *, folio: Folio, code: TransactionCode, amount: Money, day: date
) -> tuple[Money, tuple[TaxData, ...]]:
    """Net amount and taxes of a price, under the certificates of the stay.

    Args:
        amount: ≥ 0, contained taxes inside.
        day: the business day it is for.
    """
    if not code.is_taxed or not code.group:
        return amount, ()
    stay = folio.reservation
    known = charge_taxed(
        place=folio.property,
        group=code.group,
        price=amount,
        day=day,
        occupancy=ONE_GUEST if stay is None else occupancy_of(stay),
        exemptions=() if stay is None else tuple(stay.exemptions),
        company_id=None if stay is None else stay.booking.company_id,
    )
    return Money(known.net, amount.currency), _taxes(folio.property, known, amount)


def amount_checked(place: Property, amount: Money) -> Money:
    """An amount above zero in the property's currency and on its minor unit.

    Raises:
        InvalidInput: ``amount_invalid``.
    """
    currency = str(place.currency)
    unit = quantum(currency)
    if amount.currency.code != currency:
        raise InvalidInput(
            _("Give the amount in %(currency)s.") % {"currency": currency}, code="amount_invalid"
        )
    if amount.amount <= 0 or amount.amount % unit:
        text = _("Give an amount above zero; the smallest is %(unit)s %(currency)s.") % {
            "unit": unit,
            "currency": currency,
        }
        raise InvalidInput(text, code="amount_invalid")
    return Money(amount.amount.quantize(unit), currency)


def postings_of_source(place: Property, source: str, source_key: str) -> list[Posting]:
    """What was posted under a source key: the posting, further parts that routing cut, and what allowances paid."""
    rows = (
        Posting.objects.at(place.pk).filter(source=source).select_related("window__folio", "journal", "code")
    )
    first = rows.filter(source_key=source_key).first()
    if first is None:
        return []
    lines = rows.filter(journal=first.journal_id).order_by("pk")
    found = [line for line in lines if is_part_of(line.source_key, source_key)]
    return [*found, *Posting.objects.at(place.pk).filter(covers__in=found).order_by("pk")]


def _taxes(place: Property, known: Taxed, amount: Money) -> tuple[TaxData, ...]:
    seeds = {rule.code: CodeSeed(rule.code, rule.name, CodeKind.TAX) for rule, _, _ in known.lines}
    codes = codes_ensure(place=place, seeds=seeds.values()) if seeds else {}
    return tuple(
        TaxData(
            code=codes[CodeKind.TAX, rule.code],
            base=Money(base, amount.currency),
            amount=Money(tax, amount.currency),
            is_inclusive=rule.is_inclusive,
        )
        for rule, base, tax in known.lines
    )


def _check_days(event: Event, days: Iterable[date]) -> None:
    late = [day for day in days if day != event.day]
    if not late:
        return
    allowed = setting_value(event.place.pk, SettingKey.LATE_POSTING_DAYS, event.day)
    first = event.day - timedelta(days=allowed)
    if wrong := [day for day in late if not first <= day <= event.day]:
        text = _("Charges can be posted for %(first)s to %(day)s, not for %(wrong)s.") % {
            "first": first,
            "day": event.day,
            "wrong": min(wrong),
        }
        raise RevenueDateRefused(text, extra={"first": first.isoformat(), "last": event.day.isoformat()})
