"""Tasks of the hotel day. All may repeat: an audit goes on where an earlier run has stopped."""

import logging

from celery import shared_task
from django.db import InternalError

from hotel.core.exceptions import ReadOnly
from hotel.core.postgresql.read_only import is_read_only
from hotel.properties.models import Property
from hotel.stays.models import NightAudit
from hotel.stays.selectors.night_audits import audits_due
from hotel.stays.services.audit_steps import DayUnproved
from hotel.stays.services.night_audit import NightAuditBlocked, night_audit_request, night_audit_run

logger = logging.getLogger(__name__)


@shared_task(name="hotel.stays.tasks.night_audit_work")
def night_audit_work(audit_id: int) -> str:
    """Run or resume an audit; nothing when its day is closed. Repeatable.

    Returns:
        The status it has now. What blocks it, or contradicts, is on the audit and in the log.
    """
    audit = NightAudit.objects.select_related("property", "requested_by").get(pk=audit_id)
    place = audit.property
    if audit.business_date == place.business_date:
        try:
            night_audit_run(place=place, actor=audit.requested_by)
        except (NightAuditBlocked, DayUnproved, ReadOnly) as refused:
            logger.warning("%s, %s: %s", place.code, audit.business_date, refused.message)
        except InternalError as error:  # read-only since a step ago: the audit goes on from there afterwards
            if not is_read_only(error):
                raise
            logger.warning("%s, %s: the audit waits, no changes are taken.", place.code, audit.business_date)
    audit.refresh_from_db(fields=["status"])
    return str(audit.status)


@shared_task(name="hotel.stays.tasks.night_audits_due")
def night_audits_due() -> int:
    """Ask for the audit of every property whose hour has come by its own clock. Repeatable. Returns how many."""
    due = audits_due()
    for place in Property.objects.filter(pk__in=due).order_by("pk"):
        night_audit_request(place=place, actor=None)
    return len(due)
