"""The status board: rooms by floor, and what they are now."""

from typing import Any, ClassVar

from django.utils.functional import cached_property
from django.utils.translation import ngettext

from hotel.core.templatetags.pms import short
from hotel.dashboard.forms.board import BoardForm
from hotel.dashboard.selectors.board import Board, board
from hotel.dashboard.views.acting import Act, ActingPage
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


class BoardPage(ActingPage):
    """Every room as housekeeping knows it: tap those that changed, say what they are."""

    area = "rooms"
    template_name = "dashboard/board.html"
    acts: ClassVar = {"set": Act(BoardForm, _set, "status", needs=lambda page: {"rooms": page.room_ids})}

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
        filters = [(one.value, one.label, self.board.counts[one.value]) for one in HousekeepingStatus]
        return {
            **found,
            "board": self.board,
            "status": self.status,
            "filters": filters,
            "total": sum(self.board.counts.values()),
            "chosen": {int(pk) for pk in self.request.POST.getlist("set-rooms") if pk.isdecimal()},
        }
