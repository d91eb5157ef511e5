"""Promotion codes out to a sheet and back: what each line does is shown first, and taken whole or not at all."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.contrib import messages
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.generic import TemplateView, View

from hotel.core.downloads import download
from hotel.core.exceptions import PmsError
from hotel.dashboard.access import StaffPage
from hotel.dashboard.forms.promo_sheet import SheetForm
from hotel.dashboard.shell import shell_of
from hotel.rates.domain.promo_sheet import COLUMNS, TAKEN
from hotel.rates.selectors.promo_sheet import REFUSED, UNCHANGED, LineCompared, fingerprint_of, lines_compared
from hotel.rates.services.promo_sheet import promo_workbook, promos_take
from hotel.reservations.services.import_files import NumberedRow

SALT, PATIENCE = "hotel.dashboard.promo_sheet", 3600
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class PromoSheetFile(StaffPage, View):
    """The codes of the hotel as a workbook; there is nothing personal in it."""

    area = "rates"

    def get(self, request: HttpRequest) -> HttpResponse:
        """The file."""
        return download(promo_workbook(place=self.place), f"promotion-codes-{self.place.code}.xlsx", XLSX)


class PromoSheetPage(StaffPage, TemplateView):
    """A sheet is sent, looked at line by line, and taken; by who may change prices, others only take the file."""

    area = "rates"
    template_name = "dashboard/promo_sheet.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What the columns take; the lines of a sheet that was sent."""
        about = {"form": SheetForm(), "columns": COLUMNS.items(), "may_take": self._may_take()}
        return super().get_context_data(**{**about, **kwargs})

    def _may_take(self) -> bool:
        return shell_of(self.request).may("manage", "rates")

    def post(self, request: HttpRequest) -> HttpResponse:
        """Look at a sheet, or take one that was looked at.

        Raises:
            PermissionDenied: without the right to change prices.
        """
        if not self._may_take():
            raise PermissionDenied
        if "taken" in request.POST:
            return self._take(request)
        form = SheetForm(request.POST, request.FILES)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form), status=422)
        rows = _plain(form.rows)
        return self._look(rows, lines_compared(self.place, rows))

    def _look(self, rows: Sequence[NumberedRow], lines: Sequence[LineCompared]) -> HttpResponse:
        counts = {name: sum(line.outcome == name for line in lines) for name in ("added", "changed", REFUSED)}
        is_good = not counts[REFUSED] and any(line.outcome != UNCHANGED for line in lines)
        told = {"place": self.place.pk, "rows": rows, "seen": fingerprint_of(lines)}
        return self.render_to_response(
            self.get_context_data(
                lines=[line for line in lines if line.outcome != UNCHANGED],
                unchanged=sum(line.outcome == UNCHANGED for line in lines),
                counts=counts,
                taken=signing.dumps(told, salt=SALT, compress=True) if is_good else "",
            )
        )

    def _take(self, request: HttpRequest) -> HttpResponse:
        try:
            told = signing.loads(request.POST["taken"], salt=SALT, max_age=PATIENCE)
        except signing.BadSignature:
            messages.error(
                request, _("That sheet was looked at too long ago: nothing was taken. Send it again.")
            )
            return redirect(reverse("dashboard:promo_sheet"))
        rows = [(number, cells) for number, cells in told["rows"]]
        if told["place"] != self.place.pk:
            messages.error(request, _("That sheet is of another hotel: nothing was taken."))
            return redirect(reverse("dashboard:promo_sheet"))
        try:
            added, changed = promos_take(place=self.place, rows=rows, seen=told["seen"])
        except PmsError as error:
            messages.error(request, error.message)
            return self._look(rows, lines_compared(self.place, rows))
        words = [
            ngettext("%(n)s code was added.", "%(n)s codes were added.", added) % {"n": added},
            ngettext("%(n)s code was changed.", "%(n)s codes were changed.", changed) % {"n": changed},
        ]
        messages.success(request, " ".join(words))
        return redirect(reverse("dashboard:promo_sheet"))


def _plain(rows: Sequence[NumberedRow]) -> list[NumberedRow]:
    """The cells that are read, as text; a workbook's days and numbers as they would be typed."""
    return [(number, {name: _text(cells.get(name)) for name in TAKEN}) for number, cells in rows]


def _text(cell: Any) -> str:
    if isinstance(cell, date):
        return cell.isoformat()[:10]
    if isinstance(cell, str):
        return cell
    return "" if cell is None else str(cell).removesuffix(".0")
