"""Fixed charges: agreed, ended, and posted by the night audit."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from moneyed import Money

from hotel.accounts.models import User
from hotel.core.exceptions import Conflict, InvalidInput
from hotel.core.locks import lock_rows
from hotel.core.words import _
from hotel.folios.models import Folio, Posting, TransactionCode
from hotel.folios.services.folios import folios_open
from hotel.folios.services.posting_data import Memo, PostingData, TaxData
from hotel.folios.services.postings import CHARGEABLE, amount_checked, charge_amounts, postings_post
from hotel.properties.models import Property
from hotel.reservations.choices import OPEN
from hotel.reservations.models import Reservation
from hotel.stays.domain.fixed_charges import is_due
from hotel.stays.models import FixedCharge
from hotel.stays.services.desk import day_shared

SOURCE = "fixed_charge"


@dataclass(frozen=True, kw_only=True)
class FixedChargeData:
    """What is agreed with a guest; see the model."""

    code: TransactionCode
    amount: Money
    description: str = ""
    every_nights: int = 1
    first_night: date | None = None
    until: date | None = None


@transaction.atomic
def fixed_charge_add(*, reservation: Reservation, data: FixedChargeData) -> FixedCharge:
    """Agree a charge for every n-th night of a stay that is to come or in house.

    Args:
        data: ``first_night`` is tonight, or the arrival when it is still to come, unless told.

    Raises:
        Conflict: the stay is over (``status_forbids``).
        InvalidInput: a code that charges nothing (``code_invalid``), an amount that is none (``amount_invalid``), or
            nights in the past or out of order (``dates_invalid``).

    Locks: the day, shared; the reservation.
    """
    day_shared(reservation.property_id)
    (stay,) = lock_rows(Reservation.objects.select_related("property").filter(pk=reservation.pk))
    if stay.status not in OPEN:
        raise Conflict(_("The stay is over."), code="status_forbids", extra={"status": stay.status})
    code, tonight = data.code, stay.property.business_date
    if code.property_id != stay.property_id or code.kind not in CHARGEABLE or not code.is_active:
        raise InvalidInput(
            _("%(code)s is no charge that can be posted here.") % {"code": code}, code="code_invalid"
        )
    first = data.first_night or max(stay.arrival, tonight)
    if first < tonight or data.every_nights < 1 or (data.until is not None and data.until < first):
        raise InvalidInput(_("Give nights from tonight on, in order."), code="dates_invalid")
    return FixedCharge.objects.create(
        property=stay.property,
        reservation=stay,
        code=code,
        description=data.description,
        amount=amount_checked(stay.property, data.amount),
        every_nights=data.every_nights,
        first_night=first,
        until=data.until,
    )


@transaction.atomic
def fixed_charge_end(*, charge: FixedCharge, until: date | None = None) -> FixedCharge:
    """End a charge: the night named, tonight unless told, is the first without it.

    Raises:
        InvalidInput: a night that was charged already (``dates_invalid``).

    Locks: the day, shared; the charge.
    """
    day_shared(charge.property_id)
    (fresh,) = lock_rows(FixedCharge.objects.select_related("property").filter(pk=charge.pk))
    day = until or fresh.property.business_date
    if day < fresh.property.business_date:
        raise InvalidInput(_("That night is over."), code="dates_invalid")
    fresh.until = max(day, fresh.first_night)
    fresh.save(update_fields=["until", "updated_at"])
    return fresh


def fixed_charges_post(
    *, place: Property, day: date, reservations: Collection[int], actor: User | None
) -> list[Posting]:
    """Post the charges that are due on a night, each once. Repeatable.

    Equal charges of equal parties are taxed once; the statements that post do not depend on the number of lines.

    Locks: the reservations, the property (shared), the windows of their folios.
    """
    due = _due(_charges(place, reservations).filter(first_night__lte=day), day)
    if not due:
        return []
    folios = folios_open(reservations={charge.reservation_id for charge in due})
    lines = _lines(due, folios, day)
    return postings_post(place=place, lines=lines, actor=actor, memo=Memo(source=SOURCE))


def fixed_charges_foreseen(*, folio: Folio, nights: Iterable[date]) -> list[PostingData]:
    """The lines that ``fixed_charges_post`` will post on these nights of a stay; nothing is stored or locked.

    Args:
        folio: of the stay, or an unsaved one that knows it.
    """
    stay_id = folio.reservation_id or 0
    charges = list(_charges(folio.property, [stay_id]))
    return [line for day in nights for line in _lines(_due(charges, day), {stay_id: folio}, day)]


def fixed_charges_tonight(*, place: Property, folios: Mapping[int, Folio], day: date) -> list[PostingData]:
    """The lines that ``fixed_charges_post`` would post on a night for stays; nothing is stored or locked.

    Args:
        folios: by the id of the stay, each of which knows it; they may be unsaved.
    """
    rows = _charges(place, list(folios)).filter(first_night__lte=day)
    return _lines(_due(rows, day), folios, day)


def _charges(place: Property, reservations: Collection[int]) -> QuerySet[FixedCharge]:
    rows = FixedCharge.objects.at(place.pk).filter(reservation__in=reservations)
    return rows.select_related("code", "reservation__booking").order_by("reservation_id", "pk")


def _due(charges: Iterable[FixedCharge], day: date) -> list[FixedCharge]:
    return [
        charge
        for charge in charges
        if is_due(
            day,
            first_night=charge.first_night,
            until=charge.until,
            every_nights=charge.every_nights,
        )
    ]


def _lines(due: Iterable[FixedCharge], folios: Mapping[int, Folio], day: date) -> list[PostingData]:
    taxed = _Taxed(day)
    return [
        PostingData(
            folio_id=folios[charge.reservation_id].pk,
            code=charge.code,
            **taxed.amounts(folios[charge.reservation_id], charge),
            revenue_date=day,
            description=charge.description,
            source_key=f"{charge.pk}:{day.isoformat()}",
        )
        for charge in due
    ]


class _Taxed:
    """Net amounts and taxes of charges on one day; the same question is asked once."""

    def __init__(self, day: date) -> None:
        self.day = day
        self.known: dict[Any, tuple[Money, tuple[TaxData, ...]]] = {}

    def amounts(self, folio: Folio, charge: FixedCharge) -> dict[str, Any]:
        """The amounts of a line."""
        stay = charge.reservation
        key = (
            charge.code_id,
            charge.amount,
            stay.adults,
            tuple(sorted(stay.children.items())),
            tuple(stay.child_ages),
            tuple(stay.exemptions),
            stay.booking.company_id,
        )
        if key not in self.known:
            self.known[key] = charge_amounts(
                folio=folio, code=charge.code, amount=charge.amount, day=self.day
            )
        net, taxes = self.known[key]
        return {"net": net, "taxes": taxes}
