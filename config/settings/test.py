"""For the test suite: fast hashes, mail in memory, no pool so that threads get connections of their own."""

import base64

from config.settings.base import *  # noqa: F403
from config.settings.base import DATABASES

SECRET_KEY = "test-only-not-secret"  # noqa: S105
KEY_CACHE_SECONDS = 3600  # no test counts a query more because another one was slow
FIELD_KEYS = ["t1:" + base64.b64encode(b"0123456789abcdef0123456789abcdef").decode()]
AUDIT_SEAL_KEYS = ["s1:" + base64.b64encode(b"a seed of 32 bytes for the tests").decode()]
AUDIT_HEADS_FILE = "/tmp/auberge-test-trail/heads.jsonl"  # noqa: S108
AUDIT_ARCHIVE_DIR = "/tmp/auberge-test-trail/archive"  # noqa: S108
AUDIT_EXPORT_DIR = "/tmp/auberge-test-trail/exports"  # noqa: S108
BACKUP_DIR = "/tmp/auberge-test-backups"  # noqa: S108
ALLOWED_HOSTS = ["*"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
DATABASES["default"]["OPTIONS"].pop("pool", None)
# Between tests with real commits every table is emptied, also those that keep the ledger.
DATABASES["default"]["OPTIONS"]["options"] += " -c auberge.ledger_emptying=on"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
CHANNEL_LAYERS = {"default": {"BACKEND": "channels.layers.InMemoryChannelLayer"}}
# Hints go nowhere in tests: a test that wants delivery drains the outbox itself.
CELERY_BROKER_URL = "memory://"
OUTBOX_HINTS = False
WHITENOISE_AUTOREFRESH = True
MEDIA_ROOT = "/tmp/auberge-test-media"  # noqa: S108
DEMO_ALLOWED = True
# One address and one process ask for everything here: rules count, and refuse nobody.
RATE_LIMIT_STORE = "local"
RATE_LIMITS_ENFORCED = False
API_ATTENDANT = False
# The machine that tests may have little room; a test that wants to see what follows says so.
DISK_LOW_PERCENT = DISK_READ_ONLY_PERCENT = 0
