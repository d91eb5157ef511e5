"""Names with a fixed meaning in papers."""

from django.db.models import TextChoices


class PaperKind(TextChoices):
    """What can be asked for."""

    REGISTRATION = "registration", "Registration cards"
    ARRIVALS = "arrivals", "Arrivals"
    IN_HOUSE = "in_house", "In house"
    DEPARTURES = "departures", "Departures"
    HOUSEKEEPING = "housekeeping", "Housekeeping sheet"
    ROOMING = "rooming", "Rooming list"
    AUDIT_PACK = "audit_pack", "Night-audit pack"
    DOWNTIME_PACK = "downtime_pack", "Downtime pack"


class PaperForm(TextChoices):
    """As what."""

    PDF = "pdf", "PDF"
    XLSX = "xlsx", "Excel"


class PaperStatus(TextChoices):
    """The life of a paper; only a ready one has a file."""

    WAITING = "waiting", "Waiting for a worker"
    MAKING = "making", "Being made"
    READY = "ready", "Ready"
    FAILED = "failed", "Not made"
    GONE = "gone", "Its time is over"


UNDONE = (PaperStatus.WAITING, PaperStatus.MAKING)
