"""A list out to a sheet and back: what each line does is shown first, and taken whole or not at all."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django.contrib import messages
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from hotel.core.exceptions import PmsError
from hotel.core.sheet_cells import cell_typed, columns_missing
from hotel.core.sheet_lines import REFUSED, UNCHANGED, SheetLine, fingerprint_of
from hotel.dashboard.access import StaffPage
from hotel.dashboard.forms.sheets import SheetForm
from hotel.dashboard.shell import shell_of
from hotel.reservations.services.import_files import NumberedRow

PATIENCE = 3600
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class SheetPage(StaffPage, TemplateView):
    """A sheet is sent, looked at line by line, and taken, by who may manage the area; others only take the file.

    Class attributes:
        salt: what was looked at is signed with it.
        columns: column to what is written in it.
        taken: those that are read.
        words: of the page: ``title``, ``code`` (head of the first column), ``kept``, ``right``, ``back``.
        file_route, back_route: where the file is, and the list in the administration.
    """

    template_name = "dashboard/sheet.html"
    salt: ClassVar[str]
    columns: ClassVar[Mapping[str, str]]
    taken: ClassVar[Sequence[str]]
    words: ClassVar[Mapping[str, Any]]
    file_route: ClassVar[str]
    back_route: ClassVar[str]

    def compared(self, rows: Sequence[NumberedRow]) -> Sequence[SheetLine]:
        """What the lines would do."""
        raise NotImplementedError

    def take(self, rows: Sequence[NumberedRow], seen: str) -> str:
        """Take them as they were seen; returns what to tell.

        Raises:
            PmsError: nothing was taken.
        """
        raise NotImplementedError

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What the columns take; the lines of a sheet that was sent."""
        about = {
            "form": self._form(),
            "columns": self.columns.items(),
            "may_take": self._may_take(),
            "words": self.words,
            "file_route": self.file_route,
            "back_route": self.back_route,
        }
        return super().get_context_data(**{**about, **kwargs})

    def post(self, request: HttpRequest) -> HttpResponse:
        """Look at a sheet, or take one that was looked at.

        Raises:
            PermissionDenied: without the right to change what is in it.
        """
        if not self._may_take():
            raise PermissionDenied
        if "taken" in request.POST:
            return self._take(request)
        form = self._form(request.POST, request.FILES)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form), status=422)
        rows = [
            (number, {name: cell_typed(cells.get(name)) for name in self.taken})
            for number, cells in form.rows
        ]
        return self._look(rows)

    def _form(self, *sent: Any) -> SheetForm:
        return SheetForm(*sent, header_errors=lambda header: columns_missing(header, self.taken))

    def _may_take(self) -> bool:
        return shell_of(self.request).may("manage", self.area)

    def _look(self, rows: Sequence[NumberedRow]) -> HttpResponse:
        lines = self.compared(rows)
        counts = {name: sum(line.outcome == name for line in lines) for name in ("added", "changed", REFUSED)}
        is_good = not counts[REFUSED] and any(line.outcome != UNCHANGED for line in lines)
        told = {"place": self.place.pk, "rows": rows, "seen": fingerprint_of(lines)}
        return self.render_to_response(
            self.get_context_data(
                lines=[line for line in lines if line.outcome != UNCHANGED],
                unchanged=sum(line.outcome == UNCHANGED for line in lines),
                counts=counts,
                taken=signing.dumps(told, salt=self.salt, compress=True) if is_good else "",
            )
        )

    def _take(self, request: HttpRequest) -> HttpResponse:
        try:
            told = signing.loads(request.POST["taken"], salt=self.salt, max_age=PATIENCE)
        except signing.BadSignature:
            messages.error(
                request, _("That sheet was looked at too long ago: nothing was taken. Send it again.")
            )
            return redirect(request.path)
        rows = [(number, cells) for number, cells in told["rows"]]
        if told["place"] != self.place.pk:
            messages.error(request, _("That sheet is of another hotel: nothing was taken."))
            return redirect(request.path)
        try:
            words = self.take(rows, told["seen"])
        except PmsError as error:
            messages.error(request, error.message)
            return self._look(rows)
        messages.success(request, words)
        return redirect(request.path)
