"""Looks at the ways to database, broker, mail and key service, at logs, libraries and backups."""

import json
import re
from datetime import UTC, date, datetime, timedelta
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from celery import current_app
from django.conf import settings
from django.db import connection

from hotel.core.clock import now
from hotel.monitoring.models import ApiHealth, RateLimit
from security.domain.compliance import Look
from security.selectors.checks.looks import bad, good, needless, told, unknown

HERE = frozenset({"", "localhost", "127.0.0.1", "::1"})
BACKUP_AGE = timedelta(hours=26)
ADVISORY_DAYS = 7
_PIN = re.compile(r"^([A-Za-z0-9][\w.-]*)(?:\[[^\]]*\])?==([^\s;\\]+)", re.MULTILINE)


def database_tls() -> Look:
    """The way to PostgreSQL: encrypted and checked, or within this machine."""
    database = settings.DATABASES["default"]
    host, mode = str(database.get("HOST") or ""), database.get("OPTIONS", {}).get("sslmode", "")
    if host in HERE or host.startswith("/"):
        return good("The database is on this machine.")
    return told(mode == "verify-full", "sslmode is verify-full.", f"sslmode is {mode or 'not set'}.")


def redis_tls() -> Look:
    """The way to Redis: encrypted, or within this machine."""
    if not settings.REDIS_URL:
        return needless("No Redis is configured.")
    parts = urlsplit(settings.REDIS_URL)
    is_good = parts.scheme in ("rediss", "unix") or (parts.hostname or "") in HERE
    return told(is_good, "Encrypted, or on this machine.", "REDIS_URL is not encrypted.")


def mail_tls() -> Look:
    """The way to the mail server."""
    if "smtp" not in settings.EMAIL_BACKEND:
        return needless("No mail server is configured.")
    is_good = settings.EMAIL_USE_TLS or settings.EMAIL_USE_SSL or settings.EMAIL_HOST in HERE
    return told(is_good, "Encrypted, or on this machine.", "Mail leaves without TLS.")


def keys_service_tls() -> Look:
    """The way to the key service."""
    if settings.KEY_SOURCE != "kms":
        return needless("No key service is in use.")
    return told(settings.KMS_URL.startswith("https://"), "https.", "KMS_URL is not an https address.")


def key_source() -> Look:
    """Where wrapping keys are read."""
    has_keys = bool(settings.FIELD_KEYS or settings.FIELD_KEYS_FILE)
    return told(has_keys, f"Read from: {settings.KEY_SOURCE}.", "No wrapping key is configured.")


def webhooks_stay_outside() -> Look:
    """Webhooks reach no address inside."""
    return told(not settings.WEBHOOK_ALLOW_PRIVATE, "Public addresses only.", "WEBHOOK_ALLOW_PRIVATE is on.")


def rate_limits() -> Look:
    """Too many calls are refused."""
    rules = RateLimit.objects.filter(is_active=True).count()
    is_good = settings.RATE_LIMITS_ENFORCED and rules > 0
    return told(
        is_good, f"{rules} rules are in force.", f"RATE_LIMITS_ENFORCED is off, or of {rules} rules none."
    )


def task_messages() -> Look:
    """Workers read plain data only."""
    accepted = {str(kind).rpartition("/")[2] for kind in current_app.conf.accept_content}
    return told(accepted == {"json"}, "JSON only.", f"Accepted: {', '.join(sorted(accepted))}.")


def no_repository() -> Look:
    """No history of the source beside the code that runs."""
    is_there = (Path(settings.BASE_DIR) / ".git").exists()
    return told(not is_there, "There is none.", "The folder of the code holds .git.")


def _handlers() -> dict[str, Any]:
    handlers: dict[str, Any] = settings.LOGGING["handlers"]  # type: ignore[assignment]
    return handlers


def log_format() -> Look:
    """Lines that machines read."""
    kind = _handlers()["console"]["formatter"]
    return told(kind == "json", "JSON.", f"LOG_FORMAT is {kind}.")


def log_redaction() -> Look:
    """Every handler takes card data out of what it writes."""
    handlers = _handlers()
    open_ones = sorted(name for name, one in handlers.items() if "safe" not in one.get("filters", ()))
    return told(not open_ones, f"{len(handlers)} handlers do.", f"Not so: {', '.join(open_ones)}.")


def log_targets() -> Look:
    """The product writes logs to its standard output only."""
    kinds = {one["class"] for one in _handlers().values()}
    return told(kinds == {"logging.StreamHandler"}, "Standard output.", f"Also: {', '.join(sorted(kinds))}.")


def clock() -> Look:
    """The clocks of process and database agree."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        apart = abs((cursor.fetchone()[0] - datetime.now(UTC)).total_seconds())
    return told(apart < 2, "Less than 2 seconds apart.", f"{apart:.0f} seconds apart.")


def health_looked_at() -> Look:
    """The house looks at itself each minute."""
    newest = ApiHealth.objects.order_by("-checked_at").values_list("checked_at", flat=True).first()
    if newest is None:
        return bad("Nobody has looked yet.")
    age = int((now() - newest).total_seconds() // 60)
    return told(age <= 5, "Within five minutes.", f"Last looked {age} minutes ago.")


def library_versions() -> Look:
    """What is installed is what is pinned with its hash."""
    pins: dict[str, set[str | None]] = {}  # several where Pythons differ
    for name, pinned in _PIN.findall(
        (Path(settings.BASE_DIR) / "requirements/base.txt").read_text(encoding="utf-8")
    ):
        pins.setdefault(name, {None}).add(pinned)
    other = sorted(name for name, wanted in pins.items() if _installed(name) not in wanted)
    return told(bool(pins) and not other, f"{len(pins)} as pinned.", f"Not as pinned: {', '.join(other)}.")


def _installed(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None  # of another system or Python


def advisories_age() -> Look:
    """How old the copy of public advisories is that libraries were compared with."""
    path = Path(settings.BASE_DIR) / "config/audit/advisories.json"
    try:
        taken = date.fromisoformat(json.loads(path.read_text(encoding="utf-8"))["taken_on"])
    except (OSError, ValueError, KeyError):
        return unknown("There is no copy of advisories that can be read.")
    age = (now().date() - taken).days
    detail = f"The copy is of {taken}, {age} days old"
    return good(f"{detail}.") if age <= ADVISORY_DAYS else unknown(f"{detail}: what came since is unknown.")


def backup_age() -> Look:
    """How old the newest backup is."""
    folder = Path(settings.BACKUP_DIR)
    files = [path.stat().st_mtime for path in folder.glob("*.tar*")] if folder.is_dir() else []
    if not files:
        return unknown(f"No backup is to be seen in {folder.name}/; set BACKUP_DIR, or show it.")
    newest = datetime.fromtimestamp(max(files), UTC)
    detail = f"The newest is of {newest:%Y-%m-%d %H:%M} UTC."
    return told(now() - newest <= BACKUP_AGE, detail, detail)
