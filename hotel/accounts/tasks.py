"""Periodic work of accounts."""

from celery import shared_task

from hotel.accounts.services.grants import dated_roles_materialise
from hotel.accounts.services.second_factors import used_codes_forget
from hotel.accounts.services.sessions import sessions_forget
from hotel.accounts.services.sign_in import attempts_forget


@shared_task(name="hotel.accounts.tasks.dated_roles_follow")
def dated_roles_follow() -> int:
    """Let role assignments begin and end on their days; may repeat. Hourly, for midnight comes 24 times."""
    return dated_roles_materialise()


@shared_task(name="hotel.accounts.tasks.sign_in_traces_forget")
def sign_in_traces_forget() -> int:
    """Delete what signing in left and nobody needs any more; may repeat."""
    return attempts_forget() + used_codes_forget() + sessions_forget()
