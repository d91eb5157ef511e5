"""One line per event on standard output; the level by LOG_LEVEL."""

from config.settings.environment import env

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "filters": {"safe": {"()": "hotel.core.logs.SafeLines"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["safe"]}},
    "root": {"handlers": ["console"], "level": env("LOG_LEVEL", default="INFO")},
    "loggers": {
        "cmdstanpy": {"level": "WARNING"},
        "fontTools": {"level": "WARNING"},
        "weasyprint": {"level": "ERROR"},
    },
}
