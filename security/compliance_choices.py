"""Names with a fixed meaning around evidence of compliance."""

from django.db.models import TextChoices


class Framework(TextChoices):
    """What the house is compared with; each has a file in ``security/frameworks``."""

    ASVS = "asvs", "OWASP ASVS 5.0.0"
    PCI = "pci", "PCI DSS 4.0.1"
    GDPR = "gdpr", "GDPR"


class Outcome(TextChoices):
    """What a requirement came to. There is no word for more than that."""

    CHECKED = "checked", "checked"
    FAILED = "failed", "failed"
    NEEDS_EVIDENCE = "needs_evidence", "needs evidence"
    NOT_APPLICABLE = "not_applicable", "not applicable"


class ReportStatus(TextChoices):
    """Where the making of a report is."""

    WAITING = "waiting", "Waiting"
    RUNNING = "running", "Being made"
    DONE = "done", "Done"
    FAILED = "failed", "Failed"
