"""Opens an alarm when a promise is being broken too fast, tells people, and closes it when the trouble has ended."""

import logging
from datetime import datetime
from decimal import Decimal

from django.db import transaction

from hotel.accounts.models import User
from hotel.core.locks import LockSpace, advisory_lock
from hotel.messaging.services.staff_notices import staff_notice_queue
from hotel.monitoring.domain.objectives import OBJECTIVES, PAGE, Objective, Rule, Tally, burn, fastest, firing
from hotel.monitoring.models import ApiAlert
from hotel.monitoring.models.limits import holds_everywhere
from hotel.monitoring.selectors.promises import promise_tallies
from hotel.properties.models import Property
from hotel.properties.scoping import sees_everything

logger = logging.getLogger(__name__)


@transaction.atomic
def alerts_evaluate(*, at: datetime) -> list[ApiAlert]:
    """Compare what is promised with what is used; returns the alarms that are open now. Repeatable.

    Locks: one advisory lock, so that two schedules open one alarm.
    """
    advisory_lock(LockSpace.API_ALERTS, 0)
    found = promise_tallies(at)
    still_open = {(row.objective, row.severity): row for row in ApiAlert.objects.filter(closed_at=None)}
    opened = []
    for objective in OBJECTIVES:
        tallies = found[objective.name]
        for severity, rule in fastest(firing(objective, tallies)).items():
            row = still_open.pop((objective.name, severity), None)
            opened.append(row or _open(objective, rule, tallies[rule.long], at))
    for row in still_open.values():
        row.closed_at = max(at, row.opened_at)
        row.save(update_fields=["closed_at"])
        logger.warning("%s: the %s has ended.", row.objective, row.severity)
    return opened


def _open(objective: Objective, rule: Rule, tally: Tally, at: datetime) -> ApiAlert:
    rate = burn(tally, objective)
    row = ApiAlert.objects.create(
        objective=objective.name,
        severity=rule.severity,
        opened_at=at,
        burn=(Decimal(rate.numerator) / rate.denominator).quantize(Decimal("0.01")),
        window_minutes=int(rule.long.total_seconds()) // 60,
        bad_requests=tally.bad,
    )
    say = logger.error if rule.severity == PAGE else logger.warning
    say("%s: %s of %s requests were bad in %s.", objective.title, tally.bad, tally.total, rule.long)
    _tell(objective, row, tally)
    return row


def _tell(objective: Objective, alert: ApiAlert, tally: Tally) -> None:
    """By mail to those who may manage monitoring at every property; written by the oldest of them."""
    place = Property.objects.order_by("pk").first()
    if place is None:
        return
    candidates = User.objects.filter(is_active=True, is_machine=False)
    people = [
        user for user in candidates if sees_everything(user) or holds_everywhere(user, "manage", "monitoring")
    ]
    text = (
        f"{objective.title}: this is not kept.\n\n"
        f"{tally.bad} of {tally.total} requests were bad in the last {alert.window_minutes} minutes. "
        f"At this rate the allowance of 30 days lasts {_lasts(alert)}.\n\n"
        "See House health under API monitor."
    )
    staff_notice_queue(
        place=place,
        people=people,
        subject=f"{alert.get_severity_display()}: {objective.title}",
        text=text,
        dedupe_key=f"api_alert:{alert.pk}",
    )


def _lasts(alert: ApiAlert) -> str:
    hours = int(720 / alert.burn) if alert.burn else 720
    return f"{hours} hours" if hours < 72 else f"{hours // 24} days"
