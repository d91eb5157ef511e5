"""Rooms out to a sheet and back."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import View

from hotel.core.downloads import download
from hotel.dashboard.access import StaffPage
from hotel.dashboard.views.sheets import XLSX, SheetPage
from hotel.reservations.services.import_files import NumberedRow
from hotel.rooms.domain.room_sheet import COLUMNS, TAKEN
from hotel.rooms.selectors.room_sheet import RoomCompared, rooms_compared
from hotel.rooms.services.room_sheet import room_workbook, rooms_take


class RoomSheetFile(StaffPage, View):
    """The rooms of the hotel as a workbook; there is nothing personal in it."""

    area = "rooms"

    def get(self, request: HttpRequest) -> HttpResponse:
        """The file."""
        return download(room_workbook(place=self.place), f"rooms-{self.place.code}.xlsx", XLSX)


class RoomSheetPage(SheetPage):
    """Taken by who may change rooms."""

    area = "rooms"
    salt = "hotel.dashboard.room_sheet"
    columns, taken = COLUMNS, TAKEN
    file_route, back_route = "dashboard:room_sheet_file", "admin:rooms_room_changelist"
    words: ClassVar[dict[str, Any]] = {
        "title": gettext_lazy("Rooms"),
        "code": gettext_lazy("Room"),
        "kept": gettext_lazy(
            "All lines are taken at once. Rooms that are not in the sheet stay as they are."
        ),
        "right": gettext_lazy("A sheet is taken from those who may change rooms."),
        "back": gettext_lazy("Back to the rooms"),
        "first": gettext_lazy(
            "Export first: the file has these columns, and your rooms. Change it, add lines for new rooms, and send "
            "it back."
        ),
    }

    def compared(self, rows: Sequence[NumberedRow]) -> Sequence[RoomCompared]:
        """What the lines would do to the rooms."""
        return rooms_compared(self.place, rows)

    def take(self, rows: Sequence[NumberedRow], seen: str) -> str:
        """Open and change rooms."""
        added, changed = rooms_take(place=self.place, rows=rows, seen=seen)
        words = [
            ngettext("%(n)s room was opened.", "%(n)s rooms were opened.", added) % {"n": added},
            ngettext("%(n)s room was changed.", "%(n)s rooms were changed.", changed) % {"n": changed},
        ]
        return " ".join(words)
