"""Cache on the same Redis protocol as the broker; in-process when no REDIS_URL is set."""

from config.settings.environment import env

REDIS_URL = env("REDIS_URL", default="")

if REDIS_URL:
    CACHES = {
        "default": {
            "BACKEND": "hotel.core.forgiving_cache.ForgivingRedisCache",
            "LOCATION": f"{REDIS_URL.rstrip('/')}/1",
            "KEY_PREFIX": "auberge",
            "OPTIONS": {"socket_connect_timeout": 0.5, "socket_timeout": 1},
        }
    }
else:
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

SESSION_ENGINE = "hotel.accounts.sessions"
SESSION_COOKIE_AGE = 86400  # at most; each session has limits of its own
