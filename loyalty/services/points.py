"""The ledger of points: everything that gives or takes them goes through here."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Q

from hotel.accounts.models import User
from hotel.core.exceptions import Conflict
from hotel.core.inserts import rows_insert
from hotel.core.locks import lock_rows
from hotel.core.words import _, in_sentence
from loyalty.choices import Expiry, MemberStatus, PointKind
from loyalty.domain import lots
from loyalty.domain.expiry import last_day
from loyalty.models import (
    LoyaltyMember,
    PointLot,
    PointMovement,
    PointTransaction,
    StayAccrual,
)
from loyalty.selectors.balances import lots_of
from loyalty.selectors.terms import expiry_of

GIVEN_BACK = "given_back"


class PointsMissing(Conflict):
    """The member has fewer points than that (409)."""

    code = "points_missing"


def points_missing(short: lots.ShortOfPoints) -> PointsMissing:
    """The refusal that says how many."""
    return PointsMissing(
        _("%(missing)s points are missing.") % {"missing": short.missing}, extra={"missing": short.missing}
    )


@dataclass(frozen=True, kw_only=True)
class PointEvent:
    """Why points move.

    Attributes:
        member: locked, see ``member_locked``.
        property_id: where.
        day: the business date there.
        because: in words, for the statement.
        source, source_key: what it is done once for; empty for what may be done again.
        actor: who did it; None for the house itself.
    """

    member: LoyaltyMember
    property_id: int
    day: date
    kind: PointKind
    because: str
    accrual: StayAccrual | None = None
    rule_id: int | None = None
    reverses: PointTransaction | None = None
    source: str = ""
    source_key: str = ""
    actor: User | None = None


def member_locked(member_id: int) -> LoyaltyMember:
    """The member's row, locked until the end of the transaction: his points are moved by one at a time.

    Raises:
        LockRefused: somebody else works on him.
    """
    return members_locked(member_id)[member_id]


def members_locked(*member_ids: int) -> dict[int, LoyaltyMember]:
    """Id to member, locked as by ``member_locked``, ascending, so that two who lock the same ones wait in line."""
    rows = LoyaltyMember.objects.filter(pk__in=member_ids)
    lock_rows(rows.only("pk"))  # without the tier: a lock that waited while it changed would not find the row
    return {row.pk: row for row in rows.select_related("program", "tier")}


def require_active(member: LoyaltyMember) -> None:
    """Refuse unless the membership earns and spends.

    Raises:
        Conflict: it is suspended or closed (``member_not_active``).
    """
    if member.status != MemberStatus.ACTIVE:
        raise Conflict(
            _("This membership is %(status)s.") % {"status": in_sentence(member.get_status_display)},
            code="member_not_active",
        )


@dataclass(frozen=True, kw_only=True)
class LotGiven:
    """Points that become a lot: which hotel stands for them, since when and until when they may be spent.

    Attributes:
        origin: the lot that it goes on for, when that was another member's before a merge.
    """

    points: int
    property_id: int
    earned_on: date
    usable_from: date
    expires_on: date | None
    origin: PointLot | None = None

    @classmethod
    def like(cls, lot: PointLot, points: int, *, origin: PointLot | None = None) -> "LotGiven":
        """With the hotel and the days of a lot."""
        return cls(
            points=points,
            property_id=lot.property_id,
            earned_on=lot.earned_on,
            usable_from=lot.usable_from,
            expires_on=lot.expires_on,
            origin=origin,
        )


def points_give(event: PointEvent, points: int, *, usable_from: date | None = None) -> PointTransaction:
    """Give points: what the member owes is paid first, the rest is a lot.

    Args:
        event: why; its day is when they were earned.
        points: above zero.
        usable_from: the event's day when None.
    """
    member = event.member
    given = LotGiven(
        points=points,
        property_id=event.property_id,
        earned_on=event.day,
        usable_from=usable_from or event.day,
        expires_on=last_day(expiry_of(member.program), earned_on=event.day, active_on=member.active_on),
    )
    return points_receive(event, [given])


def points_receive(event: PointEvent, given: Sequence[LotGiven]) -> PointTransaction:
    """Give points as these lots: what the member owes is paid first, from the first of them on.

    Args:
        event: why.
        given: at least one, each of points above zero.
    """
    paid, _rest = lots.settled(sum(one.points for one in given), event.member.debt)
    event.member.debt -= paid
    return lots_book(event, given, paid=paid)


def lots_book(event: PointEvent, given: Sequence[LotGiven], *, paid: int = 0) -> PointTransaction:
    """Book points as these lots; of the first of them so many pay a debt, which the caller takes off the member."""
    member = event.member
    made = points_book(event, sum(one.points for one in given))
    moves = [PointMovement(transaction=made, member=member, points=paid)] if paid else []
    for one in given:
        gone, kept = lots.settled(one.points, paid)
        paid -= gone
        if kept:
            lot = PointLot.objects.create(
                member=member,
                transaction=made,
                property_id=one.property_id,
                origin=one.origin,
                points=kept,
                earned_on=one.earned_on,
                usable_from=one.usable_from,
                expires_on=one.expires_on,
            )
            moves.append(PointMovement(transaction=made, member=member, lot=lot, points=kept))
    rows_insert(moves)
    return made


def points_spend(event: PointEvent, points: int, *, on: date) -> PointTransaction:
    """Take points that may be spent on a day, from the lots that end first.

    Raises:
        PointsMissing: fewer may be spent; ``extra["missing"]`` says how many are missing. Nothing was taken.
    """
    try:
        takes = lots.spend(lots_of([event.member.pk])[event.member.pk], points, on=on)
    except lots.ShortOfPoints as short:
        raise points_missing(short) from short
    return points_move(event, [(take.lot_id, -take.points) for take in takes])


def points_claw_back(event: PointEvent, points: int, *, lot_id: int | None = None) -> PointTransaction:
    """Take what should not have been earned: from its lot, then from the others; what is spent already is owed.

    Args:
        points: above zero.
        lot_id: the lot of what is corrected; None when it made none.
    """
    own = lots_of([event.member.pk])[event.member.pk]
    lot = next((one for one in own if one.id == lot_id), None) or _spent(lot_id or 0, event.day)
    back = lots.claw_back(lot, own, points)
    moves: list[tuple[int | None, int]] = [(take.lot_id, -take.points) for take in back.takes]
    if back.debt:
        moves.append((None, -back.debt))
        event.member.debt += back.debt
    return points_move(event, moves)


def points_give_back(event: PointEvent, spent: PointTransaction, points: int) -> PointTransaction:
    """Give points of a spending back into the very lots they came from, with the last day those always had.

    What the member owes by now is paid first, with those that would return first.

    Raises:
        Conflict: more than was spent and has not come back yet (``points_not_spent``).
    """
    backs = PointTransaction.objects.filter(member=event.member, source=GIVEN_BACK)
    backs = backs.filter(source_key__startswith=f"{spent.pk}:")
    moves = PointMovement.objects.filter(Q(transaction=spent) | Q(transaction__in=backs))
    taken: dict[int | None, int] = {}
    for lot_id, moved in moves.order_by("pk").values_list("lot_id", "points"):
        taken[lot_id] = taken.get(lot_id, 0) - moved
    paid_before = -taken.pop(None, 0)
    paid, _rest = lots.settled(points, event.member.debt)
    takes = [lots.Take(lot_id, left) for lot_id, left in taken.items() if lot_id is not None]
    try:
        gives = lots.give_back(takes, points, paid_before=paid_before, paid=paid)
    except ValueError as error:
        raise Conflict(
            _("Only points that were spent can be given back."), code="points_not_spent"
        ) from error
    event.member.debt -= paid
    keyed = replace(event, source=GIVEN_BACK, source_key=f"{spent.pk}:{backs.count() + 1}")
    debt: list[tuple[int | None, int]] = [(None, paid)] if paid else []
    return points_move(keyed, debt + [(give.lot_id, give.points) for give in gives])


def activity_note(member: LoyaltyMember, day: date) -> None:
    """A stay or a redemption on a day: where activity keeps points alive, all that are not over live on.

    Args:
        member: locked.
        day: business date.
    """
    if member.active_on is not None and member.active_on >= day:
        return
    member.active_on = day
    member.save(update_fields=["active_on", "updated_at"])
    if member.program.expiry == Expiry.ACTIVITY:
        until = last_day(expiry_of(member.program), earned_on=day)
        alive = PointLot.objects.with_points().filter(
            member=member, expires_on__gte=day, expires_on__lt=until
        )
        alive.update(expires_on=until)


def points_book(event: PointEvent, points: int) -> PointTransaction:
    """The row of a transaction; the caller makes movements that sum to its points."""
    return PointTransaction.objects.create(
        member=event.member,
        property_id=event.property_id,
        kind=event.kind,
        points=points,
        business_date=event.day,
        because=event.because[:200],
        accrual=event.accrual,
        rule_id=event.rule_id,
        reverses=event.reverses,
        source=event.source,
        source_key=event.source_key,
        actor=event.actor,
    )


def points_move(event: PointEvent, moves: Sequence[tuple[int | None, int]]) -> PointTransaction:
    """Book movements as they are: each the id of a lot, or None for what the member owes, and points.

    The caller sees to ``member.debt``, which the database keeps anew.
    """
    made = points_book(event, sum(points for _, points in moves))
    rows_insert(
        PointMovement(transaction=made, member=event.member, lot_id=lot_id, points=points)
        for lot_id, points in moves
    )
    return made


def _spent(lot_id: int, day: date) -> lots.Lot:
    return lots.Lot(id=lot_id, left=0, earned_on=day, usable_from=day)
