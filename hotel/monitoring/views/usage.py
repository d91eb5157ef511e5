"""The API monitor: what is used, by whom, how long it takes, and what the limiter did; without a script."""

from datetime import timedelta
from typing import Any

from django.db.models import Sum
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from hotel.core.clock import now
from hotel.dashboard.access import StaffPage
from hotel.monitoring.models import ApiUsage, LimitTally, SlowRequest
from hotel.monitoring.selectors.preview import names_of
from hotel.monitoring.selectors.usage import usage_between, usage_by, usage_total

SPANS = {"hour": timedelta(hours=1), "day": timedelta(days=1), "week": timedelta(days=7)}
WORDS = {"hour": _("hour"), "day": _("day"), "week": _("week")}
BARS, MOST = 48, 10


class UsagePage(StaffPage, TemplateView):
    """One page for an hour, a day or a week."""

    area = "monitoring"
    template_name = "monitoring/usage.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """A handful of queries, however much was used."""
        span = self.request.GET.get("span", "hour")
        span = span if span in SPANS else "hour"
        end = now()
        start = end - SPANS[span]
        user = self.request.user
        rows = usage_between(ApiUsage.objects.all().visible_to(user), start, end)
        clients = usage_by(rows, "client", most=MOST)
        names = names_of((line.key["client_kind"], line.key["client_id"]) for line in clients)
        tallies = (
            LimitTally.objects.all()
            .visible_to(user)
            .filter(hour__gte=start - timedelta(hours=1))
            .order_by("rule__name")
            .values("rule__name", "rule__action")
            .annotate(n_passed=Sum("passed"), n_refused=Sum("refused"), n_observed=Sum("observed"))
        )
        return super().get_context_data(
            span=span,
            spans=WORDS.items(),
            total=usage_total(rows),
            bars=bars_of(rows),
            operations=usage_by(rows, "operation", order="time", most=MOST),
            errors=[line for line in usage_by(rows, "operation", order="errors", most=MOST) if line.errors],
            clients=[
                (line, names.get((line.key["client_kind"], line.key["client_id"]), "")) for line in clients
            ],
            versions=usage_by(rows, "version", most=MOST),
            tallies=tallies,
            slow=SlowRequest.objects.all().visible_to(user).filter(at__gte=start)[:MOST],
            **kwargs,
        )


def bars_of(rows: Any) -> list[dict[str, Any]]:
    """Requests over time as bars of a drawing 480 wide and 100 high; the newest last."""
    counts = list(rows.order_by("-started_at").values_list("started_at").annotate(times=Sum("count"))[:BARS])[
        ::-1
    ]
    most = max((times for _, times in counts), default=0)
    return [
        {"x": 10 * n, "y": 100 - height, "height": height, "at": at, "count": times}
        for n, (at, times) in enumerate(counts)
        for height in [max(1, 100 * times // most)]
    ]
