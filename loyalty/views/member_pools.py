"""What may be done with a member's pool on his page."""

from functools import cached_property
from typing import Any

from django.http import Http404
from django.utils.translation import gettext as _

from hotel.core.exceptions import NotFound
from hotel.dashboard.views.acting import Act
from loyalty import forms
from loyalty.choices import PoolKind
from loyalty.models import LoyaltyMember, PointPool, PoolMember
from loyalty.selectors.pools import PoolBalance, pool_balance, pool_in_words, pool_seat, taken_by_pool
from loyalty.services.pools import (
    pool_accept,
    pool_change,
    pool_close,
    pool_invite,
    pool_leave,
    pool_open,
)
from loyalty.views.member_parts import MemberPart


class PoolActs(MemberPart):
    """A part of a member's page: his pool, its members, and what may be done with it."""

    @cached_property
    def seat(self) -> PoolMember | None:
        """His in a pool, when he is in one."""
        return pool_seat(self.member)

    @property
    def pool(self) -> PointPool:
        """The one that he is in.

        Raises:
            Http404: he is in none by now.
        """
        if self.seat is None:
            raise Http404
        return self.seat.pool

    @cached_property
    def invitations(self) -> list[PoolMember]:
        """Pools that he was invited to and has not answered, the oldest first."""
        rows = PoolMember.objects.standing().filter(member=self.member, joined_on=None)
        return list(rows.select_related("pool").order_by("pk"))

    @property
    def is_head(self) -> bool:
        """Whether he heads his pool."""
        return self.seat is not None and self.seat.pool.head_id == self.member.pk

    @property
    def is_free(self) -> bool:
        """Whether he may open a pool, or go into one."""
        return self.seat is None and self.is_active

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What the page tells of his pool."""
        has: PoolBalance | None = pool_balance(self.seat.pool) if self.seat else None
        return super().get_context_data(
            seat=self.seat,
            pooled=has,
            pool_says=pool_in_words(self.seat.pool) if self.seat else "",
            taken_by_pool=taken_by_pool(self.member),
            **kwargs,
        )


def _opened(page: PoolActs, values: dict[str, Any]) -> str:
    pool_open(head=page.member, values={"kind": PoolKind.FAMILY, **values})
    return _("The pool is open. Invite its members by their numbers.")


def _invited(page: Any, values: dict[str, Any]) -> str:
    rows = LoyaltyMember.objects.filter(program_id=page.member.program_id)
    found = rows.select_related("program").numbered(values["number"]).first()
    if found is None:
        raise NotFound(_("No member has this number."), code="member_missing")
    pool_invite(pool=page.pool, member=found)
    return _("%(number)s is invited. His own page takes his answer.") % {"number": found.number}


def _accepted(page: PoolActs, values: dict[str, Any]) -> str:
    seat = pool_accept(pool=values["invitation"].pool, member=page.member, consent=values["consent"])
    return _("The member is in the pool %(name)s now.") % {"name": seat.pool}


def _changed(page: Any, values: dict[str, Any]) -> str:
    pool_change(pool=page.pool, expected_version=values.pop("version"), changes=values)
    return _("The pool goes on by these terms.")


def _left(page: Any, values: dict[str, Any]) -> str:
    pool_leave(pool=page.pool, member=page.member)
    return _("The member left the pool; his points stay his.")


def _closed(page: Any, values: dict[str, Any]) -> str:
    pool_close(pool=page.pool)
    return _("The pool is closed; everybody has what is his.")


ACTS = {
    "pool_open": Act(forms.PoolForm, _opened, "enrol", is_once=True, when=lambda page: page.is_free),
    "pool_invite": Act(forms.PoolInviteForm, _invited, "enrol", when=lambda page: page.is_head),
    "pool_accept": Act(
        forms.PoolAcceptForm, _accepted, "enrol",
        needs=lambda page: {"invitations": page.invitations},
        when=lambda page: page.is_free and bool(page.invitations),
    ),
    "pool_change": Act(
        forms.PoolChangeForm, _changed, "enrol",
        needs=lambda page: {"pool": page.pool}, when=lambda page: page.is_head,
    ),
    "pool_leave": Act(
        forms.PoolEndForm, _left, "enrol", when=lambda page: page.seat is not None and not page.is_head
    ),
    "pool_close": Act(forms.PoolEndForm, _closed, "enrol", when=lambda page: page.is_head),
}  # fmt: skip
