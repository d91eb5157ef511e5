"""Names with a fixed meaning in the hotel day."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class AuditStatus(TextChoices):
    """Where the audit of a business date stands."""

    REQUESTED = "requested", pgettext_lazy("night audit", "Requested")
    BLOCKED = "blocked", _("Blocked: something has to be done first")
    RUNNING = "running", _("Running, or stopped in between")
    FINISHED = "finished", _("Finished")


class StepName(TextChoices):
    """The steps of a night audit, in their order."""

    CHECKS = "checks", _("Look for what blocks the day")
    NO_SHOWS = "no_shows", _("Mark arrivals that did not come")
    NIGHTS = "nights", _("Post room, packages and taxes of the night")
    FIXED_CHARGES = "fixed_charges", _("Post fixed charges")
    ALLOWANCES = "allowances", _("Book what is left of package allowances")
    ROOMS = "rooms", _("Turn occupied rooms dirty")
    STATISTICS = "statistics", _("Take the figures of the day")
    PROOF = "proof", _("Prove figures = revenue = ledger")
    ROLL = "roll", _("Open the next business day")


class StepStatus(TextChoices):
    """Where a step stands; one that was broken off is pending again."""

    PENDING = "pending", _("Pending")
    DONE = "done", _("Done")


class MoveRate(TextChoices):
    """What a move to a room of another type costs from tonight on."""

    KEEP = "keep", _("Keep the price")
    NEW = "new", _("Price of the new type")
