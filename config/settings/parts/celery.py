"""Celery carries hints only: the truth is rows in PostgreSQL, so a lost message costs time, never data."""

from config.settings.environment import env

_redis = env("REDIS_URL", default="redis://127.0.0.1:6379").rstrip("/")
CELERY_BROKER_URL = env("CELERY_BROKER_URL", default=f"{_redis}/0")
# kombu's defaults bring a killed worker's task back after an hour, swept every 100 s.
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 1800,
    "unacked_restore_interval": 10,
    "unacked_restore_throttle": 1,
}
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_TIME_LIMIT = 1500
CELERY_TASK_SOFT_TIME_LIMIT = 1400
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BEAT_SCHEDULER = "django_celery_beat.schedulers:DatabaseScheduler"
CELERY_TIMEZONE = "UTC"
CELERY_TASK_DEFAULT_QUEUE = "default"
CELERY_TASK_ROUTES = {
    "hotel.core.tasks.*": {"queue": "outbox"},
    "hotel.messaging.tasks.*": {"queue": "messages"},
}
# A request never hangs on the broker: the hint is dropped and the sweep delivers.
CELERY_TASK_PUBLISH_RETRY = False
CELERY_BROKER_CONNECTION_TIMEOUT = 1
DJANGO_CELERY_BEAT_TZ_AWARE = True
