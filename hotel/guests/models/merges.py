"""Merges of two profiles, and the queue of suspected duplicates."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from hotel.core.clock import now
from hotel.core.fields import EncryptedTextField
from hotel.core.models_base import SealedRow, TimeStamped
from hotel.guests.choices import MatchStatus
from hotel.guests.querysets import MatchQuerySet, MergeQuerySet


class GuestMerge(SealedRow, TimeStamped):
    """Two profiles made one, with all that is needed to take them apart again until ``unmerge_until``."""

    chain = models.ForeignKey("properties.Chain", on_delete=models.PROTECT, related_name="+", db_index=False)
    kept = models.ForeignKey("guests.Guest", on_delete=models.PROTECT, related_name="merges_kept")
    merged = models.ForeignKey("guests.Guest", on_delete=models.PROTECT, related_name="merges_lost")
    reason = models.CharField(max_length=400)
    snapshot = EncryptedTextField(help_text="JSON: both profiles before, and every re-pointed reference.")
    merged_at = models.DateTimeField(default=now)
    merged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    unmerge_until = models.DateTimeField()
    unmerged_at = models.DateTimeField(null=True)
    unmerged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    objects = MergeQuerySet.as_manager()

    def key_subject(self) -> str:
        """Whose key encrypts the row."""
        return f"guest:{self.kept_id}"

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(kept=F("merged")), name="merge_of_two"),
            models.UniqueConstraint(
                fields=["merged"], condition=Q(unmerged_at=None), name="merge_stands_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.merged_id} into {self.kept_id}"


class GuestMatch(TimeStamped):
    """Two profiles that may be one person, waiting for somebody to decide. ``first`` has the lower id."""

    chain = models.ForeignKey("properties.Chain", on_delete=models.PROTECT, related_name="+", db_index=False)
    first = models.ForeignKey("guests.Guest", on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey("guests.Guest", on_delete=models.CASCADE, related_name="+")
    score = models.DecimalField(max_digits=4, decimal_places=3, help_text="0–1.")
    reasons = models.JSONField(help_text="What spoke for and against, each with its points.")
    status = models.CharField(max_length=10, choices=MatchStatus.choices, default=MatchStatus.OPEN)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    objects = MatchQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "guest matches"
        ordering = ["-score", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="match_in_order"),
            models.UniqueConstraint(fields=["first", "second"], name="match_once"),
            models.CheckConstraint(condition=Q(score__gte=0, score__lte=1), name="match_score_share"),
            models.CheckConstraint(
                condition=Q(status="open", decided_at=None)
                | (~Q(status="open") & Q(decided_at__isnull=False)),
                name="match_decided_has_time",
            ),
        ]
        indexes = [
            models.Index(fields=["chain", "-score"], name="match_queue", condition=Q(status=MatchStatus.OPEN))
        ]

    def __str__(self) -> str:
        return f"{self.first_id} ~ {self.second_id} ({self.score})"
