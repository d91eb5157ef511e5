"""House health for the people who run it, and the status page for everybody; without a script."""

from typing import Any

from django.views.generic import TemplateView

from hotel.core.clock import now
from hotel.dashboard.access import StaffPage
from hotel.monitoring.models.limits import holds_everywhere
from hotel.monitoring.selectors.standing import alerts_open, last_looks, promises_now, public_parts
from hotel.monitoring.services.health import latest, state_of
from hotel.monitoring.services.public_status import status_kept
from hotel.properties.scoping import sees_everything


class HealthPage(StaffPage, TemplateView):
    """Looks made now, promises and open alarms for who holds the right at every property; states for others."""

    area = "monitoring"
    template_name = "monitoring/health.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Whoever works at one property of several sees what the public sees."""
        user, moment = self.request.user, now()
        sees_all = sees_everything(user) or holds_everywhere(user, "view", self.area)
        looks = latest.get() if sees_all else []
        return super().get_context_data(
            sees_all=sees_all,
            state=state_of(looks) if sees_all else "",
            looks=looks,
            last=last_looks(moment)[:1],
            promises=promises_now(moment) if sees_all else [],
            alerts=alerts_open() if sees_all else [],
            parts=[] if sees_all else public_parts(moment),
            **kwargs,
        )


class StatusPage(TemplateView):
    """What the public is told: no figures of the house, nothing to sign in for, kept for ten seconds."""

    template_name = "monitoring/status.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The same for everybody, whatever is asked."""
        return super().get_context_data(**status_kept.get(), **kwargs)
