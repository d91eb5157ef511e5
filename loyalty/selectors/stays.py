"""Stays as a programme sees them: what was slept and spent."""

from decimal import ROUND_HALF_UP, Decimal

from django.db.models import Sum

from hotel.core.money import quantum
from hotel.folios.models import Posting
from hotel.folios.models.codes import GROUPED
from hotel.reservations.choices import ReservationStatus
from hotel.reservations.models import Reservation
from loyalty.choices import ClaimStatus, MemberStatus, RedemptionStatus, RewardKind
from loyalty.domain.accrual import StayEarned
from loyalty.models import LoyaltyMember, ProgramProperty, RewardRedemption, StayAccrual, StayClaim
from loyalty.selectors.members import heir_of


def house_on(reservation: Reservation) -> ProgramProperty | None:
    """The programme that the hotel of a stay takes part in on the day of its departure."""
    houses = ProgramProperty.objects.at(reservation.property_id).on(reservation.departure)
    return houses.select_related("program").filter(program__is_active=True).first()


def member_of(reservation: Reservation, house: ProgramProperty) -> LoyaltyMember | None:
    """Who earns by a stay: who claimed it with success, or its primary guest, a member enrolled by the departure.

    Of the rooms of one booking as many earn for the same member as his programme says, in order of their numbers.
    """
    guest_id = reservation.primary_guest_id
    claim = StayClaim.objects.filter(reservation=reservation, status=ClaimStatus.APPROVED).first()
    if claim is not None and not (reservation.is_house_use or reservation.is_complimentary):
        return heir_of(claim.member)
    if guest_id is None or reservation.is_house_use or reservation.is_complimentary:
        return None
    member = (
        LoyaltyMember.objects.standing()
        .filter(program_id=house.program_id, guest_id=guest_id, status=MemberStatus.ACTIVE)
        .filter(enrolled_on__lte=reservation.departure)
        .first()
    )
    if member is None:
        return None
    rooms = Reservation.objects.at(reservation.property_id).filter(
        booking_id=reservation.booking_id, primary_guest_id=guest_id
    )
    rooms = rooms.exclude(status__in=(ReservationStatus.CANCELLED, ReservationStatus.NO_SHOW))
    earning = rooms.order_by("pk").values_list("pk", flat=True)[: house.program.rooms_earning]
    return member if reservation.pk in set(earning) else None


def stay_earned(reservation: Reservation, accrual: StayAccrual) -> StayEarned:
    """What counts of a stay now; nothing unless it is over. Two queries."""
    if reservation.status != ReservationStatus.CHECKED_OUT:
        return StayEarned(departure=accrual.departure, nights=0, spend={}, number=accrual.stay_number)
    return StayEarned(
        departure=accrual.departure,
        nights=(reservation.departure - reservation.arrival).days,
        spend=_spend(reservation, accrual.currency_rate, accrual.member.program.currency),
        traits=_traits(reservation, accrual),
        number=accrual.stay_number,
        is_award=is_award(reservation.pk),
    )


def is_award(reservation_id: int) -> bool:
    """Whether nights of a stay were paid with points."""
    nights = RewardRedemption.objects.filter(reservation_id=reservation_id, kind=RewardKind.FREE_NIGHT)
    return nights.filter(status__in=(RedemptionStatus.CONFIRMED, RedemptionStatus.FULFILLED)).exists()


def _spend(reservation: Reservation, rate: Decimal, currency: str) -> dict[str, Decimal]:
    """Revenue group to what its folios have without taxes, corrections inside, in the programme's currency."""
    postings = Posting.objects.at(reservation.property_id).filter(
        window__folio__reservation=reservation, code__kind__in=GROUPED
    )
    sums = postings.order_by().values_list("code__group").annotate(Sum("net"))
    step = quantum(currency)
    return {group: (amount * rate).quantize(step, rounding=ROUND_HALF_UP) for group, amount in sums}


def _traits(reservation: Reservation, accrual: StayAccrual) -> dict[str, str]:
    booking = reservation.booking
    traits = {
        "property": reservation.property.code,
        "channel": booking.channel_code,
        "market": booking.market,
        "rate_plan": reservation.rate_plan.code,
        "room_type": reservation.room_type.code,
        "tier": accrual.tier_code,
    }
    return {name: value for name, value in traits.items() if value}
