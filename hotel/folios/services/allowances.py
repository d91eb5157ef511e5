"""Allowances of packages: charges of a stay are set against them, and what exceeds them is owed.

Source: docs/algorithms/folios.md, "Allowances". Locks: after the windows, the allowances, ascending.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.db.models import prefetch_related_objects
from moneyed import Money

from hotel.accounts.models import User
from hotel.core.facts import publish
from hotel.core.locks import lock_rows
from hotel.core.money import total
from hotel.folios.choices import CodeKind, JournalKind
from hotel.folios.domain.allowances import is_usable, last_day, pays, taken
from hotel.folios.domain.amounts import Amounts, less, share
from hotel.folios.domain.codes import PACKAGE_LOSS, STANDARD, CodeSeed
from hotel.folios.models import Allowance, Folio, Posting, TransactionCode
from hotel.folios.selectors.allowances import allowance_parts, consumed
from hotel.folios.services.codes import codes_ensure
from hotel.folios.services.journal import event_begin, journal_post, posted_facts
from hotel.folios.services.lines import line_of
from hotel.folios.services.posting_data import Codes, Placed, PostingData, taxes_cut, taxes_priced
from hotel.properties.models import Property
from hotel.rates.domain.postings import Posting as Part
from hotel.reservations.models import Reservation

Key = tuple[int, str, date]
_LOSS = next(seed for seed in STANDARD if seed.code == PACKAGE_LOSS)


@dataclass
class _Offer:
    """An allowance that a charge may take from: its line as granted, what took from it and stands, what is left."""

    row: Allowance
    grant: PostingData
    used: list[Amounts]
    left: Decimal

    def take(self, amount: Decimal, charge: Posting) -> PostingData:
        """A line that takes this gross amount; in steps they add up to the grant, tax by tax."""
        whole = self.grant.amounts
        before = total((part.gross for part in self.used), whole.gross.currency.code)
        part = less(share(whole, before - Money(amount, before.currency)), self.used)
        self.used.append(part)
        self.left -= amount
        return PostingData(
            folio_id=charge.window.folio_id,
            window_id=charge.window_id,
            code=self.grant.code,
            net=part.net,
            taxes=taxes_cut(self.grant.taxes, part.taxes),
            revenue_date=charge.revenue_date,
            description=f"{self.grant.description}: {charge.description}"[:200],
            allowance_id=self.row.pk,
            covers=charge,
        )


@transaction.atomic
def allowances_ensure(
    *, place: Property, parts: Iterable[tuple[int, Part]], codes: Codes
) -> dict[Key, Allowance]:
    """The allowances of lines of nights, by reservation id, code and night; made when they are first needed.

    Two statements, however many; none when no line is an allowance.

    Args:
        parts: reservation id and line.
        codes: by kind and code.
    """
    wanted = {(stay, part.code, part.night): part for stay, part in parts if part.allowance}
    if not wanted:
        return {}
    Allowance.objects.bulk_create(
        (
            Allowance(
                property=place,
                reservation_id=stay,
                code=codes[CodeKind.PACKAGE, code],
                night=night,
                last_on=last_day(part),
            )
            for (stay, code, night), part in wanted.items()
        ),
        ignore_conflicts=True,
    )
    rows = Allowance.objects.at(place.pk).filter(
        reservation__in={stay for stay, _, _ in wanted}, night__in={night for _, _, night in wanted}
    )
    return {(row.reservation_id, row.code.code, row.night): row for row in rows.select_related("code")}


@transaction.atomic
def allowances_consume(*, folio: Folio, charges: Sequence[Posting], actor: User | None) -> list[Posting]:
    """Set charges just posted against the allowances of the stay that pay for them; what exceeds them is owed.

    Earlier nights are consumed first. What is consumed is a line below zero beside the charge, which takes the tax of
    the allowance back, for the charge has its own. Where the house bears what goes beyond, that is let off.

    Args:
        folio: that the charges were posted on, wherever routing sent them; its windows and theirs are locked.
        charges: the parts of one charge.

    Returns:
        The lines made; none when no allowance pays.

    Publishes: ChargePosted.

    Locks: the property (shared), the allowances.
    """
    stay, first = folio.reservation, charges[0]
    if stay is None or first.code.kind != CodeKind.CHARGE:
        return []
    parts = [
        part
        for part in allowance_parts(stay)
        if pays(part, first.code.code, first.code.group) and is_usable(part, first.revenue_date)
    ]
    if not parts:
        return []
    event = event_begin(place=folio.property, kind=JournalKind.PACKAGE, actor=actor)
    codes = codes_ensure(place=event.place, seeds=[_LOSS, *_seeds(parts)])
    offers = _offers(event.place, stay, parts, codes)
    is_borne = any(part.allowance and part.allowance.bears_overage for part in parts)
    loss = codes[CodeKind.ADJUSTMENT, PACKAGE_LOSS] if is_borne else None
    placed = [Placed(line, charge.window) for charge in charges for line in _lines(charge, offers, loss)]
    made = journal_post(event, placed) if placed else []
    publish(*posted_facts(made))
    return made


def uses_of(postings: Collection[Posting]) -> list[Posting]:
    """The lines that pay for charges from allowances, and what is let off beyond them, that stand; ascending."""
    rows = Posting.objects.at(next(iter(postings)).property_id).filter(
        covers__in=[posting.pk for posting in postings], reversals=None
    )
    found = rows.select_related("property", "code__adjustment_code", "window__folio")
    return list(found.prefetch_related("taxes__code").order_by("pk"))


def _seeds(parts: Sequence[Part]) -> list[CodeSeed]:
    own = [CodeSeed(part.code, part.name, CodeKind.PACKAGE, part.group) for part in parts]
    return [*own, *(CodeSeed(tax.code, tax.name, CodeKind.TAX) for part in parts for tax in part.taxes)]


def _offers(place: Property, stay: Reservation, parts: Sequence[Part], codes: Codes) -> list[_Offer]:
    """The allowances that pay, locked, with what was taken of them; those whose rest is booked have nothing left."""
    made = allowances_ensure(place=place, parts=[(stay.pk, part) for part in parts], codes=codes)
    keys = [made[stay.pk, part.code, part.night].pk for part in parts]
    rows = {row.pk: row for row in lock_rows(Allowance.objects.filter(pk__in=keys))}
    said, used = consumed(place.pk, keys), _used(place, keys)
    offers = []
    for part, key in zip(parts, keys, strict=True):
        grant = _grant(part, codes)
        whole = grant.amounts.gross.amount
        rest = whole + sum((amounts.gross.amount for amounts in used[key]), Decimal(0))
        left = Decimal(0) if rows[key].settled_on else min(said[key].left(whole), rest)
        offers.append(_Offer(rows[key], grant, used[key], left))
    return offers


def _grant(part: Part, codes: Codes) -> PostingData:
    """The line of the night, as it is or will be posted."""
    return PostingData(
        folio_id=0,
        code=codes[CodeKind.PACKAGE, part.code],
        net=part.net,
        taxes=taxes_priced(part.taxes, codes),
        description=part.name,
    )


def _used(place: Property, keys: Sequence[int]) -> dict[int, list[Amounts]]:
    """What took from allowances and stands, by allowance id, in order."""
    rows = Posting.objects.at(place.pk).filter(
        allowance__in=keys, covers__isnull=False, reverses=None, reversals=None
    )
    found: dict[int, list[Amounts]] = {key: [] for key in keys}
    for row in rows.select_related("window", "code").prefetch_related("taxes__code").order_by("pk"):
        found[row.allowance_id].append(line_of(row).amounts)  # type: ignore[index]
    return found


def _lines(charge: Posting, offers: Sequence[_Offer], loss: TransactionCode | None) -> Iterable[PostingData]:
    """What allowances pay of a charge, and what is let off beyond them where the house bears it."""
    shares = taken(charge.gross.amount, [offer.left for offer in offers])
    for offer, amount in zip(offers, shares, strict=True):
        if amount:
            yield offer.take(amount, charge)
    beyond = charge.gross.amount - sum(shares)
    if loss is None or not beyond:
        return
    prefetch_related_objects([charge], "taxes__code")
    amounts = share(line_of(charge).amounts, Money(-beyond, charge.gross.currency))
    text = f"{loss.name}: {charge.description}"[:200]
    yield replace(
        line_of(charge, amounts, is_first=False, adjusts=charge), code=loss, description=text, covers=charge
    )
