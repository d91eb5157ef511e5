"""Closed lists of incidents."""

from django.db.models import TextChoices


class IncidentStatus(TextChoices):
    """Where an incident stands (NIST SP 800-61r3: detect, respond, recover, improve)."""

    DETECTED = "detected", "Detected"
    TRIAGED = "triaged", "Looked at"
    DECLARED = "declared", "Declared"
    CONTAINED = "contained", "Contained"
    ERADICATED = "eradicated", "Cause removed"
    RECOVERING = "recovering", "Recovering"
    RECOVERED = "recovered", "Recovered"
    REVIEWED = "reviewed", "Reviewed"
    CLOSED = "closed", "Closed"
    FALSE_POSITIVE = "false_positive", "False alarm"


ENDED = (IncidentStatus.CLOSED, IncidentStatus.FALSE_POSITIVE)


class IncidentSeverity(TextChoices):
    """How bad it is."""

    LOW = "low", "Low"
    MEDIUM = "medium", "Medium"
    HIGH = "high", "High"
    CRITICAL = "critical", "Critical"


class IncidentCategory(TextChoices):
    """What an incident is about; a playbook exists for each."""

    SIGN_IN = "sign_in", "Attack on signing in"
    ACCOUNT = "account", "Account in wrong hands"
    TOKEN = "token", "Token or integrator in wrong hands"
    PROBING = "probing", "Probing of what is not one's own"
    PERSONAL_DATA = "personal_data", "Personal data taken or lost"
    INTEGRITY = "integrity", "Records were tampered with"
    MONEY = "money", "Money moved without right"
    LOAD = "load", "Flood of requests"
    OTHER = "other", "Something else"


class BreachRisk(TextChoices):
    """The risk of a breach for the people concerned (GDPR 33(1), 34(1))."""

    UNKNOWN = "unknown", "Not assessed yet"
    UNLIKELY = "unlikely", "Unlikely: the authority need not be told"
    LIKELY = "likely", "Likely: the authority is told"
    HIGH = "high", "High: the people concerned are told, too"


class EntryKind(TextChoices):
    """What a line of the timeline tells of."""

    OPENED = "opened", "Opened"
    SIGNAL = "signal", "Seen again"
    STATUS = "status", "Came further"
    NOTE = "note", "Note"
    STEP = "step", "Containment"
    EVIDENCE = "evidence", "Evidence"
    ASSESSED = "assessed", "Assessed"
    REMINDER = "reminder", "Reminder"
    NOTICE = "notice", "Notice"


class EvidenceKind(TextChoices):
    """What was kept."""

    ROWS = "rows", "Rows of the house, as they were"
    TEXT = "text", "Words"
    FILE = "file", "A file kept elsewhere, by its hash"


class StepStatus(TextChoices):
    """Whether a step was taken."""

    OPEN = "open", "To do"
    DONE = "done", "Done"
    SKIPPED = "skipped", "Not needed"


class ContainmentAction(TextChoices):
    """What the house can do at once; see ``domain.containment.WAYS``."""

    END_SESSIONS = "end_sessions", "End all sessions"
    DISABLE_ACCOUNT = "disable_account", "Disable the account"
    REVOKE_TOKEN = "revoke_token", "Revoke the token"
    REVOKE_INTEGRATOR = "revoke_integrator", "Revoke the integrator"
    BLOCK_ADDRESS = "block_address", "Block the address"
    PAUSE_WEBHOOK = "pause_webhook", "Pause the webhook"
    FREEZE_EXPORTS = "freeze_exports", "Freeze exports"
    READ_ONLY = "read_only", "Stop all changes"
    NEW_PASSWORD = "new_password", "Force a new password"
    SECOND_STEP_ROLE = "second_step_role", "Require a second step of a role"
    SECOND_STEP_HOTEL = "second_step_hotel", "Require a second step at a hotel"
