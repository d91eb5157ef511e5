"""Redemptions that a pool pays: out of each member's own lots, and back into the very ones.

Source: docs/algorithms/points.md §17.
"""

from collections import defaultdict
from dataclasses import dataclass, replace

from hotel.core.exceptions import Conflict
from hotel.core.locks import lock_rows
from hotel.core.words import _
from loyalty.domain import lots, pools
from loyalty.models import LoyaltyMember, PointPool, PoolMember, PoolPayment, RewardRedemption
from loyalty.selectors.balances import lots_of
from loyalty.selectors.pools import open_lots, pool_seat, spent_of_others, terms_of
from loyalty.selectors.terms import today_of
from loyalty.services.heirs import line_locked, lines_locked, points_go_on
from loyalty.services.points import (
    PointEvent,
    members_locked,
    points_give_back,
    points_missing,
    points_move,
)


@dataclass(frozen=True)
class Payers:
    """Who pays a redemption, locked until the end of the transaction.

    Attributes:
        member: who redeems.
        others: of his pool, by id; none when he pays alone.
        seat: his in the pool; None when he pays alone.
    """

    member: LoyaltyMember
    others: dict[int, LoyaltyMember]
    seat: PoolMember | None


def payers_locked(member: LoyaltyMember, *, from_pool: bool) -> Payers:
    """Lock who redeems, and all members of his pool when it pays.

    Raises:
        Conflict: he is in no pool (``not_in_pool``).

    Locks: the members ascending, then the pool, so that nobody joins or leaves meanwhile.
    """
    if not from_pool:
        return Payers(members_locked(member.pk)[member.pk], {}, None)
    found = pool_seat(member)
    seats = PoolMember.objects.joined().filter(pool=found.pool_id if found else None)
    locked = members_locked(member.pk, *seats.values_list("member_id", flat=True))
    if found is not None:
        lock_rows(PointPool.objects.filter(pk=found.pool_id))
    now_in = {seat.member_id: seat for seat in seats.select_related("pool")}
    if member.pk not in now_in:
        raise Conflict(_("This member is in no pool."), code="not_in_pool")
    mine = locked.pop(member.pk)
    return Payers(mine, {pk: row for pk, row in locked.items() if pk in now_in}, now_in[member.pk])


def pool_pay(*, redemption: RewardRedemption, payers: Payers, event: PointEvent) -> list[PoolPayment]:
    """Take the points of a redemption: first from who redeems, then from all others, who ends first.

    Args:
        redemption: of a pool, made just now.
        event: why; each member's ledger gets one of its own, which names the redemption.

    Raises:
        PointsMissing: fewer may be spent; nothing was taken.
        Conflict: the head alone may (``pool_head_only``), not yet (``pool_waiting``), or more than one may in a year
            (``pool_limit_reached``).
    """
    member, seat = payers.member, payers.seat
    assert seat is not None  # noqa: S101  (a redemption of a pool has one)
    on = today_of(member.program)
    found, whose = open_lots(seat.pool, payers.others)
    try:
        takes = pools.pay(lots_of([member.pk])[member.pk], found, redemption.points, on=on)
    except lots.ShortOfPoints as short:
        raise points_missing(short) from short
    parts: dict[int, list[tuple[int | None, int]]] = defaultdict(list)
    for take in takes:
        parts[whose.get(take.lot_id, member.pk)].append((take.lot_id, -take.points))
    of_others = -sum(points for pk, moves in parts.items() if pk != member.pk for _, points in moves)
    _check(seat, member, of_others)
    because = f"{event.because}: redemption {redemption.pk} of the pool"
    made = []
    for pk in sorted(parts, key=lambda pk: (pk != member.pk, pk)):
        payer = payers.others.get(pk, member)
        booked = points_move(replace(event, member=payer, because=because), parts[pk])
        made.append(
            PoolPayment.objects.create(
                redemption=redemption, member=payer, spent=booked, points=-booked.points
            )
        )
    return made


def redeemer_locked(redemption: RewardRedemption) -> list[LoyaltyMember]:
    """The line of who redeemed (see ``line_locked``), locked with those of all members who paid it."""
    payers = redemption.pool_payments.values_list("member_id", flat=True) if redemption.pool_id else ()
    return lines_locked(redemption.member_id, *payers)[0]


def pool_give_back(*, redemption: RewardRedemption, event: PointEvent, points: int) -> None:
    """Give points back into the very lots of the very members: to who redeemed last of all, who so bears a penalty.

    Args:
        event: why; all who paid are locked, see ``redeemer_locked``.
        points: above zero, at most what was paid.
    """
    for payment in redemption.pool_payments.select_related("spent").order_by("-pk"):
        if back := min(payment.points - payment.returned, points):
            line = line_locked(payment.member_id)
            points_give_back(replace(event, member=line[0]), payment.spent, back)
            points_go_on(line)
            payment.returned += back
            payment.save(update_fields=["returned", "updated_at"])
            points -= back


def _check(seat: PoolMember, member: LoyaltyMember, of_others: int) -> None:
    """Refuse points of others that he may not spend."""
    if not of_others:
        return
    on = today_of(member.program)
    spender = pools.Spender(
        is_head=seat.pool.head_id == member.pk,
        joined_on=seat.joined_on or on,
        spent=spent_of_others(member, seat.pool, on.year),
    )
    code, words = pools.refusal(terms_of(seat.pool), spender, of_others, on)
    if code:
        raise Conflict(words, code=code)
