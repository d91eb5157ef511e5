"""Closed lists of keys."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class KeySource(TextChoices):
    """Where wrapping keys are read."""

    ENV = "env", _("Environment")
    FILE = "file", _("File")
    KMS = "kms", _("Key service")


class KeyState(TextChoices):
    """What a wrapping key does."""

    IN_FORCE = "in_force", _("Wraps")
    READABLE = "readable", _("Unwraps only")
    RETIRED = "retired", _("Taken away")
    MISSING = "missing", _("Missing, but needed")
    CHANGED = "changed", _("Not the key it was")


class RotationKind(TextChoices):
    """What a change of keys changes."""

    WRAPPING = "wrapping", _("Wrapping key")
    INDEX = "index", _("Index key")


class RotationStatus(TextChoices):
    """Where a change of keys stands."""

    RUNNING = "running", _("Running")
    DONE = "done", _("Done")
    FAILED = "failed", _("Stopped")
