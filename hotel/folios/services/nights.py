"""Posting nights at the price frozen on the reservation: what was offered is what is posted, to the cent."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from django.db import transaction

from hotel.accounts.models import User
from hotel.core.money import zero
from hotel.folios.choices import CodeKind
from hotel.folios.domain.codes import STANDARD, CodeSeed
from hotel.folios.models import Allowance, Posting
from hotel.folios.services.allowances import Key, allowances_ensure
from hotel.folios.services.codes import codes_ensure, codes_foreseen
from hotel.folios.services.posting_data import Codes, Memo, PostingData, taxes_priced
from hotel.folios.services.postings import postings_post
from hotel.properties.models import Property
from hotel.rates.domain import postings as rates_postings
from hotel.rates.domain.quotes import NightPrice, TaxLine

SOURCE = "night"
Parts = Sequence[tuple["Night", rates_postings.Posting]]
_ROOM = next(seed for seed in STANDARD if seed.code == rates_postings.ROOM)


@dataclass(frozen=True, slots=True)
class Night:
    """One night of a stay to be posted on its folio.

    Attributes:
        price: as frozen on the reservation's night.
        stay_taxes: charged once per stay; given with the first night only.
    """

    folio_id: int
    reservation_id: int
    price: NightPrice
    stay_taxes: tuple[TaxLine, ...] = ()


@transaction.atomic
def nights_post(*, place: Property, nights: Sequence[Night], actor: User | None = None) -> list[Posting]:
    """Post nights: room, package elements and taxes, each once for reservation, night and code. Repeatable.

    An allowance is no revenue yet: it goes to the ledger of packages until it is consumed or its period ends.

    The number of statements does not depend on the number of nights.

    Returns:
        The postings made now; lines that were posted before are left out.

    Publishes, Raises, Locks: as ``postings_post``.
    """
    wanted = night_parts(nights)
    codes = codes_ensure(place=place, seeds=code_seeds(wanted))
    stays = [(night.reservation_id, posting) for night, posting in wanted]
    allowances = allowances_ensure(place=place, parts=stays, codes=codes)
    lines = night_lines(wanted, codes, allowances)
    return postings_post(place=place, lines=lines, actor=actor, memo=Memo(source=SOURCE))


def nights_foreseen(*, place: Property, nights: Sequence[Night]) -> list[PostingData]:
    """The lines that ``nights_post`` would post; nothing is stored or locked. Two queries at most."""
    wanted = night_parts(nights)
    return night_lines(wanted, codes_foreseen(place=place, seeds=code_seeds(wanted)))


def night_parts(nights: Iterable[Night]) -> Parts:
    """Each night with each of its parts: room, package elements, and taxes of the stay."""
    return [(night, posting) for night in nights for posting in _postings(night)]


def code_seeds(parts: Parts) -> Iterable[CodeSeed]:
    """The codes that parts are posted with."""
    seeds = {}
    for _, posting in parts:
        kind, code = _code_of(posting)
        if code == _ROOM.code:
            seeds[kind, code] = _ROOM
        elif kind in (CodeKind.CHARGE, CodeKind.PACKAGE):
            seeds[kind, code] = CodeSeed(code, posting.name, kind, posting.group)
        for tax in posting.taxes:
            seeds[CodeKind.TAX, tax.code] = CodeSeed(tax.code, tax.name, CodeKind.TAX)
    return seeds.values()


def night_lines(
    parts: Parts, codes: Codes, allowances: Mapping[Key, Allowance] = MappingProxyType({})
) -> list[PostingData]:
    """The lines to be posted for parts of nights: together what the nights cost."""
    return [
        _line(night, posting, codes, allowances.get((night.reservation_id, posting.code, posting.night)))
        for night, posting in parts
    ]


def night_key(reservation_id: int, night: date, posting: rates_postings.Posting) -> str:
    """The source key of one line of a night; a tax of the stay is told from an element of the same code."""
    once = "stay:" if posting.group == rates_postings.STAY else ""
    return f"{reservation_id}:{night.isoformat()}:{once}{posting.code}"


def _postings(night: Night) -> Iterable[rates_postings.Posting]:
    yield from rates_postings.night_postings(night.price)
    for tax in night.stay_taxes:
        nothing = zero(tax.amount.currency.code)
        yield rates_postings.Posting(
            night.price.night, tax.code, tax.name, rates_postings.STAY, nothing, (tax,)
        )


def _code_of(posting: rates_postings.Posting) -> tuple[str, str]:
    if posting.group == rates_postings.STAY:
        return CodeKind.TAX, posting.code
    return (CodeKind.CHARGE if posting.allowance is None else CodeKind.PACKAGE), posting.code


def _line(
    night: Night, posting: rates_postings.Posting, codes: Codes, allowance: Allowance | None
) -> PostingData:
    return PostingData(
        folio_id=night.folio_id,
        code=codes[_code_of(posting)],
        net=posting.net,
        taxes=taxes_priced(posting.taxes, codes),
        revenue_date=night.price.night,
        description=posting.name,
        source_key=night_key(night.reservation_id, night.price.night, posting),
        allowance_id=None if allowance is None else allowance.pk,
    )
