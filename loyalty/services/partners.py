"""Points by partners: posted once for a reference, and taken back once.

Source: docs/algorithms/points.md §15.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction

from hotel.accounts.models import User
from hotel.contracts.loyalty import PointsAwarded
from hotel.core.exceptions import Conflict, InvalidInput, NotFound
from hotel.core.facts import publish
from hotel.core.locks import lock_rows
from hotel.core.words import _
from loyalty.choices import PointKind
from loyalty.domain.partners import holds_on, points_of
from loyalty.models import (
    LoyaltyMember,
    LoyaltyPartner,
    LoyaltyProgram,
    PartnerAccrual,
    PointTransaction,
    ProgramProperty,
)
from loyalty.selectors.balances import lot_of_member
from loyalty.selectors.partners import contract_of, room_of
from loyalty.services.points import (
    PointEvent,
    member_locked,
    points_claw_back,
    points_give,
    require_active,
)

MOST = 10_000_000
CHANGEABLE = ("name", "rate", "point_price", "valid_until", "month_cap", "year_cap", "is_active")


@transaction.atomic
def partner_create(*, program: LoyaltyProgram, values: Mapping[str, Any]) -> LoyaltyPartner:
    """Let somebody outside post points.

    Raises:
        Conflict: his code is taken (``partner_code_taken``).
        InvalidInput: the hotel of the contract takes no part (``house_invalid``), or days run backwards
            (``partner_days_invalid``).
    """
    lock_rows(LoyaltyProgram.objects.filter(pk=program.pk))
    place = values["property"]
    if not ProgramProperty.objects.at(place.pk).on(place.business_date).filter(program=program).exists():
        raise InvalidInput(_("Choose a hotel that takes part in the programme."), code="house_invalid")
    _check_days(values["valid_from"], values.get("valid_until"))
    if LoyaltyPartner.objects.filter(program=program, code=values["code"]).exists():
        raise Conflict(
            _("There is a partner %(code)s.") % {"code": values["code"]}, code="partner_code_taken"
        )
    return LoyaltyPartner.objects.create(program=program, **values)


@transaction.atomic
def partner_change(*, partner: LoyaltyPartner, changes: Mapping[str, Any]) -> LoyaltyPartner:
    """Change what may change of a contract (``CHANGEABLE``); what was posted keeps its points and its value.

    Raises:
        InvalidInput: days run backwards (``partner_days_invalid``).

    Locks: the partner.
    """
    (fresh,) = lock_rows(LoyaltyPartner.objects.filter(pk=partner.pk))
    for name in set(CHANGEABLE) & set(changes):
        setattr(fresh, name, changes[name])
    _check_days(fresh.valid_from, fresh.valid_until)
    fresh.save()
    return fresh


@transaction.atomic
def partner_post(
    *,
    partner: LoyaltyPartner,
    reference: str,
    number: str,
    amount: Decimal,
    earned_on: date,
    actor: User | None,
) -> PartnerAccrual:
    """Give a member what a partner says. Repeatable: the same reference with the same content answers what was done.

    Args:
        reference: the partner's own, once.
        number: on the member's card; of one who was merged it finds who goes on.
        amount: in the partner's unit; earns by his rate, rounded down.

    Raises:
        NotFound: nobody has the number (``member_missing``).
        InvalidInput: a day to come (``earned_on_invalid``), or no points, or too many (``points_invalid``).
        Conflict: a partner who may not post (``partner_rests``), a day outside his contract
            (``partner_not_valid``), a reference with another content (``reference_taken``), not an active membership
            (``member_not_active``), more than his cap (``partner_cap_reached``; ``extra["left"]``).

    Publishes: PointsAwarded.

    Locks: the partner, the member.
    """
    fresh = partner_locked(partner.pk)
    his = LoyaltyMember.objects.filter(program=fresh.program_id)
    found = his.numbered(number).first()
    if found is None:
        raise NotFound(_("No member has this number."), code="member_missing")
    known = PartnerAccrual.objects.filter(partner=fresh, reference=reference).select_related("member").first()
    if known is not None:
        holder = his.numbered(known.member.number).first()
        if (known.amount, known.earned_on, holder) == (amount, earned_on, found):
            return known
        raise Conflict(_("This reference was posted with another content."), code="reference_taken")
    points = _points(fresh, amount, earned_on)
    member = member_locked(found.pk)
    require_active(member)
    room = room_of(fresh, member, earned_on)
    if room is not None and points > room:
        text = _("%(room)s points are left of what a member may have of %(name)s.") % {
            "room": room,
            "name": fresh.name,
        }
        raise Conflict(text, code="partner_cap_reached", extra={"left": room})
    booked = points_give(_event(fresh, member, reference, actor), points)
    _tell(booked, member)
    return PartnerAccrual.objects.create(
        partner=fresh,
        reference=reference,
        member=member,
        earned_on=earned_on,
        amount=amount,
        points=points,
        value=points * fresh.point_price,
        transaction=booked,
        posted_by=actor,
    )


@transaction.atomic
def partner_reverse(*, partner: LoyaltyPartner, reference: str, actor: User | None) -> PartnerAccrual:
    """Take back what a partner posted, from its lot, else from the others, else it is owed. Repeatable.

    Raises:
        NotFound: he posted nothing under this reference (``reference_missing``).

    Publishes: PointsAwarded.

    Locks: the partner, the member who has the points now.
    """
    fresh = partner_locked(partner.pk)
    posted = PartnerAccrual.objects.select_related("member", "transaction")
    accrual = posted.filter(partner=fresh, reference=reference).first()
    if accrual is None:
        raise NotFound(_("Nothing was posted under this reference."), code="reference_missing")
    if accrual.reversal_id is None:
        his = LoyaltyMember.objects.filter(program=fresh.program_id)
        member = member_locked(his.numbered(accrual.member.number).get().pk)
        lot = accrual.transaction.lots.values_list("pk", flat=True).first()
        event = _event(fresh, member, f"{reference} taken back", actor)
        accrual.reversal = points_claw_back(event, accrual.points, lot_id=lot_of_member(lot, member.pk))
        accrual.save(update_fields=["reversal", "updated_at"])
        _tell(accrual.reversal, member)
    return accrual


def partner_locked(partner_id: int) -> LoyaltyPartner:
    """The partner's row, locked until the end of the transaction: one posts, or a month is closed.

    His hotel is read only afterwards, so that nothing is booked on a day whose month is closed.
    """
    return lock_rows(LoyaltyPartner.objects.filter(pk=partner_id))[0]


def _points(partner: LoyaltyPartner, amount: Decimal, earned_on: date) -> int:
    contract = contract_of(partner)
    if earned_on > partner.property.business_date:
        raise InvalidInput(_("That day is still to come."), code="earned_on_invalid")
    if not partner.is_active:
        raise Conflict(_("%(partner)s may not post now.") % {"partner": partner.name}, code="partner_rests")
    if not holds_on(contract, earned_on):
        raise Conflict(
            _("The contract with %(partner)s does not hold on that day.") % {"partner": partner.name},
            code="partner_not_valid",
        )
    points = points_of(contract, amount)
    if not 0 < points <= MOST:
        raise InvalidInput(
            _("Post what earns 1 to %(most)s points.") % {"most": f"{MOST:,}"}, code="points_invalid"
        )
    return points


def _event(partner: LoyaltyPartner, member: LoyaltyMember, what: str, actor: User | None) -> PointEvent:
    return PointEvent(
        member=member,
        property_id=partner.property_id,
        day=partner.property.business_date,
        kind=PointKind.PARTNER,
        because=f"{partner.name} {what}",
        actor=actor,
    )


def _tell(booked: PointTransaction, member: LoyaltyMember) -> None:
    publish(
        PointsAwarded(
            property_id=booked.property_id,
            member_id=member.pk,
            guest_id=member.guest_id,
            program_id=member.program_id,
            points=booked.points,
            reservation_id=None,
            business_date=booked.business_date,
        )
    )


def _check_days(first: date, last: date | None) -> None:
    if last is not None and last < first:
        raise InvalidInput(
            _("Choose a last day from %(first)s on.") % {"first": first}, code="partner_days_invalid"
        )
