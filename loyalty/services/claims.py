"""Claims for a missing stay: within the programme's days, decided by a second person, once for a stay."""

from datetime import date, timedelta

from django.db import transaction

from hotel.accounts.models import User
from hotel.core.clock import now
from hotel.core.exceptions import Conflict, InvalidInput, NotPermitted
from hotel.core.locks import lock_rows
from hotel.core.words import _, in_sentence
from hotel.properties.models import Property
from hotel.reservations.choices import ReservationStatus
from hotel.reservations.models import Reservation
from loyalty.choices import ClaimStatus, PointKind
from loyalty.models import (
    LoyaltyMember,
    PointTransaction,
    ProgramProperty,
    StayAccrual,
    StayClaim,
    TierCredit,
)
from loyalty.services.accrual import stay_settle
from loyalty.services.challenges import challenges_settle
from loyalty.services.heirs import line_locked
from loyalty.services.points import PointEvent, member_locked, points_give, require_active
from loyalty.services.tiers import member_review

SOURCE = "claim"
MOST = 1_000_000


@transaction.atomic
def claim_make(
    *,
    member: LoyaltyMember,
    place: Property,
    arrival: date,
    departure: date,
    evidence: str,
    stated_number: str = "",
    actor: User | None,
) -> StayClaim:
    """Say that a stay of a member is missing; it waits for a second person.

    Args:
        arrival, departure: business dates of the hotel.
        evidence: what he showed, in words.
        stated_number: of the reservation; when the hotel has it, the claim is for that stay.

    Raises:
        InvalidInput: no evidence (``evidence_required``), or days that run backwards or are to come
            (``claim_days_invalid``).
        Conflict: not an active membership (``member_not_active``), begun after the stay (``member_enrolled_later``),
            a hotel that did not take part then (``hotel_not_in_program``), too long ago (``claim_too_late``), a stay
            that earned (``stay_earned_already``), or claimed already (``claim_exists``).

    Locks: the member.
    """
    fresh = member_locked(member.pk)
    if not evidence.strip():
        raise InvalidInput(_("Say what the member showed."), code="evidence_required")
    found = Reservation.objects.at(place.pk).filter(number=stated_number.strip() or None).first()
    if found is not None:
        arrival, departure = found.arrival, found.departure
    if not arrival <= departure <= place.business_date:
        raise InvalidInput(_("Give the days of a stay that is over."), code="claim_days_invalid")
    require_active(fresh)
    _require_in_time(fresh, place, departure)
    if found is not None and StayAccrual.objects.filter(reservation=found).exists():
        raise Conflict(_("This stay has earned already."), code="stay_earned_already")
    if fresh.accruals.filter(property=place, departure=departure, reservation__arrival=arrival).exists():
        raise Conflict(_("A stay of these days has earned already."), code="stay_earned_already")
    others = StayClaim.objects.exclude(status=ClaimStatus.REFUSED)
    same = others.filter(member=fresh, property=place, departure=departure)
    if same.exists() or (found is not None and others.filter(reservation=found).exists()):
        raise Conflict(_("This stay is claimed already."), code="claim_exists")
    return StayClaim.objects.create(
        member=fresh,
        property=place,
        reservation=found,
        stated_number=stated_number.strip(),
        arrival=arrival,
        departure=departure,
        evidence=evidence.strip(),
        asked_by=actor,
    )


