"""Pools of members: opened, joined by invitation and consent, left and closed. Points stay with each member.

Source: docs/algorithms/points.md §17.
"""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from hotel.contracts.loyalty import PoolJoined, PoolLeft
from hotel.core.exceptions import Conflict, InvalidInput
from hotel.core.facts import publish
from hotel.core.locks import lock_rows
from hotel.core.words import _
from loyalty.choices import PoolKind
from loyalty.domain.pools import opens_more
from loyalty.models import LoyaltyMember, PointPool, PoolMember
from loyalty.selectors.pools import terms_of
from loyalty.selectors.terms import today_of
from loyalty.services.points import member_locked, require_active

OPENING = "Opened the pool"
CHANGEABLE = ("name", "share_percent", "max_members", "spenders", "member_limit", "waiting_days")


@transaction.atomic
def pool_open(*, head: LoyaltyMember, values: Mapping[str, Any]) -> PointPool:
    """Open a pool with its head as the first member.

    Raises:
        InvalidInput: a company pool without a company of the chain, or a family with one (``company_invalid``).
        Conflict: he is in a pool (``pool_taken``), or not an active membership (``member_not_active``).

    Publishes: PoolJoined.

    Locks: the head.
    """
    member = member_locked(head.pk)
    require_active(member)
    company = values.get("company")
    if (values["kind"] == PoolKind.COMPANY) != (company is not None) or (
        company is not None and company.chain_id != member.program.chain_id
    ):
        raise InvalidInput(_("A company pool names its company; a family pool none."), code="company_invalid")
    _require_free(member)
    day = today_of(member.program)
    pool = PointPool.objects.create(program=member.program, head=member, opened_on=day, **values)
    seat = PoolMember(pool=pool, member=member, invited_on=day)
    _join(seat, member, OPENING)
    return pool


@transaction.atomic
def pool_invite(*, pool: PointPool, member: LoyaltyMember) -> PoolMember:
    """Invite a member of the programme. Repeatable: who was invited, or is in, stays so.

    Raises:
        Conflict: the pool is closed (``pool_closed``) or full (``pool_full``), or not an active membership
            (``member_not_active``).
        InvalidInput: a member of another programme (``member_invalid``).

    Locks: the pool.
    """
    fresh = _open_locked(pool)
    if member.program_id != fresh.program_id:
        raise InvalidInput(_("Choose a member of the pool's programme."), code="member_invalid")
    known = PoolMember.objects.standing().filter(pool=fresh, member=member).first()
    if known is not None:
        return known
    require_active(member)
    _require_room(fresh)
    return PoolMember.objects.create(pool=fresh, member=member, invited_on=today_of(fresh.program))


@transaction.atomic
def pool_accept(*, pool: PointPool, member: LoyaltyMember, consent: str) -> PoolMember:
    """Let who was invited join, by his own consent.

    Args:
        consent: how he agreed, such as "Signed at the desk".

    Raises:
        InvalidInput: no consent (``consent_required``).
        Conflict: the pool is closed (``pool_closed``) or full (``pool_full``), not invited or in already
            (``not_invited``), in a pool (``pool_taken``), or not an active membership (``member_not_active``).

    Publishes: PoolJoined.

    Locks: the member, the pool.
    """
    if not consent.strip():
        raise InvalidInput(_("Say how the member agreed."), code="consent_required")
    his = member_locked(member.pk)
    fresh = _open_locked(pool)
    seat = PoolMember.objects.standing().filter(pool=fresh, member=his, joined_on=None).first()
    if seat is None:
        raise Conflict(_("This member is not invited to the pool."), code="not_invited")
    require_active(his)
    _require_free(his)
    _require_room(fresh)
    return _join(seat, his, consent.strip())


@transaction.atomic
def pool_leave(*, pool: PointPool, member: LoyaltyMember) -> PoolMember:
    """Let a member leave, or decline; what he paid stays paid, and what is his stays his.

    Raises:
        Conflict: he is not in the pool nor invited (``not_in_pool``), or its head, who closes it (``pool_head``).

    Publishes: PoolLeft, when he had joined.

    Locks: the pool.
    """
    fresh = _locked(pool)
    seat = PoolMember.objects.standing().filter(pool=fresh, member=member).first()
    if seat is None:
        raise Conflict(_("This member is not in the pool."), code="not_in_pool")
    if fresh.head_id == member.pk:
        raise Conflict(_("The head does not leave the pool. Close it."), code="pool_head")
    return _leave(seat, member)


