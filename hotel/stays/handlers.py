"""What the hotel day does when it is asked for."""

from hotel.contracts.stays import NightAuditRequested
from hotel.core.facts import subscribe


@subscribe(NightAuditRequested)
def on_night_audit_requested(fact: NightAuditRequested) -> None:
    """Let a worker run the audit. Repeatable: a finished one is left alone."""
    from hotel.stays.tasks import night_audit_work

    night_audit_work.delay(fact.audit_id)
