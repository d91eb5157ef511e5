"""Night audits and frozen figures for tests."""

from moneyed import Money

from hotel.folios.models import FolioWindow
from hotel.folios.selectors.balances import window_balances
from hotel.folios.services.codes import standard_code
from hotel.folios.services.settlements import payment_post
from hotel.properties.models import Property
from hotel.properties.services.business_days import business_day_close
from hotel.reservations.models import Reservation
from hotel.stays.domain.night_audit import STEPS
from hotel.stays.models import DailyStatistic, FixedCharge, NightAudit, NightAuditStep
from hotel.stays.services.fixed_charges import FixedChargeData, fixed_charge_add
from tests.factories.reservations import reservation_make


def fixed_charge_make(place: Property, **over) -> FixedCharge:
    """Parking for each night of a new stay from tomorrow."""
    data = FixedChargeData(
        **{"code": standard_code(place, "service"), "amount": Money(15, place.currency), **over}
    )
    return fixed_charge_add(reservation=reservation_make(place), data=data)


def night_audit_make(place: Property, **over) -> NightAudit:
    """An audit of the open business date that nobody has started; the next one is of the next day."""
    audit = NightAudit.objects.create(property=place, **{"business_date": place.business_date, **over})
    NightAuditStep.objects.bulk_create(
        NightAuditStep(property=place, audit=audit, name=name, position=position)
        for position, name in enumerate(STEPS)
    )
    business_day_close(place=place)
    return audit


def bill_pay(reservation: Reservation) -> None:
    """Settle every window of a stay in cash; a credit is paid back."""
    windows = FolioWindow.objects.filter(folio__reservation=reservation, closed_at=None)
    for window in windows.select_related("property"):
        (amount,) = window_balances(window.property_id, [window.pk]).values()
        if amount.amount:
            payment_post(
                window=window,
                code=standard_code(window.property, "cash"),
                amount=abs(amount),
                is_refund=amount.amount < 0,
            )


def night_audit_step_make(place: Property) -> NightAuditStep:
    """The first step of a new audit."""
    return NightAuditStep.objects.filter(audit=night_audit_make(place)).order_by("position")[0]


def daily_statistic_make(place: Property, **over) -> DailyStatistic:
    """An empty day of ten rooms, closed; the next one is the next day."""
    none = Money(0, place.currency)
    values = {
        "business_date": place.business_date,
        "rooms_available": 10,
        "room_revenue": none,
        "no_show_revenue": none,
        "other_revenue": none,
        "tax": none,
    }
    row = DailyStatistic.objects.create(property=place, **{**values, **over})
    business_day_close(place=place)
    return row
