"""Looks at the database, the trail and the keys."""

from datetime import timedelta

from django.conf import settings
from django.db import connection
from django_celery_beat.models import PeriodicTask

from hotel.core.clock import now
from hotel.core.models import SecurityEvent
from hotel.properties.selectors.ties import ties_unmet_sql
from hotel.properties.selectors.walls import walls as walls_wanted
from security.choices import TrailJobStatus
from security.domain.compliance import Look
from security.key_choices import KeyState
from security.models import AuditSeal, DataEncryption, TrailJob
from security.selectors.captured import unwatched
from security.selectors.checks.looks import bad, good, told, unknown
from security.selectors.keys import coverage
from security.selectors.trail import seal_lag, unknown_actors

MONTH = timedelta(days=31)
KEY_DAYS = 400
SEAL_MINUTES = 15
_FORCED = """
    SELECT relname FROM pg_class
     WHERE relnamespace = current_schema()::regnamespace AND relrowsecurity AND relforcerowsecurity
"""
_ROLE = """
    SELECT rolname, rolsuper, rolbypassrls, has_table_privilege('security_auditlog', 'UPDATE, DELETE')
      FROM pg_roles WHERE rolname = current_user
"""


def walls() -> Look:
    """Row-level security is forced on every table with rows of a property."""
    with connection.cursor() as cursor:
        cursor.execute(_FORCED)
        forced = {table for (table,) in cursor.fetchall()}
    wanted = {wall.table for wall in walls_wanted()}
    missing = sorted(wanted - forced)
    return told(not missing, f"Forced on {len(wanted)} tables.", f"Not forced on: {', '.join(missing[:5])}.")


def ties() -> Look:
    """Foreign keys between rows of properties stay within the property, also in old rows."""
    with connection.cursor() as cursor:
        cursor.execute(ties_unmet_sql())
        unmet = [f"{table}.{columns[-1]}" for table, columns, _ in cursor.fetchall()]
    return told(not unmet, "All of them.", f"Not, or not for all rows: {', '.join(unmet[:5])}.")


def database_role() -> Look:
    """The role of this process is no superuser, is held by the walls, and cannot rewrite the trail."""
    with connection.cursor() as cursor:
        cursor.execute(_ROLE)
        name, is_super, is_free, may_rewrite = cursor.fetchone()
    wrong = [
        word
        for word, is_so in (
            ("is a superuser", is_super),
            ("passes by row-level security", is_free),
            ("may change the trail", may_rewrite),
        )
        if is_so
    ]
    return told(not wrong, f"{name} has the rights it needs.", f"{name} {' and '.join(wrong)}.")


def trail_guarded() -> Look:
    """The triggers of the trail are on every table that is watched."""
    open_ones = unwatched()
    return told(not open_ones, "On every watched table.", f"Not watched: {', '.join(open_ones[:5])}.")


def trail_sealed() -> Look:
    """Entries are sealed soon."""
    minutes = int(seal_lag().total_seconds() // 60)
    return told(
        minutes <= SEAL_MINUTES, f"The oldest waits for {minutes} minutes.", f"{minutes} minutes behind."
    )


def trail_exported() -> Look:
    """Signed heads have left the database."""
    newest = AuditSeal.objects.order_by("-number").first()
    if newest is None:
        return unknown("Nothing is sealed yet.")
    waiting = AuditSeal.objects.filter(exported_at=None, sealed_at__lt=now() - timedelta(hours=1)).count()
    return told(
        not waiting and bool(settings.AUDIT_HEAD_EXPORTERS),
        f"The newest head is of seal {newest.number}.",
        f"{waiting} heads have not left the database.",
    )


def trail_verified() -> Look:
    """The whole trail was checked within a month, and nothing was found."""
    done = (
        TrailJob.objects.filter(kind=TrailJob.VERIFY, status=TrailJobStatus.DONE)
        .order_by("-finished_at")
        .first()
    )
    if done is None or done.finished_at is None:
        return unknown("The trail was never checked. Begin a check on the page of the trail.")
    if not done.result.get("is_sound"):
        return bad(f"The check of {done.finished_at:%Y-%m-%d} found that something was changed.")
    detail = f"Checked on {done.finished_at:%Y-%m-%d}: {done.result.get('rows', 0)} entries, nothing found"
    is_old = done.finished_at < now() - MONTH
    return unknown(f"{detail}; that is more than a month ago.") if is_old else good(f"{detail}.")


def trail_kept() -> Look:
    """Entries stay for a year at least."""
    months = settings.AUDIT_KEPT_MONTHS
    return told(months >= 12, f"{months} months in the database, then in files.", f"{months} months only.")


def trail_names_people() -> Look:
    """Every change of the last month names who made it."""
    count = unknown_actors(MONTH)
    return told(not count, "Every change names somebody.", f"{count} changes name nobody.")


def events_kept() -> Look:
    """Security events are written down."""
    count = SecurityEvent.objects.filter(occurred_at__gte=now() - MONTH).count()
    return good(f"{count} in the last 31 days.")


def encrypted_columns() -> Look:
    """No encrypted column holds a row in clear."""
    lines = coverage()
    clear = sorted(line["column"] for line in lines if line["clear"])
    return told(not clear, f"{len(lines)} columns, none in clear.", f"In clear: {', '.join(clear[:5])}.")


def keys_sound() -> Look:
    """One wrapping key is in force, none is missing or changed."""
    states = list(DataEncryption.objects.values_list("state", flat=True))
    wrong = [state for state in states if state in (KeyState.MISSING, KeyState.CHANGED)]
    if not states:
        return unknown("No key was seen yet; a worker looks each minute.")
    return told(
        KeyState.IN_FORCE in states and not wrong, "One is in force.", f"{len(wrong)} missing or changed."
    )


def key_age() -> Look:
    """The wrapping key was changed within a good year."""
    since = (
        DataEncryption.objects.filter(state=KeyState.IN_FORCE).values_list("in_force_at", flat=True).first()
    )
    if since is None:
        return unknown("No wrapping key is known to be in force.")
    age = (now() - since).days
    return told(age <= KEY_DAYS, f"In force for {age} days.", f"In force for {age} days: change it.")


def card_scan() -> Look:
    """Card data was looked for within eight days, and none was found."""
    found = SecurityEvent.objects.filter(kind="card_data_found", occurred_at__gte=now() - MONTH).count()
    if found:
        return bad(f"Card data was found in {found} places within 31 days.")
    last = (
        PeriodicTask.objects.filter(task="hotel.core.tasks.card_data_scan")
        .values_list("last_run_at", flat=True)
        .first()
    )
    if last is None or last < now() - timedelta(days=8):
        return unknown("The weekly search did not run within eight days.")
    return good(f"Looked for on {last:%Y-%m-%d}; none found.")
