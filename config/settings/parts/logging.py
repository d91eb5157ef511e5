"""One line per event on standard output: words, or JSON by LOG_FORMAT; the level by LOG_LEVEL."""

from config.settings.environment import env

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"},
        "json": {"()": "hotel.core.logs.JsonLines"},
    },
    "filters": {"safe": {"()": "hotel.core.logs.SafeLines"}},
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": env("LOG_FORMAT", default="line"),
            "filters": ["safe"],
        }
    },
    "root": {"handlers": ["console"], "level": env("LOG_LEVEL", default="INFO")},
    "loggers": {
        "cmdstanpy": {"level": "WARNING"},
        "fontTools": {"level": "WARNING"},
        "weasyprint": {"level": "ERROR"},
    },
}
