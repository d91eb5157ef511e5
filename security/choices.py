"""Closed lists of security."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Risk(TextChoices):
    """What a right could do in the wrong hands."""

    ORDINARY = "ordinary", _("Ordinary")
    SENSITIVE = "sensitive", _("Sensitive")
    PRIVILEGED = "privileged", _("Privileged")


class ConflictAction(TextChoices):
    """What happens when one person would hold two duties that are to be kept apart."""

    WARN = "warn", _("Show it")
    FORBID = "forbid", _("Refuse it")


class RequestStatus(TextChoices):
    """Where a request for rights stands."""

    OPEN = "open", _("Waiting for a second pair of eyes")
    APPROVED = "approved", _("Approved")
    REFUSED = "refused", _("Refused")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    LAPSED = "lapsed", _("Lapsed")


class ReviewSubject(TextChoices):
    """What one line of an access review is about."""

    ROLE = "role", _("Role")
    DIRECT = "direct", _("Direct grant")
    TOKEN = "token", _("Token")


class ReviewDecision(TextChoices):
    """What the reviewer says of a line."""

    OPEN = "open", _("Undecided")
    KEEP = "keep", _("Keep")
    REVOKE = "revoke", _("Revoke")


class EmergencyVerdict(TextChoices):
    """What another person says of an emergency access afterwards."""

    OPEN = "open", _("Not looked at yet")
    JUSTIFIED = "justified", _("Justified")
    UNJUSTIFIED = "unjustified", _("Not justified")


class TrailOperation(TextChoices):
    """What an entry of the trail tells of."""

    INSERT = "I", _("created")
    UPDATE = "U", _("changed")
    DELETE = "D", _("deleted")
    TRUNCATE = "T", _("table emptied")
    READ = "R", _("personal data read")


class TrailJobStatus(TextChoices):
    """How far a check or an export is."""

    WAITING = "waiting", _("Waiting")
    RUNNING = "running", _("Running")
    DONE = "done", _("Done")
    FAILED = "failed", _("Failed")
