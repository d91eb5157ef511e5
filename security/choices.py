"""Closed lists of security."""

from django.db.models import TextChoices


class Risk(TextChoices):
    """What a right could do in the wrong hands."""

    ORDINARY = "ordinary", "Ordinary"
    SENSITIVE = "sensitive", "Sensitive"
    PRIVILEGED = "privileged", "Privileged"


class ConflictAction(TextChoices):
    """What happens when one person would hold two duties that are to be kept apart."""

    WARN = "warn", "Show it"
    FORBID = "forbid", "Refuse it"


class RequestStatus(TextChoices):
    """Where a request for rights stands."""

    OPEN = "open", "Waiting for a second pair of eyes"
    APPROVED = "approved", "Approved"
    REFUSED = "refused", "Refused"
    WITHDRAWN = "withdrawn", "Withdrawn"
    LAPSED = "lapsed", "Lapsed"


class ReviewSubject(TextChoices):
    """What one line of an access review is about."""

    ROLE = "role", "Role"
    DIRECT = "direct", "Direct grant"
    TOKEN = "token", "Token"


class ReviewDecision(TextChoices):
    """What the reviewer says of a line."""

    OPEN = "open", "Undecided"
    KEEP = "keep", "Keep"
    REVOKE = "revoke", "Revoke"


class EmergencyVerdict(TextChoices):
    """What another person says of an emergency access afterwards."""

    OPEN = "open", "Not looked at yet"
    JUSTIFIED = "justified", "Justified"
    UNJUSTIFIED = "unjustified", "Not justified"


class TrailOperation(TextChoices):
    """What an entry of the trail tells of."""

    INSERT = "I", "created"
    UPDATE = "U", "changed"
    DELETE = "D", "deleted"
    TRUNCATE = "T", "table emptied"
    READ = "R", "personal data read"


class TrailJobStatus(TextChoices):
    """How far a check or an export is."""

    WAITING = "waiting", "Waiting"
    RUNNING = "running", "Running"
    DONE = "done", "Done"
    FAILED = "failed", "Failed"
