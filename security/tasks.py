"""Periodic work of security."""

from celery import shared_task

from hotel.properties.models import Property
from security.services import archiving, capture, head_mail, sealing, trail_jobs
from security.services.access_requests import access_requests_lapse
from security.services.breaches import clocks_remind
from security.services.bundles import bundles_expire, bundles_make
from security.services.compliance import reports_ask_all, reports_work
from security.services.detection import detectors_run
from security.services.emergencies import emergencies_end
from security.services.erasures import erasures_carry_out
from security.services.key_register import keys_register
from security.services.key_rotations import rotations_work
from security.services.registers import registers_seed
from security.services.retention import runs_carry_out, runs_propose
from security.services.reviews import access_reviews_due


@shared_task(name="security.tasks.access_requests_end")
def access_requests_end() -> int:
    """End requests that waited too long; may repeat."""
    return access_requests_lapse()


@shared_task(name="security.tasks.emergencies_sweep")
def emergencies_sweep() -> int:
    """Close emergency accesses that are over; may repeat. Their rights ended by themselves."""
    return emergencies_end()


@shared_task(name="security.tasks.access_reviews_open")
def access_reviews_open() -> int:
    """Open the access reviews that are due; may repeat."""
    return access_reviews_due()


@shared_task(name="security.tasks.privacy_cases_work")
def privacy_cases_work() -> int:
    """Make files, carry out approved erasures and lists. Returns how many."""
    return bundles_make() + erasures_carry_out() + runs_carry_out()


@shared_task(name="security.tasks.retention_propose")
def retention_propose() -> int:
    """By night: fill registers with defaults, list what is due, empty old files. Returns how many lists are new."""
    bundles_expire()
    proposed = 0
    for place in Property.objects.order_by("pk"):
        registers_seed(place=place)
        proposed += len(runs_propose(place=place))
    return proposed


@shared_task(name="security.tasks.trail_seal")
def trail_seal() -> int:
    """Seal what is settled and take the heads out. Returns how many seals were made."""
    return sealing.trail_seal().seals


@shared_task(name="security.tasks.trail_months")
def trail_months() -> int:
    """Make partitions ahead, and archive months that are old enough and sealed. Returns how many were archived."""
    capture.partitions_ahead()
    return archiving.months_archive()


@shared_task(name="security.tasks.head_mail")
def head_mail_send() -> int:
    """Send the newest head to those who keep it. Returns to how many."""
    return head_mail.head_mail_send()


@shared_task(name="security.tasks.trail_jobs_work")
def trail_jobs_work() -> int:
    """Do the checks and exports that wait. Returns how many were done."""
    return trail_jobs.jobs_work()


@shared_task(name="security.tasks.keys_work")
def keys_work() -> int:
    """Compare configured keys with those that wrap, and go on with changes of keys. Returns how many batches."""
    keys_register()
    return rotations_work()


@shared_task(name="security.tasks.incident_clocks")
def incident_clocks() -> int:
    """Remind of the 72 hours of breaches; may repeat. Returns of how many incidents."""
    return clocks_remind()


@shared_task(name="security.tasks.compliance_ask")
def compliance_ask() -> int:
    """Ask for a report of each framework, by month. Returns how many; may repeat."""
    return reports_ask_all()


@shared_task(name="security.tasks.compliance_work")
def compliance_work() -> int:
    """Make the reports that wait. Returns how many."""
    return reports_work()


@shared_task(name="security.tasks.detectors")
def detectors() -> int:
    """Let the detectors look; may repeat. Returns how many incidents were opened."""
    return len(detectors_run())
