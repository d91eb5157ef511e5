"""Promotion codes out to a sheet and back."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import View

from hotel.core.downloads import download
from hotel.dashboard.access import StaffPage
from hotel.dashboard.views.sheets import XLSX, SheetPage
from hotel.rates.domain.promo_sheet import COLUMNS, TAKEN
from hotel.rates.selectors.promo_sheet import LineCompared, lines_compared
from hotel.rates.services.promo_sheet import promo_workbook, promos_take
from hotel.reservations.services.import_files import NumberedRow


class PromoSheetFile(StaffPage, View):
    """The codes of the hotel as a workbook; there is nothing personal in it."""

    area = "rates"

    def get(self, request: HttpRequest) -> HttpResponse:
        """The file."""
        return download(promo_workbook(place=self.place), f"promotion-codes-{self.place.code}.xlsx", XLSX)


class PromoSheetPage(SheetPage):
    """Taken by who may change prices."""

    area = "rates"
    salt = "hotel.dashboard.promo_sheet"
    columns, taken = COLUMNS, TAKEN
    file_route, back_route = "dashboard:promo_sheet_file", "admin:rates_promocode_changelist"
    words: ClassVar[dict[str, Any]] = {
        "title": gettext_lazy("Promotion codes"),
        "code": gettext_lazy("Code"),
        "kept": gettext_lazy(
            "All lines are taken at once. Codes that are not in the sheet stay as they are."
        ),
        "right": gettext_lazy("A sheet is taken from those who may change prices."),
        "back": gettext_lazy("Back to the codes"),
        "first": gettext_lazy(
            "Export first: the file has these columns, and your codes. Change it, add lines, and send it back."
        ),
    }

    def compared(self, rows: Sequence[NumberedRow]) -> Sequence[LineCompared]:
        """What the lines would do to the codes."""
        return lines_compared(self.place, rows)

    def take(self, rows: Sequence[NumberedRow], seen: str) -> str:
        """Add and change codes."""
        added, changed = promos_take(place=self.place, rows=rows, seen=seen)
        words = [
            ngettext("%(n)s code was added.", "%(n)s codes were added.", added) % {"n": added},
            ngettext("%(n)s code was changed.", "%(n)s codes were changed.", changed) % {"n": changed},
        ]
        return " ".join(words)
