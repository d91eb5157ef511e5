"""What is known of a referral."""

from hotel.guests.models import Guest
from hotel.guests.selectors.profiles import guest_resolved
from hotel.reservations.choices import ReservationStatus
from hotel.reservations.models import Reservation
from loyalty.choices import MemberStatus, ReferralStatus
from loyalty.domain.referrals import ReferralFacts
from loyalty.models import LoyaltyMember, ProgramProperty, Referral, ReferralRule, StayAccrual

ADDRESS = ("street", "postal_code", "city")


def referral_facts(
    member: LoyaltyMember, referrer: LoyaltyMember, rule: ReferralRule, accrual: StayAccrual
) -> ReferralFacts:
    """What decides on a referral: seven small queries, once for a member who was brought."""
    mine, his = guest_resolved(member.guest), guest_resolved(referrer.guest)
    year = Referral.objects.filter(
        referrer=referrer, year=accrual.departure.year, status=ReferralStatus.REWARDED
    )
    return ReferralFacts(
        is_same_guest=mine.pk == his.pk,
        is_circular=_is_circular(referrer, mine.pk),
        shared=_shared(mine, his),
        has_stayed_before=_has_stayed_before(member, accrual),
        is_referrer_active=referrer.status == MemberStatus.ACTIVE,
        rewarded_this_year=year.count(),
        yearly_limit=rule.yearly_limit,
    )


def _is_circular(referrer: LoyaltyMember, guest_id: int) -> bool:
    seen: set[int] = set()
    one = referrer.referred_by
    while one is not None and one.pk not in seen:
        if guest_resolved(one.guest).pk == guest_id:
            return True
        seen.add(one.pk)
        one = one.referred_by
    return False


def _shared(mine: Guest, his: Guest) -> frozenset[str]:
    found = {
        name
        for name in ("email", "phone")
        if (print_ := getattr(mine, f"{name}_fingerprint")) and print_ == getattr(his, f"{name}_fingerprint")
    }
    if (home := _home(mine)) and home == _home(his):
        found.add("address")
    return frozenset(found)


def _home(guest: Guest) -> str:
    """An address told alike however it is written; empty without a street."""
    words = [str(getattr(guest, name) or "") for name in ADDRESS]
    return "".join(filter(str.isalnum, "".join(words).casefold())) if words[0] else ""


def _has_stayed_before(member: LoyaltyMember, accrual: StayAccrual) -> bool:
    houses = ProgramProperty.objects.filter(program_id=member.program_id).values("property_id")
    earlier = Reservation.objects.filter(
        property_id__in=houses,
        primary_guest=member.guest_id,
        status=ReservationStatus.CHECKED_OUT,
        departure__lt=member.enrolled_on,
    )
    return earlier.exclude(pk=accrual.reservation_id).exists()
