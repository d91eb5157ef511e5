"""Names with a fixed meaning around evidence of compliance."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Framework(TextChoices):
    """What the house is compared with; each has a file in ``security/frameworks``."""

    ASVS = "asvs", _("OWASP ASVS 5.0.0")
    PCI = "pci", _("PCI DSS 4.0.1")
    GDPR = "gdpr", _("GDPR")


class Outcome(TextChoices):
    """What a requirement came to. There is no word for more than that."""

    CHECKED = "checked", _("checked")
    FAILED = "failed", _("failed")
    NEEDS_EVIDENCE = "needs_evidence", _("needs evidence")
    NOT_APPLICABLE = "not_applicable", _("not applicable")


class ReportStatus(TextChoices):
    """Where the making of a report is."""

    WAITING = "waiting", _("Waiting")
    RUNNING = "running", _("Being made")
    DONE = "done", _("Done")
    FAILED = "failed", _("Failed")
