"""Names with a fixed meaning in the hotel day."""

from django.db.models import TextChoices


class AuditStatus(TextChoices):
    """Where the audit of a business date stands."""

    REQUESTED = "requested", "Requested"
    BLOCKED = "blocked", "Blocked: something has to be done first"
    RUNNING = "running", "Running, or stopped in between"
    FINISHED = "finished", "Finished"


class StepName(TextChoices):
    """The steps of a night audit, in their order."""

    CHECKS = "checks", "Look for what blocks the day"
    NO_SHOWS = "no_shows", "Mark arrivals that did not come"
    NIGHTS = "nights", "Post room, packages and taxes of the night"
    FIXED_CHARGES = "fixed_charges", "Post fixed charges"
    ALLOWANCES = "allowances", "Book what is left of package allowances"
    ROOMS = "rooms", "Turn occupied rooms dirty"
    STATISTICS = "statistics", "Take the figures of the day"
    PROOF = "proof", "Prove figures = revenue = ledger"
    ROLL = "roll", "Open the next business day"


class StepStatus(TextChoices):
    """Where a step stands; one that was broken off is pending again."""

    PENDING = "pending", "Pending"
    DONE = "done", "Done"


class MoveRate(TextChoices):
    """What a move to a room of another type costs from tonight on."""

    KEEP = "keep", "Keep the price"
    NEW = "new", "Price of the new type"
