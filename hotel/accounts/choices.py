"""Names with a fixed meaning."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Theme(TextChoices):
    """Light or dark; empty for what the computer says."""

    COMPUTER = "", _("As this computer")
    LIGHT = "light", _("Light")
    DARK = "dark", _("Dark")


class Density(TextChoices):
    """How high rows and buttons are; empty for 36 pixels."""

    STANDARD = "", _("Standard")
    COMPACT = "compact", _("Compact, for long lists")
    TOUCH = "touch", _("High, for fingers")


class LimitKind(TextChoices):
    """What a role's amount limits."""

    REBATE = "rebate", _("Rebate on a posted charge")
    REFUND = "refund", _("Refund of a payment")


class ImpersonationEnd(TextChoices):
    """Why somebody looks over another's shoulder no more."""

    ASKED = "asked", _("Ended by who looked")
    OVER = "over", _("The time was over")
    WITHDRAWN = "withdrawn", _("He may not any more")
    SIGNED_OUT = "signed_out", _("Signed out")
    STOPPED = "stopped", _("Stopped by somebody else")
