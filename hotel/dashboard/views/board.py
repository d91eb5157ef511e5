"""The status board: rooms by floor, and what they are now."""

from typing import Any, ClassVar

from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hotel.core.templatetags.pms import short
from hotel.dashboard.forms.board import BoardForm, ResolveForm
from hotel.dashboard.selectors.board import Board, board
from hotel.dashboard.selectors.rounds import discrepancies_open
from hotel.dashboard.shell import shell_of
from hotel.dashboard.views.acting import Act, ActingPage
from hotel.dashboard.views.saved import WithViews
from hotel.operations.models import Discrepancy
from hotel.operations.services.discrepancies import discrepancy_resolve
from hotel.rooms.choices import HousekeepingStatus, StatusSource
from hotel.rooms.services.status import rooms_status_set


def _set(page: "BoardPage", values: dict[str, Any]) -> str:
    rooms = rooms_status_set(
        room_ids=values["rooms"],
        status=values["status"],
        source=StatusSource.HOUSEKEEPING,
        user=page.request.user,
    )
    told = ngettext("%(n)d room is %(status)s now.", "%(n)d rooms are %(status)s now.", len(rooms))
    return told % {"n": len(rooms), "status": short(HousekeepingStatus(values["status"]).label).lower()}


def _resolved(page: "BoardPage", values: dict[str, Any]) -> str:
    row = get_object_or_404(Discrepancy.objects.at(page.place.pk).select_related("room"), pk=values["row"])
    actor: Any = page.request.user
    discrepancy_resolve(discrepancy=row, reason=values["reason"], actor=actor)
    return _("%(room)s: resolved.") % {"room": row.room}


class BoardPage(WithViews, ActingPage):
    """Every room as housekeeping knows it: tap those that changed, say what they are."""

    area = "rooms"
    template_name = "dashboard/board.html"
    saved = "board"
    acts: ClassVar = {
        "set": Act(BoardForm, _set, "status", needs=lambda page: {"rooms": page.room_ids}),
        "resolve": Act(ResolveForm, _resolved, "manage", area="operations"),
    }

    @cached_property
    def status(self) -> str:
        """Which rooms are shown; all of them when empty."""
        wanted = self.request.GET.get("status", "")
        return wanted if wanted in HousekeepingStatus.values else ""

    @cached_property
    def board(self) -> Board:
        """What is shown."""
        return board(self.place, self.status)

    @property
    def room_ids(self) -> list[int]:
        """The rooms that can be chosen: those that are shown."""
        return [tile.room.pk for floor in self.board.floors for tile in floor.tiles]

    def after(self, name: str) -> str:
        """The same rooms again."""
        return self.request.get_full_path()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Rooms by floor, and the filters with their counts."""
        found = super().get_context_data(**kwargs)
        filters = [(one, self.board.counts[one.value]) for one in HousekeepingStatus]
        return {
            **found,
            "board": self.board,
            "discrepancies": discrepancies_open(self.place)
            if shell_of(self.request).may("view", "operations")
            else [],
            "status": self.status,
            "filters": filters,
            "total": sum(self.board.counts.values()),
            "chosen": {int(pk) for pk in self.request.POST.getlist("set-rooms") if pk.isdecimal()},
        }
