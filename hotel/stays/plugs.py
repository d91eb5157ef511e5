"""What stays gives to the house."""

from hotel.core.plugs import ComponentPlug

PLUG = ComponentPlug(
    area="stays",
    verbs=("view", "manage", "audit"),
    audit_excluded={
        "stays.NightAuditStep": "a record of what the audit did itself; written by the audit alone",
        "stays.DailyStatistic": "frozen by a trigger: there is no change to keep",
    },
)
