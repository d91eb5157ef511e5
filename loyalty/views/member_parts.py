"""What the parts of a member's page have in common: whose page it is, and how his membership stands."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property

from hotel.dashboard.views.acting import ActingPage
from loyalty.choices import MemberStatus
from loyalty.models import LoyaltyMember


class MemberPart(ActingPage):
    """A part of the page of a member of a programme that the hotel takes part in, wherever he enrolled.

    Each part brings the acts of one subject and what the page tells of it; ``MemberPage`` puts them together.
    """

    area = "loyalty"

    @cached_property
    def member(self) -> LoyaltyMember:
        """The member.

        Raises:
            Http404: no such one in a programme of this hotel.
        """
        rows = LoyaltyMember.objects.at_any([self.place.pk])
        rows = rows.select_related("program", "tier", "home", "merged_into")
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    @property
    def is_active(self) -> bool:
        """Whether he may earn, spend and rise."""
        return self.member.status == MemberStatus.ACTIVE

    def is_anothers(self, rows: list[Any]) -> bool:
        """Whether something of these waits that somebody else asked for: two people decide together."""
        return any(row.asked_by_id != self.request.user.pk for row in rows)
