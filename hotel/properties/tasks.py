"""Periodic work of properties."""

from celery import shared_task

from hotel.properties.services.restraints import restraints_end_due


@shared_task(name="hotel.properties.tasks.restraints_end")
def restraints_end() -> int:
    """Let go on what was held back until now; may repeat. Returns how many restraints ended."""
    return restraints_end_due()
