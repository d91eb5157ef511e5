"""The trail for people: what was before and after, how far it is sealed, and a check at the press of a button."""

import json
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.generic import TemplateView, View

from hotel.core.exceptions import PmsError
from hotel.dashboard.access import StaffPage
from hotel.dashboard.shell import shell_of
from security.choices import TrailJobStatus
from security.forms import FindEntriesForm
from security.models import AuditLog, AuditSeal, TrailJob
from security.selectors.trail import seal_lag, sealed_up_to
from security.services.trail_jobs import job_ask

PAGE = 50


class TrailPage(StaffPage, TemplateView):
    """Entries newest first, fifty at a time, going back by the number of the last one shown."""

    area = "security"
    template_name = "security/trail.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Those of all places the person may see; a handful of queries."""
        form = FindEntriesForm(self.request.GET)
        rows = AuditLog.objects.visible_to(self.request.user).order_by("-pk")
        wanted = (
            {name: value for name, value in form.cleaned_data.items() if value} if form.is_valid() else {}
        )
        rows = rows.filter(**wanted) if form.is_valid() else rows.none()
        before = self.request.GET.get("before", "")
        if before.isascii() and before.isdigit() and len(before) < 19:
            rows = rows.filter(pk__lt=int(before))
        found = list(rows[: PAGE + 1])
        kept = self.request.GET.copy()
        kept.pop("before", None)
        check = TrailJob.objects.filter(kind=TrailJob.VERIFY).first()
        return super().get_context_data(
            form=form,
            entries=found[:PAGE],
            older=found[PAGE - 1].pk if len(found) > PAGE else None,
            kept=kept.urlencode(),
            is_narrowed=bool(wanted or before),
            sealed=sealed_up_to(),
            newest=AuditSeal.objects.first(),
            lag=int(seal_lag().total_seconds()),
            check=check,
            is_checking=check is not None
            and check.status in (TrailJobStatus.WAITING, TrailJobStatus.RUNNING),
            percent=100 * check.done // check.total if check is not None and check.total else 0,
            may_check=shell_of(self.request).may("manage", "security"),
            **kwargs,
        )


class EntryPage(StaffPage, TemplateView):
    """One entry, column by column."""

    area = "security"
    template_name = "security/trail_entry.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With what else was changed in the same transaction of the database."""
        seen = AuditLog.objects.visible_to(self.request.user)
        entry = get_object_or_404(seen, pk=kwargs["pk"])
        old, new = entry.old or {}, entry.new or {}
        columns = [(name, _shown(old, name), _shown(new, name)) for name in sorted({*old, *new})]
        near = seen.filter(pk__range=(entry.pk - PAGE, entry.pk + PAGE), transaction=entry.transaction)
        seal = AuditSeal.objects.filter(last_id__gte=entry.pk).order_by("last_id").first()
        return super().get_context_data(
            entry=entry,
            columns=columns,
            digest=bytes(entry.row_hash).hex(),
            together=near.exclude(pk=entry.pk).order_by("pk"),
            seal=seal,
            **kwargs,
        )


def _shown(values: dict[str, Any], name: str) -> str:
    """Texts as they are, all else as the entry's line has it; nothing where the column is missing."""
    value = values.get(name, "")
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


class CheckTrail(StaffPage, View):
    """The button: have a worker check everything."""

    area, verb = "security", "view"

    def post(self, request: HttpRequest) -> HttpResponse:
        """Ask for it, and say so."""
        if not shell_of(request).may("manage", "security"):
            raise PermissionDenied
        try:
            job_ask(kind=TrailJob.VERIFY, by=request.user)
        except PmsError as error:
            messages.error(request, error.message)
        else:
            messages.success(request, _("The whole trail is being checked; the result will stand here."))
        return redirect("security:trail")
