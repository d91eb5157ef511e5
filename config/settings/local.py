"""On one machine, started by ./auberge up: static files straight from the sources."""

from config.settings.base import *  # noqa: F403
from config.settings.environment import env

DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = env("SECRET_KEY", default="local-only-not-secret")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
WHITENOISE_USE_FINDERS = True
DEMO_ALLOWED = True
