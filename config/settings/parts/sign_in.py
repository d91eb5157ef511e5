"""Signing in: django-axes counts attempts, with delays of our own."""

AXES_HANDLER = "hotel.accounts.pacing_handler.PacingHandler"
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_DISABLE_ACCESS_LOG = True
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
# Its middleware would turn a refusal into a page of its own; our doors say how long to wait.
SILENCED_SYSTEM_CHECKS = ["axes.W002"]
