"""Names with a fixed meaning in papers."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class PaperKind(TextChoices):
    """What can be asked for."""

    REGISTRATION = "registration", _("Registration cards")
    ARRIVALS = "arrivals", _("Arrivals")
    IN_HOUSE = "in_house", _("In house")
    DEPARTURES = "departures", _("Departures")
    HOUSEKEEPING = "housekeeping", _("Housekeeping sheet")
    ROOMING = "rooming", _("Rooming list")
    AUDIT_PACK = "audit_pack", _("Night-audit pack")
    DOWNTIME_PACK = "downtime_pack", _("Downtime pack")


class PaperForm(TextChoices):
    """As what."""

    PDF = "pdf", _("PDF")
    XLSX = "xlsx", _("Excel")


class PaperStatus(TextChoices):
    """The life of a paper; only a ready one has a file."""

    WAITING = "waiting", _("Waiting for a worker")
    MAKING = "making", _("Being made")
    READY = "ready", _("Ready")
    FAILED = "failed", _("Not made")
    GONE = "gone", _("Its time is over")


UNDONE = (PaperStatus.WAITING, PaperStatus.MAKING)
