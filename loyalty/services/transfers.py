"""Points from one member to another of the same programme."""

from decimal import ROUND_CEILING, Decimal

from django.db import transaction
from django.db.models import Sum

from hotel.accounts.models import User
from hotel.core.exceptions import Conflict, InvalidInput
from hotel.core.words import _, in_sentence
from hotel.properties.models import Property
from loyalty.choices import MemberStatus, PointKind
from loyalty.models import LoyaltyMember, PointTransaction
from loyalty.selectors.terms import today_of
from loyalty.services.points import LotGiven, PointEvent, members_locked, points_receive, points_spend

SOURCE = "transfer"


@transaction.atomic
def points_transfer(
    *, giver: LoyaltyMember, taker: LoyaltyMember, place: Property, points: int, actor: User | None
) -> PointTransaction:
    """Give points that may be spent to another member: each part keeps its days, and the hotel that stands for it.

    The programme's fee is taken on top, rounded up; it counts for the limit of the year as well.

    Args:
        place: whose business date counts.
        points: above zero; what the other one gets.

    Returns:
        What the giver gave, the fee inside.

    Raises:
        InvalidInput: nothing, or not another member of the programme (``points_invalid``, ``taker_invalid``).
        Conflict: the programme lets nobody (``transfer_not_allowed``), more than in a calendar year
            (``transfer_above_limit``; ``extra["left"]``), not two active memberships (``member_not_active``).
        PointsMissing: he has fewer.

    Locks: both members ascending.
    """
    if points <= 0:
        raise InvalidInput(_("Give 1 point or more."), code="points_invalid")
    if taker.pk == giver.pk or taker.program_id != giver.program_id:
        raise InvalidInput(_("Choose another member of the programme."), code="taker_invalid")
    locked = members_locked(giver.pk, taker.pk)
    giving, taking = locked[giver.pk], locked[taker.pk]
    for member in (giving, taking):
        if member.status != MemberStatus.ACTIVE:
            text = _("Membership %(member)s is %(status)s.") % {
                "member": member,
                "status": in_sentence(member.get_status_display),
            }
            raise Conflict(text, code="member_not_active")
    program = giving.program
    fee = int((points * program.transfer_fee_percent / Decimal(100)).to_integral_value(ROUND_CEILING))
    _check_limit(giving, points + fee)
    gone = points_spend(
        _event(
            giving,
            place,
            "To another member" if not fee else f"To another member, {fee} of them the fee",
            actor,
        ),
        points + fee,
        on=today_of(program),
    )
    points_receive(_event(taking, place, "From another member", actor, str(gone.pk)), _parts(gone, points))
    return gone


def _event(
    member: LoyaltyMember, place: Property, because: str, actor: User | None, key: str = ""
) -> PointEvent:
    return PointEvent(
        member=member,
        property_id=place.pk,
        day=place.business_date,
        kind=PointKind.TRANSFER,
        because=because,
        source=SOURCE if key else "",
        source_key=key,
        actor=actor,
    )


def _parts(gone: PointTransaction, points: int) -> list[LotGiven]:
    """The first of the points that went, lot by lot in the order of the spending."""
    parts, rest = [], points
    for move in gone.movements.select_related("lot").order_by("pk"):
        if move.lot is not None and (part := min(rest, -move.points)):
            rest -= part
            parts.append(LotGiven.like(move.lot, part))
    return parts


def _check_limit(giver: LoyaltyMember, points: int) -> None:
    limit = giver.program.transfer_limit
    if not limit:
        raise Conflict(_("Members of this programme give no points to others."), code="transfer_not_allowed")
    year = today_of(giver.program).year
    given = PointTransaction.objects.filter(
        member=giver, kind=PointKind.TRANSFER, points__lt=0, business_date__year=year
    )
    left = limit + (given.aggregate(Sum("points"))["points__sum"] or 0)
    if points > left:
        text = _("%(left)s points may be given to others this year.") % {"left": max(left, 0)}
        raise Conflict(text, code="transfer_above_limit", extra={"left": max(left, 0)})
