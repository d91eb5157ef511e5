"""Rates and restrictions by type, plan and night: looked at, changed like a sheet, reviewed, published."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.generic import TemplateView

from hotel.core.exceptions import PmsError
from hotel.core.money import exponent, quantum
from hotel.dashboard.access import StaffPage
from hotel.dashboard.forms.rates import BulkForm, EditsForm, list_edits, packed
from hotel.dashboard.selectors.rates import ALL, RatesShown, changed_runs, rates_shown
from hotel.dashboard.shell import shell_of
from hotel.dashboard.views.days import days_shown
from hotel.properties.models import Property
from hotel.rates.domain.bulk import bulk_edits
from hotel.rates.domain.grid import Edit
from hotel.rates.selectors.grid import grid_plans, rate_grid
from hotel.rates.services.grid import CellsChanged, cells_publish, cells_review
from hotel.reservations.selectors.availability import types_sold

LENGTHS = (14, 30, 60)
OPENED = 50


class RatesPage(StaffPage, TemplateView):
    """The grid; as a list for one plan and type on small screens and for readers; the form for many nights below."""

    area = "rates"
    template_name = "dashboard/rates.html"

    def get_context_data(self, bulk: forms.Form | None = None, **kwargs: Any) -> dict[str, Any]:
        """A constant number of queries, whatever the size."""
        asked = self.request.GET
        length = _number(asked.get("days"))
        shown = days_shown(
            self.request, self.place.business_date, length if length in LENGTHS else LENGTHS[0]
        )
        opened = [ALL if one == "all" else _number(one) for one in asked.getlist("open")[:OPENED]]
        sheet = rates_shown(self.place, shown.first, shown.past, [one for one in opened if one is not None])
        may = shell_of(self.request).may
        listed = sheet.row(_number(asked.get("plan")), _number(asked.get("type")))
        return super().get_context_data(
            shown=shown,
            sheet=sheet,
            rows=list(zip(listed[1].cells, sheet.grid.nights, listed[0].left, strict=True)) if listed else [],
            listed=listed,
            lengths=LENGTHS,
            keep=_kept(asked.copy()),
            may_change=may("manage", self.area),
            may_see_nights=may("view", "reservations"),
            is_list=asked.get("as") == "list",
            decimals=exponent(str(self.place.currency)),
            bulk=bulk or _bulk_form(self.place, sheet, shown.first, shown.last),
            is_published="done" in asked,
            **kwargs,
        )


def _kept(query: Any) -> str:
    """What of the address goes along to other dates."""
    for name in ("from", "done"):
        query.pop(name, None)
    return f"&{query.urlencode()}" if query else ""


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 19 else None


def _bulk_form(place: Property, sheet: RatesShown, first: date, last: date) -> BulkForm:
    types = [(rows.room_type.pk, rows.room_type.code) for rows in sheet.types]
    plans = [(plan.id, plan.code) for plan in sheet.owners]
    given = {
        "first": max(first, place.business_date),
        "last": max(last, place.business_date),
        "weekdays": [1 << day for day in range(7)],
        "types": [pk for pk, _code in types],
        "plans": [pk for pk, _code in plans[:1]],
    }
    return BulkForm(prefix="bulk", types=types, plans=plans, today=place.business_date, initial=given)


class RatesReviewPage(StaffPage, TemplateView):
    """What would change, with what is odd about it; then the same again, published at once or not at all."""

    area = "rates"
    verb = "manage"
    template_name = "dashboard/rates_review.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """There is nothing to review without changes."""
        return redirect("dashboard:rates")

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Changes of the grid, of the list or of the form for many nights; or the reviewed ones, to be published."""
        wanted = request.POST.get("do")
        try:
            if wanted == "bulk":
                return self._bulk()
            edits = self._listed() if wanted == "list" else self._edits()
            return self._publish(edits) if wanted == "publish" else self._review(edits)
        except PmsError as error:
            messages.error(request, error.message)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        return redirect(self._back())

    def _edits(self) -> list[Edit]:
        form = EditsForm(self.request.POST)
        if not form.is_valid():
            raise ValidationError(_("These are no changes of nights."))
        return form.cleaned_data["edits"]

    def _listed(self) -> list[Edit]:
        return list_edits(self.request.POST, quantum(str(self.place.currency)))

    def _back(self) -> str:
        """The grid where one was."""
        first = self.request.POST.get("from", "")
        try:
            asked = f"?from={date.fromisoformat(first)}"
        except ValueError:
            asked = ""
        days = _number(self.request.POST.get("days"))
        return reverse("dashboard:rates") + (f"{asked}&days={days}" if asked and days in LENGTHS else asked)

    def _bulk(self) -> HttpResponse:
        place = self.place
        types = [(row.pk, row.code) for row in types_sold(place.pk)]
        today = place.business_date
        plans = [
            (plan.id, plan.code)
            for plan in grid_plans(rate_grid(place, today, today + timedelta(days=1)))
            if plan.parent_id is None
        ]
        form = BulkForm(self.request.POST, prefix="bulk", types=types, plans=plans, today=today)
        if not form.is_valid():
            page = RatesPage()
            page.setup(self.request)
            page.place = place
            return page.render_to_response(page.get_context_data(bulk=form))
        values = form.cleaned_data
        grid = rate_grid(place, values["first"], values["last"] + timedelta(days=1))
        edits = list(
            bulk_edits(
                grid, form.bulk, plan_ids=values["plans"], type_ids=values["types"], weekdays=form.mask
            )
        )
        if not edits:
            raise ValidationError(_("These nights say so already: nothing would change."))
        return self._review(edits)

    def _review(self, edits: Sequence[Edit], told: str = "") -> HttpResponse:
        if not edits:
            raise ValidationError(_("Nothing was changed."))
        changes = cells_review(place=self.place, edits=edits)
        if not changes:
            raise ValidationError(_("These nights say so already: nothing would change."))
        stale = [change for change in changes if change.is_stale]
        fresh = [change for change in changes if not change.is_stale]
        nights = [change.edit.night for change in changes]
        grid = rate_grid(self.place, min(nights), max(nights) + timedelta(days=1))
        context = self.get_context_data(
            runs=changed_runs(self.place, grid, fresh),
            stale=changed_runs(self.place, grid, stale),
            count=len(fresh),
            is_odd=any(change.guards for change in fresh),
            is_stopped=any(guard.is_stop for change in fresh for guard in change.guards),
            following=[plan.code for plan in grid_plans(grid) if plan.parent_id is not None],
            edits=packed([change.edit for change in fresh]),
            back=self._back(),
            told=told,
        )
        return self.render_to_response(context)

    def _publish(self, edits: Sequence[Edit]) -> HttpResponse:
        form = EditsForm(self.request.POST)
        is_confirmed = form.is_valid() and form.cleaned_data["confirm"]
        try:
            done = cells_publish(place=self.place, edits=edits, is_confirmed=is_confirmed)
        except CellsChanged as error:
            return self._review(edits, told=error.message)
        except PmsError as error:
            if error.code == "unconfirmed":
                return self._review(edits, told=error.message)
            raise
        if done:
            words = ngettext("%(n)d night is published.", "%(n)d nights are published.", len(done))
            messages.success(self.request, words % {"n": len(done)})
        else:
            messages.info(self.request, _("These nights say so already: nothing was changed."))
        back = self._back()
        return redirect(f"{back}{'&' if '?' in back else '?'}done=1")
