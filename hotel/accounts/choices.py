"""Names with a fixed meaning."""

from django.db.models import TextChoices


class Theme(TextChoices):
    """Light or dark; empty for what the computer says."""

    COMPUTER = "", "As this computer"
    LIGHT = "light", "Light"
    DARK = "dark", "Dark"


class Density(TextChoices):
    """How high rows and buttons are; empty for 36 pixels."""

    STANDARD = "", "Standard"
    COMPACT = "compact", "Compact, for long lists"
    TOUCH = "touch", "High, for fingers"


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
