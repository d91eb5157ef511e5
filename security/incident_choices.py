"""Closed lists of incidents."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class IncidentStatus(TextChoices):
    """Where an incident stands (NIST SP 800-61r3: detect, respond, recover, improve)."""

    DETECTED = "detected", _("Detected")
    TRIAGED = "triaged", _("Looked at")
    DECLARED = "declared", _("Declared")
    CONTAINED = "contained", _("Contained")
    ERADICATED = "eradicated", _("Cause removed")
    RECOVERING = "recovering", _("Recovering")
    RECOVERED = "recovered", _("Recovered")
    REVIEWED = "reviewed", pgettext_lazy("incident", "Reviewed")
    CLOSED = "closed", _("Closed")
    FALSE_POSITIVE = "false_positive", _("False alarm")


ENDED = (IncidentStatus.CLOSED, IncidentStatus.FALSE_POSITIVE)


class IncidentSeverity(TextChoices):
    """How bad it is."""

    LOW = "low", _("Low")
    MEDIUM = "medium", _("Medium")
    HIGH = "high", _("High")
    CRITICAL = "critical", _("Critical")


class IncidentCategory(TextChoices):
    """What an incident is about; a playbook exists for each."""

    SIGN_IN = "sign_in", _("Attack on signing in")
    ACCOUNT = "account", _("Account in wrong hands")
    TOKEN = "token", _("Token or integrator in wrong hands")
    PROBING = "probing", _("Probing of what is not one's own")
    PERSONAL_DATA = "personal_data", _("Personal data taken or lost")
    INTEGRITY = "integrity", _("Records were tampered with")
    MONEY = "money", _("Money moved without right")
    LOAD = "load", _("Flood of requests")
    OTHER = "other", _("Something else")


class BreachRisk(TextChoices):
    """The risk of a breach for the people concerned (GDPR 33(1), 34(1))."""

    UNKNOWN = "unknown", _("Not assessed yet")
    UNLIKELY = "unlikely", _("Unlikely: the authority need not be told")
    LIKELY = "likely", _("Likely: the authority is told")
    HIGH = "high", _("High: the people concerned are told, too")


class EntryKind(TextChoices):
    """What a line of the timeline tells of."""

    OPENED = "opened", _("Opened")
    SIGNAL = "signal", _("Seen again")
    STATUS = "status", _("Came further")
    NOTE = "note", _("Note")
    STEP = "step", _("Containment")
    EVIDENCE = "evidence", _("Evidence")
    ASSESSED = "assessed", _("Assessed")
    REMINDER = "reminder", _("Reminder")
    NOTICE = "notice", _("Notice")


class EvidenceKind(TextChoices):
    """What was kept."""

    ROWS = "rows", _("Rows of the house, as they were")
    TEXT = "text", _("Words")
    FILE = "file", _("A file kept elsewhere, by its hash")


class StepStatus(TextChoices):
    """Whether a step was taken."""

    OPEN = "open", _("To do")
    DONE = "done", _("Done")
    SKIPPED = "skipped", _("Not needed")


class ContainmentAction(TextChoices):
    """What the house can do at once; see ``domain.containment.WAYS``."""

    END_SESSIONS = "end_sessions", _("End all sessions")
    DISABLE_ACCOUNT = "disable_account", _("Disable the account")
    REVOKE_TOKEN = "revoke_token", _("Revoke the token")
    REVOKE_INTEGRATOR = "revoke_integrator", _("Revoke the integrator")
    BLOCK_ADDRESS = "block_address", _("Block the address")
    PAUSE_WEBHOOK = "pause_webhook", _("Pause the webhook")
    FREEZE_EXPORTS = "freeze_exports", _("Freeze exports")
    READ_ONLY = "read_only", _("Stop all changes")
    NEW_PASSWORD = "new_password", _("Force a new password")
    SECOND_STEP_ROLE = "second_step_role", _("Require a second step of a role")
    SECOND_STEP_HOTEL = "second_step_hotel", _("Require a second step at a hotel")
