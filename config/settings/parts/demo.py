"""The demonstration: allowed only by the settings of one machine and of the tests."""

from config.settings.environment import env

DEMO_ALLOWED = False
# Of all demonstration log-ins; made by the launcher once per installation.
DEMO_PASSWORD = env("DEMO_PASSWORD", default="")
