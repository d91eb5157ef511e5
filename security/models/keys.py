"""Keys that wrap data keys, as far as they may be shown, and changes of keys that run or ran."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from hotel.core.clock import now
from hotel.core.models_base import TimeStamped
from hotel.core.plugs import area_of
from hotel.monitoring.models.limits import holds_everywhere
from hotel.properties.scoping import sees_everything
from security.key_choices import KeySource, KeyState, RotationKind, RotationStatus


def sees_keys(user: Any, verb: str = "view") -> bool:
    """Whether the caller holds the verb at every property: keys belong to the whole installation."""
    return sees_everything(user) or holds_everywhere(user, verb, area_of("security"))


class WholeQuerySet(models.QuerySet):
    """Rows that concern the whole installation."""

    def visible_to(self, user: Any, verb: str = "view", area: str = "") -> Self:
        """All for who holds the verb at every property, none for others."""
        return self if sees_keys(user, verb) else self.none()


class DataEncryption(TimeStamped):
    """A version of the key that wraps data keys: what is known of it, never the key itself.

    Written by ``services/key_register.py`` only, which compares the keys that are configured with those that wrap.
    """

    key_id = models.CharField(max_length=32, unique=True, help_text="As in FIELD_KEYS.")
    check_value = models.CharField(
        max_length=16, help_text="Tells whether two keys of one name are the same; says nothing of the key."
    )
    source = models.CharField(max_length=4, choices=KeySource)
    state = models.CharField(max_length=8, choices=KeyState)
    in_force_at = models.DateTimeField(null=True, help_text="When it began to wrap.")
    retired_at = models.DateTimeField(null=True, help_text="When it was seen to be taken away.")

    objects = WholeQuerySet.as_manager()

    class Meta:
        verbose_name = "wrapping key"
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["state"], condition=Q(state=KeyState.IN_FORCE), name="wrapping_key_in_force_once"
            ),
            models.CheckConstraint(
                condition=~Q(state=KeyState.IN_FORCE) | Q(in_force_at__isnull=False, retired_at=None),
                name="wrapping_key_in_force_since",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[KeyState.RETIRED, KeyState.MISSING], retired_at__isnull=False)
                | ~Q(state__in=[KeyState.RETIRED, KeyState.MISSING]) & Q(retired_at=None),
                name="wrapping_key_taken_away_when",
            ),
        ]

    def __str__(self) -> str:
        return self.key_id


class KeyRotation(TimeStamped):
    """A change of keys: all data keys wrapped anew, or all keyed hashes written anew; worked off in batches.

    ``done`` and ``total`` count data keys, or rows that are searched by a hash.
    """

    kind = models.CharField(max_length=8, choices=RotationKind)
    status = models.CharField(max_length=8, choices=RotationStatus, default=RotationStatus.RUNNING)
    target = models.CharField(max_length=32, help_text="The wrapping key, or the version of the index key.")
    total = models.PositiveBigIntegerField(default=0)
    done = models.PositiveBigIntegerField(default=0)
    position = models.JSONField(
        default=dict, editable=False, help_text="Which index, and the last row of it."
    )
    failure = models.CharField(max_length=300, blank=True)
    started_at = models.DateTimeField(default=now)
    ended_at = models.DateTimeField(null=True)
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        db_index=False,
        help_text="None for a command.",
    )

    objects = WholeQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind"], condition=Q(status=RotationStatus.RUNNING), name="key_rotation_once"
            ),
            models.CheckConstraint(
                condition=Q(status=RotationStatus.RUNNING, ended_at=None)
                | ~Q(status=RotationStatus.RUNNING) & Q(ended_at__isnull=False),
                name="key_rotation_ended_when",
            ),
            models.CheckConstraint(condition=Q(done__lte=F("total")), name="key_rotation_done_of_total"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} to {self.target}"

    @property
    def percent(self) -> int:
        """How far it is, 0–100."""
        return 100 if not self.total else int(100 * self.done / self.total)
