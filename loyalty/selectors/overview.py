"""How a programme does: who joins, what is earned and spent, and whether members come again more often."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Exists, OuterRef, Q, Sum
from django.db.models.functions import TruncMonth

from hotel.core.months import months_later
from hotel.properties.models import Property
from hotel.reservations.choices import ReservationStatus
from hotel.reservations.models import Reservation
from loyalty.choices import MemberStatus, PointKind
from loyalty.domain.repeat_stays import Cohort, RepeatStays, repeat_stays
from loyalty.models import LoyaltyMember, LoyaltyProgram, PointTransaction

BURNED = (PointKind.REDEMPTION, PointKind.GIVEN_BACK)
MONTHS = 12
AGAIN_WITHIN = timedelta(days=365)


@dataclass(frozen=True)
class MonthShown:
    """One month of a programme: who joined, and points that came, were spent and ended, none below zero by nature."""

    month: date
    enrolled: int
    earned: int
    burned: int
    ended: int


def members_counted(program: LoyaltyProgram, day: date) -> tuple[int, int]:
    """Memberships that are active, and those of them that stayed or redeemed within a year. One query."""
    active = LoyaltyMember.objects.standing().filter(program=program, status=MemberStatus.ACTIVE)
    found = active.aggregate(
        whole=Count("pk"), lively=Count("pk", filter=Q(active_on__gt=day - AGAIN_WITHIN))
    )
    return found["whole"], found["lively"]


def months_of(program: LoyaltyProgram, day: date) -> list[MonthShown]:
    """The last twelve months with the present one, oldest first, by business dates. Two queries."""
    since = months_later(day.replace(day=1), 1 - MONTHS)
    joined = LoyaltyMember.objects.filter(program=program, enrolled_on__gte=since).order_by()
    enrolled = dict(joined.values_list(TruncMonth("enrolled_on")).annotate(Count("pk")))
    moved = PointTransaction.objects.filter(member__program=program, business_date__gte=since).order_by()
    sums = moved.values_list(TruncMonth("business_date")).annotate(
        earned=Sum("points", filter=~Q(kind__in=(*BURNED, PointKind.EXPIRY)), default=0),
        burned=Sum("points", filter=Q(kind__in=BURNED), default=0),
        ended=Sum("points", filter=Q(kind=PointKind.EXPIRY), default=0),
    )
    points = {month: (earned, -burned, -ended) for month, earned, burned, ended in sums}
    months = [months_later(since, n) for n in range(MONTHS)]
    return [MonthShown(month, enrolled.get(month, 0), *points.get(month, (0, 0, 0))) for month in months]


def repeat_stays_at(place: Property, program: LoyaltyProgram) -> RepeatStays | None:
    """Of guests whose first stay here ended one to two years ago: did members come again here within a year more often?

    A member is who had enrolled when that stay ended, so that coming again is not what made him one. One query.
    """
    day = place.business_date
    stays = Reservation.objects.at(place.pk).filter(status=ReservationStatus.CHECKED_OUT)
    own = stays.filter(primary_guest_id=OuterRef("primary_guest_id")).exclude(pk=OuterRef("pk"))
    firsts = stays.filter(departure__gt=day - 2 * AGAIN_WITHIN, departure__lte=day - AGAIN_WITHIN).exclude(
        primary_guest=None
    )
    firsts = firsts.exclude(
        Exists(
            own.filter(
                Q(departure__lt=OuterRef("departure"))
                | Q(departure=OuterRef("departure"), pk__lt=OuterRef("pk"))
            )
        )
    )
    enrolled = LoyaltyMember.objects.filter(
        program=program, guest_id=OuterRef("primary_guest_id"), enrolled_on__lte=OuterRef("departure")
    )
    again = own.filter(arrival__gte=OuterRef("departure"), arrival__lt=OuterRef("departure") + AGAIN_WITHIN)
    rows = firsts.annotate(is_member=Exists(enrolled), is_again=Exists(again)).order_by()
    sums = rows.values_list(TruncMonth("departure")).annotate(
        members=Count("pk", filter=Q(is_member=True)),
        members_again=Count("pk", filter=Q(is_member=True, is_again=True)),
        others=Count("pk", filter=Q(is_member=False)),
        others_again=Count("pk", filter=Q(is_member=False, is_again=True)),
    )
    return repeat_stays(Cohort(*counts) for _, *counts in sums)
