"""Names with a fixed meaning."""

from django.db.models import TextChoices


class LimitKind(TextChoices):
    """What a role's amount limits."""

    REBATE = "rebate", "Rebate on a posted charge"
    REFUND = "refund", "Refund of a payment"


class ImpersonationEnd(TextChoices):
    """Why somebody looks over another's shoulder no more."""

    ASKED = "asked", "Ended by who looked"
    OVER = "over", "The time was over"
    WITHDRAWN = "withdrawn", "He may not any more"
    SIGNED_OUT = "signed_out", "Signed out"
    STOPPED = "stopped", "Stopped by somebody else"
