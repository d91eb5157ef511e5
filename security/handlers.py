"""What security does when something happens elsewhere."""

import logging
from typing import Any

from django.conf import settings
from django.db import transaction

from hotel.contracts.properties import PropertyOpened
from hotel.contracts.security import (
    AccessRequested,
    ComplianceReportAsked,
    EmergencyAccessOpened,
    IncidentOpened,
    TrailJobAsked,
)
from hotel.core.facts import subscribe
from hotel.properties.models import Chain
from security import tasks
from security.services.catalogue import catalogue_seed
from security.services.incident_notices import incident_tell
from security.services.notices import access_request_tell, emergency_tell
from security.services.playbooks import playbooks_seed

logger = logging.getLogger(__name__)


@subscribe(PropertyOpened)
def on_property_opened(fact: PropertyOpened) -> None:
    """The chain gets its catalogue of rights, policy and playbooks with the first property. Repeatable."""
    chain = Chain.objects.get(pk=fact.chain_id)
    catalogue_seed(chain=chain)
    playbooks_seed(chain=chain)


@subscribe(EmergencyAccessOpened)
def on_emergency_access_opened(fact: EmergencyAccessOpened) -> None:
    """Everybody who may agree to rights there is told. Repeatable: a message is queued once."""
    emergency_tell(emergency_id=fact.emergency_id)


@subscribe(AccessRequested)
def on_access_requested(fact: AccessRequested) -> None:
    """Everybody who may agree is asked. Repeatable: a message is queued once."""
    access_request_tell(request_id=fact.request_id)


@subscribe(IncidentOpened)
def on_incident_opened(fact: IncidentOpened) -> None:
    """Everybody who may respond is told. Repeatable: a message is queued once."""
    incident_tell(incident_id=fact.incident_id)


@subscribe(TrailJobAsked)
def on_trail_job_asked(fact: TrailJobAsked) -> None:
    """A worker begins after the commit. Repeatable; without a broker the sweep begins it within a minute."""
    if getattr(settings, "OUTBOX_HINTS", True):
        transaction.on_commit(lambda: _hint(tasks.trail_jobs_work), robust=True)


@subscribe(ComplianceReportAsked)
def on_compliance_report_asked(fact: ComplianceReportAsked) -> None:
    """A worker begins after the commit. Repeatable; without a broker the sweep begins it within a minute."""
    if getattr(settings, "OUTBOX_HINTS", True):
        transaction.on_commit(lambda: _hint(tasks.compliance_work), robust=True)


def _hint(task: Any) -> None:
    try:
        task.apply_async(retry=False)
    except Exception as error:
        logger.warning("The broker is away (%s); the sweep will begin the job.", type(error).__name__)
