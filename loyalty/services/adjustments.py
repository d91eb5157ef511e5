"""Points by hand: with a reason, and above the programme's limit by two people."""

from dataclasses import replace

from django.db import transaction

from hotel.accounts.models import User
from hotel.core.clock import now
from hotel.core.exceptions import Conflict, InvalidInput, NotPermitted
from hotel.core.locks import lock_rows
from hotel.core.words import _, in_sentence
from hotel.properties.models import Property
from loyalty.choices import AdjustmentStatus, PointKind
from loyalty.models import LoyaltyMember, PointAdjustment, PointTransaction
from loyalty.selectors.balances import lot_of_member
from loyalty.selectors.terms import today_of
from loyalty.services.heirs import line_locked, points_go_on
from loyalty.services.points import (
    PointEvent,
    member_locked,
    points_claw_back,
    points_give,
    points_give_back,
    points_spend,
    require_active,
)

LARGEST = 10_000_000
REVERSIBLE = (PointKind.ADJUSTMENT, PointKind.BONUS)


@transaction.atomic
def points_adjust(
    *, member: LoyaltyMember, place: Property, points: int, reason: str, actor: User | None
) -> PointAdjustment:
    """Give points, or (below zero) take some that may be spent; above the limit it waits for a second person.

    Args:
        place: whose business date counts, and who stands for the points.

    Raises:
        InvalidInput: no points, more than 10 million (``points_invalid``), or no reason (``reason_required``).
        Conflict: not an active membership (``member_not_active``).
        PointsMissing: fewer may be taken.

    Locks: the member.
    """
    if not 0 < abs(points) <= LARGEST:
        raise InvalidInput(
            _("Give 1 to %(largest)s points, or take as many.") % {"largest": f"{LARGEST:,}"},
            code="points_invalid",
        )
    if not reason.strip():
        raise InvalidInput(_("Say why."), code="reason_required")
    fresh = member_locked(member.pk)
    require_active(fresh)
    asked = PointAdjustment(
        member=fresh, property=place, points=points, reason=reason.strip(), asked_by=actor,
        status=AdjustmentStatus.WAITING,
    )  # fmt: skip
    if abs(points) <= fresh.program.adjustment_limit:
        asked.status, asked.transaction = AdjustmentStatus.POSTED, _post(asked, [fresh])
    asked.save()
    return asked


@transaction.atomic
def adjustment_decide(*, adjustment: PointAdjustment, is_approved: bool, actor: User) -> PointAdjustment:
    """Post points by hand that wait, or refuse them; by somebody else than who asked.

    Of a member who was merged since, who goes on for him gets them or gives them, and they stay his.

    Raises:
        Conflict: decided already (``adjustment_decided``), or not an active membership any more, unless it is a
            reversal.
        NotPermitted: the same person (``same_person``).
        PointsMissing: fewer may be taken by now.

    Locks: the member and who goes on for him, the adjustment.
    """
    line = line_locked(adjustment.member_id)
    (fresh,) = lock_rows(PointAdjustment.objects.select_related("property").filter(pk=adjustment.pk))
    if fresh.status != AdjustmentStatus.WAITING:
        raise Conflict(
            _("It is %(status)s already.") % {"status": in_sentence(fresh.get_status_display)},
            code="adjustment_decided",
        )
    if fresh.asked_by_id == actor.pk:
        raise NotPermitted(_("A second person decides on this."), code="same_person")
    fresh.decided_by, fresh.decided_at = actor, now()
    fresh.status = AdjustmentStatus.REFUSED
    if is_approved:
        if fresh.reverses is None:
            require_active(line[-1])
        fresh.status, fresh.transaction = AdjustmentStatus.POSTED, _post(fresh, line)
    fresh.save()
    return fresh


@transaction.atomic
def points_reverse(*, booked: PointTransaction, reason: str, actor: User | None) -> PointAdjustment:
    """Take points by hand or a bonus back whole; above the programme's limit it waits for a second person.

    What was given goes out of its own lot first, and is owed as far as it is spent; what was taken returns to the very
    lots. Points of stays follow their stay, and those of rewards their redemption.

    Raises:
        InvalidInput: no reason (``reason_required``).
        Conflict: neither a bonus nor by hand (``not_reversible``), taken back or asked for already
            (``points_reversed``).

    Locks: the member and who goes on for him.
    """
    if not reason.strip():
        raise InvalidInput(_("Say why."), code="reason_required")
    line = line_locked(booked.member_id)
    if booked.kind not in REVERSIBLE:
        text = _("%(kind)s: this is corrected where it came from.") % {"kind": booked.get_kind_display()}
        raise Conflict(text, code="not_reversible")
    before = PointAdjustment.objects.filter(reverses=booked).exclude(status=AdjustmentStatus.REFUSED)
    if before.exists() or booked.reversals.exists():
        raise Conflict(_("This is reversed already, or waits for a second person."), code="points_reversed")
    asked = PointAdjustment(
        member=line[0], property=booked.property, points=-booked.points, reason=reason.strip(), asked_by=actor,
        reverses=booked, status=AdjustmentStatus.WAITING,
    )  # fmt: skip
    if abs(booked.points) <= line[0].program.adjustment_limit:
        asked.status, asked.transaction = AdjustmentStatus.POSTED, _post(asked, line)
    asked.save()
    return asked


def _reversed(
    asked: PointAdjustment, booked: PointTransaction, line: list[LoyaltyMember]
) -> PointTransaction:
    """From and into the very lots; of who was merged since from those that go on for them, and on to his heir."""
    heir = line[-1]
    event = PointEvent(
        member=heir,
        property_id=asked.property_id,
        day=asked.property.business_date,
        kind=PointKind.REVERSAL,
        because=f"Reversed: {booked.because}",
        reverses=booked,
        actor=asked.asked_by,
    )
    if booked.points > 0:
        lot_id = booked.lots.values_list("pk", flat=True).first()
        return points_claw_back(event, booked.points, lot_id=lot_of_member(lot_id, heir.pk))
    made = points_give_back(replace(event, member=line[0]), booked, -booked.points)
    points_go_on(line)
    return made


def _post(asked: PointAdjustment, line: list[LoyaltyMember]) -> PointTransaction:
    if asked.reverses is not None:
        return _reversed(asked, asked.reverses, line)
    member = line[-1]
    event = PointEvent(
        member=member,
        property_id=asked.property_id,
        day=asked.property.business_date,
        kind=PointKind.ADJUSTMENT,
        because="Adjusted by hand",
        actor=asked.asked_by,
    )
    if asked.points > 0:
        return points_give(event, asked.points)
    return points_spend(event, -asked.points, on=today_of(member.program))
