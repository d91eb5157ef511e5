"""What guests and companies have stayed and paid at a property, from the reservations themselves."""

from collections.abc import Mapping, Sequence

from django.db.models import Count, F, Max, Min, Q, Sum
from moneyed import Money

from hotel.guests.lifetime_ports import LifetimeFigures
from hotel.properties.models import Property
from hotel.reservations.choices import ReservationStatus
from hotel.reservations.models import Reservation

STAYED = Q(status__in=(ReservationStatus.IN_HOUSE, ReservationStatus.CHECKED_OUT))
GIVEN_BACK = Q(status=ReservationStatus.CANCELLED, confirmed_at__isnull=False)


def guest_lifetime(ids: Sequence[int], property_id: int) -> Mapping[int, LifetimeFigures]:
    """Figures of guests as primary guests; those without reservations are absent."""
    return _figures("primary_guest_id", ids, property_id)


def company_lifetime(ids: Sequence[int], property_id: int) -> Mapping[int, LifetimeFigures]:
    """Figures of companies that booked; those without reservations are absent."""
    return _figures("booking__company_id", ids, property_id)


def _figures(owner: str, ids: Sequence[int], property_id: int) -> dict[int, LifetimeFigures]:
    """One query. Nights and their prices count once slept: of a guest in house only those before the open one."""
    place = Property.objects.get(pk=property_id)
    slept = STAYED & Q(nights__night__lt=place.business_date)
    rows = (
        Reservation.objects.at(property_id)
        .filter(**{f"{owner}__in": list(ids)})
        .order_by()
        .values(owner)
        .annotate(
            stays=Count("pk", filter=STAYED, distinct=True),
            cancellations=Count(
                "pk", filter=Q(status=ReservationStatus.CANCELLED, confirmed_at__isnull=False), distinct=True
            ),
            no_shows=Count("pk", filter=Q(status=ReservationStatus.NO_SHOW), distinct=True),
            slept=Count("nights", filter=slept & Q(is_day_use=False)),
            paid=Sum("nights__total", filter=slept),
            first=Min("arrival", filter=STAYED),
            last=Max("arrival", filter=STAYED),
            owner=F(owner),
        )
    )
    return {
        row["owner"]: LifetimeFigures(
            stays=row["stays"],
            nights=row["slept"],
            cancellations=row["cancellations"],
            no_shows=row["no_shows"],
            revenue=None if row["paid"] is None else Money(row["paid"], place.currency),
            first_stay_on=row["first"],
            last_stay_on=row["last"],
        )
        for row in rows
    }