@transaction.atomic
def claim_approve(*, claim: StayClaim, points: int | None = None, actor: User) -> StayClaim:
    """Let a claimed stay earn: one that the house has by its rules, as at check-out; another one by hand.

    For who goes on for the member when he was merged since, and it stays his.

    Args:
        points: by hand, for a stay that the house does not know; its nights count for the tier as well.

    Raises:
        Conflict: decided already (``claim_decided``), not an active membership (``member_not_active``), the stay is not
            over (``stay_not_over``), has earned (``stay_earned_already``) or earns nothing (``stay_earns_nothing``).
        NotPermitted: the same person (``same_person``).
        InvalidInput: points for a stay that the house has, or none for another one (``points_invalid``).

    Locks: the member and who goes on for him, the claim, then as ``stay_settle``.
    """
    member, fresh = _open(claim, actor)
    require_active(member)
    stay = fresh.reservation
    if (points is None) is (stay is None) or (points is not None and not 0 < points <= MOST):
        text = _(
            "Give 1 to %(most)s points by hand to a stay that the house does not have, and to no other one."
        ) % {"most": f"{MOST:,}"}
        raise InvalidInput(text, code="points_invalid")
    fresh.status = ClaimStatus.APPROVED
    if stay is None:
        fresh.transaction = _given(fresh, member, points or 0, actor)
        _decided(fresh, actor)
        member_review(member=member, property_id=fresh.property_id)
        challenges_settle(member, day=fresh.departure)
        return fresh
    if stay.status != ReservationStatus.CHECKED_OUT:
        raise Conflict(_("This stay is not over."), code="stay_not_over")
    if StayAccrual.objects.filter(reservation=stay).exists():
        raise Conflict(_("This stay has earned already."), code="stay_earned_already")
    _decided(fresh, actor)
    if stay_settle(reservation_id=stay.pk) is None:
        raise Conflict(_("By the rules this stay earns nothing."), code="stay_earns_nothing")
    return fresh


@transaction.atomic
def claim_refuse(*, claim: StayClaim, reason: str, actor: User) -> StayClaim:
    """Refuse a claim with a reason that the member may be told; he may claim the stay again with better evidence.

    Raises:
        Conflict: decided already (``claim_decided``).
        NotPermitted: the same person (``same_person``).
        InvalidInput: no reason (``reason_required``).

    Locks: the member and who goes on for him, the claim.
    """
    _member, fresh = _open(claim, actor)
    if not reason.strip():
        raise InvalidInput(_("Say why."), code="reason_required")
    fresh.status = ClaimStatus.REFUSED
    fresh.because = reason.strip()
    return _decided(fresh, actor)


def _open(claim: StayClaim, actor: User) -> tuple[LoyaltyMember, StayClaim]:
    """Who gets what it gives, and the claim."""
    member = line_locked(claim.member_id)[-1]
    rows = StayClaim.objects.select_related("property", "reservation").filter(pk=claim.pk)
    (fresh,) = lock_rows(rows)
    if fresh.status != ClaimStatus.WAITING:
        raise Conflict(
            _("It is %(status)s already.") % {"status": in_sentence(fresh.get_status_display)},
            code="claim_decided",
        )
    if fresh.asked_by_id == actor.pk:
        raise NotPermitted(_("A second person decides on this."), code="same_person")
    return member, fresh


def _decided(fresh: StayClaim, actor: User) -> StayClaim:
    fresh.decided_by, fresh.decided_at = actor, now()
    fresh.save()
    return fresh


def _given(claim: StayClaim, member: LoyaltyMember, points: int, actor: User) -> PointTransaction:
    nights = (claim.departure - claim.arrival).days
    event = PointEvent(
        member=member,
        property_id=claim.property_id,
        day=claim.property.business_date,
        kind=PointKind.CLAIM,
        because=f"Claimed stay from {claim.arrival} to {claim.departure}",
        source=SOURCE,
        source_key=str(claim.pk),
        actor=actor,
    )
    TierCredit.objects.create(
        member=member,
        property_id=claim.property_id,
        day=claim.departure,
        nights=nights,
        stays=int(nights > 0),
    )
    return points_give(event, points)


def _require_in_time(member: LoyaltyMember, place: Property, departure: date) -> None:
    if departure < member.enrolled_on:
        raise Conflict(
            _("He is a member since %(enrolled_on)s.") % {"enrolled_on": member.enrolled_on},
            code="member_enrolled_later",
        )
    houses = ProgramProperty.objects.at(place.pk).filter(program_id=member.program_id)
    if not houses.on(departure).exists():
        raise Conflict(
            _("%(place)s did not take part then.") % {"place": place.name}, code="hotel_not_in_program"
        )
    if departure < place.business_date - timedelta(days=member.program.claim_days):
        text = _("Stays may be claimed for %(claim_days)s days.") % {"claim_days": member.program.claim_days}
        raise Conflict(text, code="claim_too_late")
