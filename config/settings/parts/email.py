"""Outgoing mail: real SMTP by EMAIL_URL, the console otherwise."""

from config.settings.environment import env

globals().update(env.email("EMAIL_URL", default="consolemail://"))
if globals()["EMAIL_BACKEND"] == "django.core.mail.backends.smtp.EmailBackend":
    EMAIL_BACKEND = "hotel.core.mail.EmailBackend"
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", default="Auberge <no-reply@localhost>")
