"""What security gives to the house."""

from hotel.core.plugs import ComponentPlug, Schedule

PLUG = ComponentPlug(
    area="security",
    verbs=("view", "manage", "respond", "approve", "break_glass"),
    schedules=(
        Schedule(
            "security: end requests for rights",
            "security.tasks.access_requests_end",
            cron="5 * * * *",
            expires_seconds=3000,
        ),
        Schedule(
            "security: sweep emergency accesses",
            "security.tasks.emergencies_sweep",
            every_seconds=60,
            expires_seconds=60,
        ),
        Schedule(
            "security: open access reviews",
            "security.tasks.access_reviews_open",
            cron="30 4 * * *",
            expires_seconds=3600,
        ),
    ),
)
