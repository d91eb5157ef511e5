"""Django's own settings; everything else lives in one part per concern."""

from config.settings.components import COMPONENTS
from config.settings.environment import BASE_DIR, env
from config.settings.parts.auditlog import *  # noqa: F403
from config.settings.parts.cache import *  # noqa: F403
from config.settings.parts.celery import *  # noqa: F403
from config.settings.parts.channels import *  # noqa: F403
from config.settings.parts.compliance import *  # noqa: F403
from config.settings.parts.crypto import *  # noqa: F403
from config.settings.parts.database import *  # noqa: F403
from config.settings.parts.demo import *  # noqa: F403
from config.settings.parts.email import *  # noqa: F403
from config.settings.parts.guardian import *  # noqa: F403
from config.settings.parts.logging import *  # noqa: F403
from config.settings.parts.messaging import *  # noqa: F403
from config.settings.parts.money import *  # noqa: F403
from config.settings.parts.monitoring import *  # noqa: F403
from config.settings.parts.passwords import *  # noqa: F403
from config.settings.parts.payments import *  # noqa: F403
from config.settings.parts.rest import *  # noqa: F403
from config.settings.parts.security_headers import *  # noqa: F403
from config.settings.parts.sign_in import *  # noqa: F403
from config.settings.parts.storage import *  # noqa: F403
from config.settings.parts.trail import *  # noqa: F403
from config.settings.parts.unfold import *  # noqa: F403

SECRET_KEY = env("SECRET_KEY", default="")
DEBUG = False
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

INSTALLED_APPS = [
    "unfold.apps.BasicAppConfig",
    "hotel.core.admin_config.HouseAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "rest_framework",
    "django_filters",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "guardian",
    "auditlog",
    "django_celery_beat",
    "djmoney",
    "channels",
    "csp",
    "axes",
    "oauth2_provider",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    *COMPONENTS,
]

MIDDLEWARE = [
    "hotel.core.proxies.TrustedProxyMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "hotel.core.answer_headers.AnswerHeadersMiddleware",
    "hotel.core.card_guard.CardHeadersMiddleware",
    "hotel.core.middleware.RequestIdMiddleware",
    "hotel.core.proxies.ApiOverTlsMiddleware",
    "hotel.core.security_events.SecurityEventsMiddleware",
    "hotel.monitoring.middleware.ApiMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "hotel.accounts.middleware.SignInGate",
    "hotel.accounts.languages.LanguageMiddleware",
    "hotel.accounts.shoulder_gate.ImpersonationMiddleware",
    "hotel.properties.middleware.TenantMiddleware",
    "hotel.core.middleware.ActorMiddleware",
    "hotel.properties.read_only_gate.ReadOnlyMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "hotel.core.audit.AuditMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "hotel.core.card_guard.CardDataMiddleware",
    "hotel.monitoring.api.deprecation.DeprecationMiddleware",
    "hotel.core.conflict_pages.ConflictPages",
]

ROOT_URLCONF = "config.urls"
ASGI_APPLICATION = "config.asgi.application"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    ["django.template.loaders.filesystem.Loader", "hotel.core.template_patches.Loader"],
                )
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "hotel.dashboard.shell.shell",
            ],
            "builtins": ["hotel.core.templatetags.pms"],
        },
    }
]

AUTH_USER_MODEL = "accounts.User"
LOGIN_URL = "/login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/login"

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("de", "Deutsch"), ("es", "Español")]
LOCALE_PATHS = [BASE_DIR / "hotel" / "core" / "locale"]
TIME_ZONE = "UTC"
USE_I18N = True
USE_TZ = True

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
APPEND_SLASH = False
