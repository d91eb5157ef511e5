"""What monitoring gives to the house."""

from hotel.core.plugs import ComponentPlug

PLUG = ComponentPlug(
    area="monitoring",
    verbs=("view", "manage"),
    audit_excluded={
        "monitoring.ApiUsage": "counts of requests; high volume",
        "monitoring.SlowRequest": "samples of requests; high volume",
        "monitoring.LimitTally": "counts of decisions; high volume",
    },
    impersonal={
        "monitoring.ApiUsage.histogram": "counts of durations",
        "monitoring.SlowRequest.statements": "statements without their values",
    },
)
