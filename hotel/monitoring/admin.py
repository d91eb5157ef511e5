"""Monitoring in the admin; each subject registers its models in a module of its own."""

from hotel.monitoring import admin_health as _health  # noqa: F401
from hotel.monitoring import admin_limits as _limits  # noqa: F401
from hotel.monitoring import admin_usage as _usage  # noqa: F401
