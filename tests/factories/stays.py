"""Night audits and frozen figures for tests."""

from moneyed import Money

from hotel.properties.models import Property
from hotel.properties.services.business_days import business_day_close
from hotel.stays.domain.night_audit import STEPS
from hotel.stays.models import DailyStatistic, NightAudit, NightAuditStep


def night_audit_make(place: Property, **over) -> NightAudit:
    """An audit of the open business date that nobody has started; the next one is of the next day."""
    audit = NightAudit.objects.create(property=place, **{"business_date": place.business_date, **over})
    NightAuditStep.objects.bulk_create(
        NightAuditStep(property=place, audit=audit, name=name, position=position)
        for position, name in enumerate(STEPS)
    )
    business_day_close(place=place)
    return audit


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
