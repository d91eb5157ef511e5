"""Periodic work of security."""

from celery import shared_task

from security.services.access_requests import access_requests_lapse
from security.services.emergencies import emergencies_end
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