@transaction.atomic
def pool_change(
    *, pool: PointPool, changes: Mapping[str, Any], expected_version: int | None = None
) -> PointPool:
    """Change its name or its terms (``CHANGEABLE``). Who is in it agreed on terms: they may be narrowed only.

    Raises:
        VersionConflict: somebody changed it meanwhile.
        Conflict: the pool is closed (``pool_closed``), it has more members than it should take (``pool_full``), or
            others than the head are in it, and more of their points would be open (``pool_consent_needed``).

    Locks: the pool.
    """
    fresh = _open_locked(pool)
    fresh.require_version(expected_version, _("pool"))
    agreed = terms_of(fresh)
    for name in set(CHANGEABLE) & set(changes):
        setattr(fresh, name, changes[name])
    joined = PoolMember.objects.joined().filter(pool=fresh).count()
    if joined > fresh.max_members:
        raise Conflict(_("This pool has %(joined)s members.") % {"joined": joined}, code="pool_full")
    if joined > 1 and opens_more(agreed, terms_of(fresh)):
        text = _("Its members agreed on less. Open another pool on these terms, and invite them.")
        raise Conflict(text, code="pool_consent_needed")
    fresh.version += 1
    fresh.save()
    return fresh


@transaction.atomic
def pool_close(*, pool: PointPool) -> PointPool:
    """Close a pool: everybody leaves with what is his. Repeatable.

    Publishes: PoolLeft, for each who had joined.

    Locks: the pool.
    """
    fresh = _locked(pool)
    if fresh.closed_on is None:
        fresh.closed_on = today_of(fresh.program)
        fresh.version += 1
        fresh.save(update_fields=["closed_on", "version", "updated_at"])
        for seat in PoolMember.objects.standing().filter(pool=fresh).select_related("member__program"):
            _leave(seat, seat.member)
    return fresh


def pools_left(*, member: LoyaltyMember) -> int:
    """A membership that ends leaves its pool and declines its invitations; a pool that it heads is closed.

    Args:
        member: locked.

    Returns:
        How many pools and invitations.

    Publishes: PoolLeft.

    Locks: the pools.
    """
    seats = list(PoolMember.objects.standing().filter(member=member).select_related("pool"))
    for seat in seats:
        if seat.pool.head_id == member.pk:
            pool_close(pool=seat.pool)
        else:
            pool_leave(pool=seat.pool, member=member)
    return len(seats)


def _locked(pool: PointPool) -> PointPool:
    return lock_rows(PointPool.objects.select_related("program").filter(pk=pool.pk))[0]


def _open_locked(pool: PointPool) -> PointPool:
    fresh = _locked(pool)
    if fresh.closed_on is not None:
        raise Conflict(_("This pool is closed."), code="pool_closed")
    return fresh


def _require_room(pool: PointPool) -> None:
    if PoolMember.objects.joined().filter(pool=pool).count() >= pool.max_members:
        text = _("This pool has %(max_members)s members, and takes no more.") % {
            "max_members": pool.max_members
        }
        raise Conflict(text, code="pool_full")


def _require_free(member: LoyaltyMember) -> None:
    if PoolMember.objects.joined().filter(member=member).exists():
        raise Conflict(_("This member is in a pool."), code="pool_taken")


def _join(seat: PoolMember, member: LoyaltyMember, consent: str) -> PoolMember:
    seat.joined_on, seat.consent = today_of(member.program), consent
    seat.save()
    publish(PoolJoined(pool_id=seat.pool_id, on=seat.joined_on, **_of(member)))
    return seat


def _leave(seat: PoolMember, member: LoyaltyMember) -> PoolMember:
    seat.left_on = today_of(member.program)
    seat.save(update_fields=["left_on", "updated_at"])
    if seat.joined_on is not None:
        publish(PoolLeft(pool_id=seat.pool_id, on=seat.left_on, **_of(member)))
    return seat


def _of(member: LoyaltyMember) -> dict[str, int]:
    return {
        "property_id": member.home_id,
        "member_id": member.pk,
        "guest_id": member.guest_id,
        "program_id": member.program_id,
    }
