"""What monitoring gives to the house."""

from hotel.core.plugs import ComponentPlug, NavItem, Schedule

PLUG = ComponentPlug(
    area="monitoring",
    verbs=("view", "manage"),
    schedules=(
        Schedule("monitoring: sum up usage", "hotel.monitoring.tasks.usage_roll_up", every_seconds=300),
        Schedule("monitoring: keep usage by month", "hotel.monitoring.tasks.usage_keep", cron="40 3 * * *"),
    ),
    navigation=(NavItem("API monitor", "monitoring:usage", "monitoring", icon="gauge", order=85),),
    audit_excluded={
        "monitoring.ApiUsage": "counts of requests; high volume",
        "monitoring.SlowRequest": "samples of requests; high volume",
        "monitoring.LimitTally": "counts of decisions; high volume",
    },
    impersonal={
        "monitoring.ApiUsage.histogram": "counts of durations",
        "monitoring.SlowRequest.statements": "statements without their values",
    },
    trail_excluded={
        "monitoring.ApiUsage": "counts of requests; high volume",
        "monitoring.SlowRequest": "samples of requests; high volume",
        "monitoring.LimitTally": "counts of decisions; high volume",
        "monitoring.LimiterState": "one moment for each caller, written with every request",
    },
)
