"""What stays gives to the house."""

from hotel.core.plugs import AdminGroup, ComponentPlug, PrivacyProvider, Schedule
from hotel.stays.personal import IMPERSONAL, PERSONAL

PLUG = ComponentPlug(
    area="stays",
    verbs=("view", "manage", "audit"),
    admin=(AdminGroup("Closed days and their figures", 105, desk=("dashboard:night_audit",)),),
    schedules=(
        Schedule(
            "stays: start the night audits that are due",
            "hotel.stays.tasks.night_audits_due",
            every_seconds=300,
            expires_seconds=300,
        ),
    ),
    privacy=(
        PrivacyProvider(
            "fixed charges",
            export="hotel.stays.services.privacy.guest_charges_export",
            erase="hotel.stays.services.privacy.guest_charges_erase",
        ),
    ),
    demo="hotel.stays.services.demo.demo_seed",
    invariants=("hotel.stays.invariants.invariants",),
    audit_excluded={
        "stays.NightAuditStep": "a record of what the audit did itself; written by the audit alone",
        "stays.DailyStatistic": "frozen by a trigger: there is no change to keep",
    },
    personal=PERSONAL,
    impersonal=IMPERSONAL,
)
