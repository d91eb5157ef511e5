"""Pools: who is in one, what is open to whom, and what a pool took of a member."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import F, Sum

from loyalty.choices import MemberStatus, PoolSpenders
from loyalty.domain import lots, pools
from loyalty.models import LoyaltyMember, PointLot, PointPool, PoolMember, PoolPayment
from loyalty.selectors.balances import lots_of
from loyalty.selectors.terms import today_of


def terms_of(pool: PointPool) -> pools.Terms:
    """What its members agreed on, as the rules of the domain read it."""
    return pools.Terms(
        share_percent=pool.share_percent,
        head_only=pool.spenders == PoolSpenders.HEAD,
        member_limit=pool.member_limit,
        waiting_days=pool.waiting_days,
    )


def pool_in_words(pool: PointPool) -> str:
    """Who spends, how many they are, of which part, and from when on."""
    return pools.in_words(terms_of(pool), pool.max_members)


def pool_seat(member: LoyaltyMember) -> PoolMember | None:
    """That a member is in a pool now; None when he is in none. One query."""
    return PoolMember.objects.joined().filter(member=member).select_related("pool").first()


def open_lots(pool: PointPool, member_ids: Iterable[int]) -> tuple[list[lots.Lot], dict[int, int]]:
    """The lots of some members as far as others may spend them, and lot to member. One query."""
    rows = PointLot.objects.with_points().filter(
        member_id__in=list(member_ids), member__status=MemberStatus.ACTIVE
    )
    terms, found, whose = terms_of(pool), [], {}
    for row in rows.order_by("pk"):
        lot = lots.Lot(row.pk, row.left, row.earned_on, row.usable_from, row.expires_on)
        found.append(pools.open_part(terms, lot, row.points))
        whose[row.pk] = row.member_id
    return found, whose


def spent_of_others(member: LoyaltyMember, pool: PointPool, year: int) -> int:
    """Points of others that a member spent from a pool in a calendar year, less what went back. One query."""
    paid = PoolPayment.objects.filter(
        redemption__member=member, redemption__pool=pool, spent__business_date__year=year
    ).exclude(member=member)
    return paid.aggregate(points=Sum(F("points") - F("returned"), default=0))["points"]


def taken_by_pool(member: LoyaltyMember) -> int:
    """Points of a member that others spent, less what went back. One query."""
    paid = PoolPayment.objects.filter(member=member).exclude(redemption__member=member)
    return paid.aggregate(points=Sum(F("points") - F("returned"), default=0))["points"]


@dataclass(frozen=True)
class SeatBalance:
    """A member of a pool.

    Attributes:
        usable: what he may spend himself today.
        open: how much of it others may spend.
    """

    member: LoyaltyMember
    joined_on: date
    is_head: bool
    usable: int
    open: int


@dataclass(frozen=True)
class PoolBalance:
    """What a pool has.

    Attributes:
        on: day in the programme's zone.
        open: points that are open to others, of all members.
    """

    on: date
    open: int
    seats: list[SeatBalance]


def pool_balance(pool: PointPool) -> PoolBalance:
    """What the members of a pool have today. Three queries, however many members."""
    on = today_of(pool.program)
    seats = list(PoolMember.objects.joined().filter(pool=pool).select_related("member").order_by("pk"))
    ids = [seat.member_id for seat in seats]
    own, (found, whose) = lots_of(ids), open_lots(pool, ids)
    shown = [
        SeatBalance(
            member=seat.member,
            joined_on=seat.joined_on or on,
            is_head=seat.member_id == pool.head_id,
            usable=lots.balance(own[seat.member_id], on=on).usable,
            open=lots.balance([lot for lot in found if whose[lot.id] == seat.member_id], on=on).usable,
        )
        for seat in seats
    ]
    return PoolBalance(on=on, open=sum(seat.open for seat in shown), seats=shown)
