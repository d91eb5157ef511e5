"""Limits on the API and what is counted of it; the rules themselves are rows."""

from config.settings.environment import BASE_DIR, env
from config.settings.parts.cache import REDIS_URL

# How many processes serve requests: each one's share when the shared counters are lost.
WEB_WORKERS = env.int("WEB_WORKERS", default=2)
RATE_LIMIT_STORE = env("RATE_LIMIT_STORE", default="redis" if REDIS_URL else "postgresql")
RATE_LIMITS_ENFORCED = env.bool("RATE_LIMITS_ENFORCED", default=True)
# Requests of one client under way at once, in all processes together; 0 for any number.
API_CONCURRENCY = env.int("API_CONCURRENCY", default=24)
# From where on requests are shed: how late a waiting thread gets its turn, and requests of a process under way.
SHED_LAG_SECONDS = env.float("SHED_LAG_SECONDS", default=0.5)
SHED_IN_FLIGHT = env.int("SHED_IN_FLIGHT", default=64)
SLOW_REQUEST_MS = env.int("SLOW_REQUEST_MS", default=1000)
# The thread of each process that reads changed rules and tells what was counted.
API_ATTENDANT = True
# Who knows it may read /metrics; without one there is no such page.
METRICS_TOKEN = env("METRICS_TOKEN", default="")
# Spans for OpenTelemetry; where to is told by its own OTEL_… variables. Costs far more than our own counters.
TRACING = env.bool("TRACING", default=False)

# Of the disk of MEDIA_ROOT: below how many per cent free no files are taken or made, and below how many nothing is
# changed; 0 for never.
DISK_LOW_PERCENT = env.int("DISK_LOW_PERCENT", default=10)
DISK_READ_ONLY_PERCENT = env.int("DISK_READ_ONLY_PERCENT", default=5)

# Where backups written by `./auberge backup` lie, as far as this machine sees them; and what restores one on trial.
BACKUP_DIR = env("BACKUP_DIR", default=str(BASE_DIR / ".auberge" / "backups"))
RESTORE_DRILL = "config.stack.drill.drill"
