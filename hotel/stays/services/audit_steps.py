"""What each step of the night audit does, within the transaction that also marks it as done.

A step finds what is left to do by itself, so that it can be broken off anywhere and begun again.
"""

from collections.abc import Callable, Mapping
from dataclasses import fields
from typing import Any

from hotel.contracts.stays import BusinessDayClosed
from hotel.core.exceptions import Conflict
from hotel.core.facts import publish
from hotel.core.locks import lock_rows
from hotel.core.words import _
from hotel.folios.services.breakage import allowances_settle
from hotel.folios.services.ledger_days import ledger_days_freeze
from hotel.properties.models import Property
from hotel.properties.services.business_days import business_day_close
from hotel.reservations.models import RoomAssignment
from hotel.reservations.services.cancellations import reservation_no_show
from hotel.rooms.choices import HousekeepingStatus
from hotel.stays.choices import StepName
from hotel.stays.domain.proof import unproved
from hotel.stays.domain.statistics import DayCounts
from hotel.stays.models import DailyStatistic, NightAudit
from hotel.stays.selectors.days import (
    claims_of,
    day_counts,
    day_revenue,
    guests_tonight,
    missing_arrivals,
)
from hotel.stays.services.charges import nights_charge
from hotel.stays.services.desk import rooms_turned
from hotel.stays.services.fixed_charges import fixed_charges_post

Result = dict[str, Any]


class DayUnproved(Conflict):
    """The books of the day contradict one another; nothing was closed. ``extra``: each claim with both figures."""

    code = "day_unproved"


def no_shows(audit: NightAudit) -> Result:
    """Mark the arrivals that did not come, with the fee of the frozen policy.

    One by one by the same command as at the desk: they are few, and each gives back rooms, inventory and promises.
    """
    missing = missing_arrivals(audit.property)
    for reservation in missing:
        reservation_no_show(reservation=reservation, actor=audit.requested_by)
    return {"no_shows": len(missing)}


def nights(audit: NightAudit) -> Result:
    """Post room, packages and taxes of the night for everybody in house."""
    guests = guests_tonight(audit.property)
    posted = nights_charge(
        place=audit.property,
        night=audit.business_date,
        reservations=guests,
        actor=audit.requested_by,
    )
    return {"stays": len(guests), "postings": len(posted)}


def fixed_charges(audit: NightAudit) -> Result:
    """Post the fixed charges that are due for everybody in house."""
    posted = fixed_charges_post(
        place=audit.property,
        day=audit.business_date,
        reservations=guests_tonight(audit.property),
        actor=audit.requested_by,
    )
    return {"postings": len(posted)}


def allowances(audit: NightAudit) -> Result:
    """Book what is left of the package allowances whose period ends with the day."""
    booked = allowances_settle(place=audit.property, day=audit.business_date, actor=audit.requested_by)
    return {name: str(amount) for name, amount in booked.items()}


def rooms(audit: NightAudit) -> Result:
    """Turn the rooms that are slept in dirty, with the parts of suites."""
    day = audit.business_date
    slept = RoomAssignment.objects.at(audit.property_id).filter(
        released_at=None,
        arrival__lte=day,
        departure__gt=day,
        reservation__in=guests_tonight(audit.property),
    )
    ids = set(slept.values_list("room_id", flat=True))
    rooms_turned(ids, HousekeepingStatus.DIRTY)
    return {"rooms": len(ids)}


def statistics(audit: NightAudit) -> Result:
    """Take the figures of the day; taken again, they replace those of before, for the day is still open."""
    counts, revenue = (
        day_counts(audit.property, audit.business_date),
        day_revenue(audit.property, audit.business_date),
    )
    values = {field.name: getattr(counts, field.name) for field in fields(DayCounts)}
    values |= {
        "room_revenue": revenue.room,
        "no_show_revenue": revenue.no_show,
        "other_revenue": revenue.other,
        "tax": revenue.tax,
    }
    DailyStatistic.objects.update_or_create(
        property=audit.property, business_date=audit.business_date, defaults=values
    )
    return {"rooms_sold": counts.rooms_sold, "rooms_available": counts.rooms_available}


def proof(audit: NightAudit) -> Result:
    """Prove figures = revenue = ledger.

    Raises:
        DayUnproved: two books contradict one another; nobody should sleep over it.
    """
    claims = claims_of(audit.property, audit.business_date)
    if wrong := unproved(claims):
        shown = [
            {"name": claim.name, "expected": str(claim.expected), "found": str(claim.found)}
            for claim in wrong
        ]
        names = ", ".join(claim.name for claim in wrong)
        raise DayUnproved(
            _("The books of %(business_date)s contradict one another: %(names)s.")
            % {"business_date": audit.business_date, "names": names},
            extra={"claims": shown},
        )
    return {claim.name: str(claim.found) for claim in claims}


def roll(audit: NightAudit) -> Result:
    """Open the next business day.

    The property's row is taken alone: nothing is posted on the old day any more. What came in since the figures were
    taken is counted now, and the proof is made once more, so that what is frozen is what was earned; the balances of
    the ledgers are frozen with it.

    Publishes: BusinessDayClosed.
    """
    place = audit.property
    lock_rows(Property.objects.filter(pk=place.pk))
    statistics(audit)
    proof(audit)
    row = DailyStatistic.objects.at(place.pk).get(business_date=audit.business_date)
    opened = business_day_close(place=place, expected=audit.business_date)
    ledger_days_freeze(place=place)
    publish(
        BusinessDayClosed(
            property_id=place.pk,
            business_date=audit.business_date,
            next_business_date=opened,
            rooms_available=row.rooms_available,
            rooms_sold=row.rooms_sold,
            room_revenue=row.room_revenue.amount,
            total_revenue=row.figures.revenue.revenue.amount,
            currency=row.room_revenue.currency.code,
        )
    )
    return {"next_business_date": opened.isoformat()}


WORK: Mapping[str, Callable[[NightAudit], Result]] = {
    StepName.NO_SHOWS: no_shows,
    StepName.NIGHTS: nights,
    StepName.FIXED_CHARGES: fixed_charges,
    StepName.ALLOWANCES: allowances,
    StepName.ROOMS: rooms,
    StepName.STATISTICS: statistics,
    StepName.PROOF: proof,
    StepName.ROLL: roll,
}
