"""What stays charge by themselves: nights at the price frozen on the reservation, and fees by the frozen policies."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any, cast

from hotel.accounts.models import User
from hotel.core.money import rounded
from hotel.folios.models import Folio, Posting
from hotel.folios.services.codes import standard_code
from hotel.folios.services.corrections import posting_reverse
from hotel.folios.services.folios import folio_open, folios_open
from hotel.folios.services.nights import Night, nights_post
from hotel.folios.services.posting_data import Memo
from hotel.folios.services.postings import charge_post
from hotel.properties.models import Property
from hotel.rates.domain.quotes import night_price_load, tax_lines_load
from hotel.reservations.domain.fees import Fee
from hotel.reservations.models import Reservation, ReservationNight

FEE = "fee"
FEE_CODES = {
    "cancellation": "cancellation_fee",
    "no_show": "no_show_fee",
    "early_departure": "early_departure_fee",
    "late_check_out": "late_check_out",
}


def nights_charge(
    *, place: Property, night: date, reservations: Collection[int], actor: User | None
) -> list[Posting]:
    """Post a night of stays on their folios: room, packages, taxes; with the first night also the taxes of the stay.

    Repeatable: what was posted before is left out. The number of statements does not depend on the number of stays.

    Args:
        night: business date; stays without a row for it are left out.
        reservations: ids.

    Locks: the reservations, the property (shared), the windows of their folios.
    """
    rows = list(
        ReservationNight.objects.at(place.pk)
        .filter(night=night, reservation__in=reservations)
        .order_by("reservation_id")
        .values_list("reservation_id", "price_detail")
    )
    if not rows:
        return []
    folios = folios_open(reservations=[stay for stay, _ in rows])
    nights = [night_of(folios[stay], night, price) for stay, price in rows]
    return nights_post(place=place, nights=nights, actor=actor)


def night_of(folio: Folio, night: date, price: dict[str, Any]) -> Night:
    """A night of a stay as it is posted, with the first night the taxes of the stay.

    Args:
        folio: of the stay, which it knows.
        price: as frozen on the reservation's night.
    """
    stay = cast("Reservation", folio.reservation)
    return Night(
        folio_id=folio.pk,
        reservation_id=stay.pk,
        price=night_price_load(price),
        stay_taxes=tax_lines_load(stay.stay_taxes) if stay.arrival == night else (),
    )


def fees_post(reservation: Reservation, fees: Sequence[Fee], actor: User | None) -> list[dict[str, Any]]:
    """Post the fees that a command makes due on the stay's folio; one below zero takes the earlier one back.

    Returns:
        The postings made, as plain values.

    Raises:
        WindowClosed: a fee that is taken back was settled and its folio closed.

    Locks: as ``charge_post`` and ``posting_reverse``.
    """
    made: list[Posting] = []
    for fee in fees:
        if fee.amount.amount > 0:
            made += _charged(reservation, fee, actor)
        else:
            # By the rule of reinstating, not as a rebate that somebody grants: no limit of a person is asked.
            made += [
                posting_reverse(posting=row, reason=fee.text) for row in _standing(reservation, fee.kind)
            ]
    return [posting_shown(posting) for posting in made]


def posting_shown(posting: Posting) -> dict[str, Any]:
    """A posting as the answer of a command names it."""
    return {
        "id": posting.pk,
        "folio": posting.window.folio_id,
        "code": posting.code.code,
        "description": posting.description,
        "amount": {"amount": str(rounded(posting.gross).amount), "currency": posting.gross.currency.code},
    }


def _charged(reservation: Reservation, fee: Fee, actor: User | None) -> list[Posting]:
    return charge_post(
        folio=folio_open(reservation=reservation),
        code=standard_code(reservation.property, FEE_CODES[fee.kind]),
        amount=fee.amount,
        actor=actor,
        memo=Memo(source=FEE, source_key=f"{reservation.pk}:{fee.kind}:{reservation.version}"),
    )


def _standing(reservation: Reservation, kind: str) -> list[Posting]:
    """The postings of a fee that nobody has taken back."""
    rows = Posting.objects.at(reservation.property_id).filter(
        source=FEE, source_key__startswith=f"{reservation.pk}:{kind}:", reversals=None
    )
    return list(rows.select_related("property", "window__folio", "code").order_by("pk"))
