"""What monitoring gives to the house."""

from django.utils.translation import gettext_lazy as _

from hotel.core.plugs import AdminGroup, ComponentPlug, HealthCheck, NavItem, Schedule

PLUG = ComponentPlug(
    area="monitoring",
    verbs=("view", "manage"),
    admin=(AdminGroup("API: limits, use and health", 120, desk=("monitoring:usage",)),),
    schedules=(
        Schedule("monitoring: sum up usage", "hotel.monitoring.tasks.usage_roll_up", every_seconds=300),
        Schedule("monitoring: keep usage by month", "hotel.monitoring.tasks.usage_keep", cron="40 3 * * *"),
        Schedule(
            "monitoring: look at the house",
            "hotel.monitoring.tasks.health_look",
            every_seconds=60,
            expires_seconds=60,
        ),
        Schedule(
            "monitoring: restore a backup on trial",
            "hotel.monitoring.tasks.restore_drill_run",
            cron="20 5 1 * *",
            expires_seconds=86_400,
            queue="default",
        ),
        Schedule("monitoring: forget old looks", "hotel.monitoring.tasks.health_keep", cron="50 3 * * *"),
    ),
    navigation=(NavItem(_("API monitor"), "monitoring:usage", "monitoring", icon="gauge", order=85),),
    health=(
        HealthCheck(
            "database", _("Database"), "hotel.monitoring.selectors.checks.database_check", is_vital=True
        ),
        HealthCheck("redis", _("Redis"), "hotel.monitoring.adapters.probes.redis_probe"),
        HealthCheck("workers", _("Workers"), "hotel.monitoring.adapters.probes.workers_probe"),
        HealthCheck("beat", _("Clock of the schedules"), "hotel.monitoring.selectors.checks.beat_check"),
        HealthCheck("outbox", _("Facts to be told"), "hotel.monitoring.selectors.checks.outbox_check"),
        HealthCheck("disk", _("Disk"), "hotel.monitoring.adapters.probes.disk_probe", is_vital=True),
        HealthCheck("mail", _("Mail server"), "hotel.monitoring.adapters.probes.mail_probe"),
        HealthCheck("circuits", _("Servers outside"), "hotel.monitoring.adapters.probes.circuits_probe"),
        HealthCheck(
            "restore", _("Backup restored on trial"), "hotel.monitoring.selectors.drills.restore_check"
        ),
    ),
    audit_excluded={
        "monitoring.ApiUsage": "counts of requests; high volume",
        "monitoring.SlowRequest": "samples of requests; high volume",
        "monitoring.ApiHealth": "looks at the house, ten a minute",
        "monitoring.LimitTally": "counts of decisions; high volume",
    },
    impersonal={
        "monitoring.RestoreDrill.checks": "questions about a restored database, answered in numbers",
        "monitoring.ApiUsage.histogram": "counts of durations",
        "monitoring.SlowRequest.statements": "statements without their values",
    },
    trail_excluded={
        "monitoring.ApiHealth": "looks at the house, ten a minute",
        "monitoring.ApiUsage": "counts of requests; high volume",
        "monitoring.SlowRequest": "samples of requests; high volume",
        "monitoring.LimitTally": "counts of decisions; high volume",
        "monitoring.LimiterState": "one moment for each caller, written with every request",
    },
)
