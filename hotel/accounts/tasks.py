"""Periodic work of accounts."""

from celery import shared_task

from hotel.accounts.services.grants import dated_roles_materialise
from hotel.accounts.services.integrators import integrator_tokens_forget
from hotel.accounts.services.second_factors import used_codes_forget
from hotel.accounts.services.sessions import sessions_forget
from hotel.accounts.services.sign_in import attempts_forget
from hotel.accounts.services.socket_tickets import tickets_forget


@shared_task(name="hotel.accounts.tasks.dated_roles_follow")
def dated_roles_follow() -> int:
    """Let role assignments begin and end on their days; may repeat. Hourly, for midnight comes 24 times."""
    return dated_roles_materialise()


@shared_task(name="hotel.accounts.tasks.sign_in_traces_forget")
def sign_in_traces_forget() -> int:
    """Delete what signing in left and nobody needs any more; may repeat."""
    work = (
        attempts_forget,
        used_codes_forget,
        sessions_forget,
        tickets_forget,
        integrator_tokens_forget,
    )
    return sum(forget() for forget in work)
