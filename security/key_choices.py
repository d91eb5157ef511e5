"""Closed lists of keys."""

from django.db.models import TextChoices


class KeySource(TextChoices):
    """Where wrapping keys are read."""

    ENV = "env", "Environment"
    FILE = "file", "File"
    KMS = "kms", "Key service"


class KeyState(TextChoices):
    """What a wrapping key does."""

    IN_FORCE = "in_force", "Wraps"
    READABLE = "readable", "Unwraps only"
    RETIRED = "retired", "Taken away"
    MISSING = "missing", "Missing, but needed"
    CHANGED = "changed", "Not the key it was"


class RotationKind(TextChoices):
    """What a change of keys changes."""

    WRAPPING = "wrapping", "Wrapping key"
    INDEX = "index", "Index key"


class RotationStatus(TextChoices):
    """Where a change of keys stands."""

    RUNNING = "running", "Running"
    DONE = "done", "Done"
    FAILED = "failed", "Stopped"
