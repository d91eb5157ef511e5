"""Memberships that were made one with their guests."""

from django.db import models
from django.db.models import F, Q

from hotel.core.models_base import TimeStamped
from loyalty.models.members import LoyaltyMember
from loyalty.querysets import MergeQuerySet


class MemberMerge(TimeStamped):
    """Two memberships of one programme became one when their guests did, with what takes them apart again."""

    guest_merge = models.ForeignKey(
        "guests.GuestMerge", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    kept = models.ForeignKey(
        LoyaltyMember, on_delete=models.PROTECT, related_name="merges_kept", db_index=False
    )
    merged = models.ForeignKey(LoyaltyMember, on_delete=models.PROTECT, related_name="+", db_index=False)
    on = models.DateField(help_text="In the programme's zone.")
    undone_on = models.DateField(null=True)
    snapshot = models.JSONField(
        default=dict, help_text="What the kept one was before and after, which accruals and credits came."
    )

    objects = MergeQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["guest_merge", "merged"], name="loyalty_merge_once"),
            models.UniqueConstraint(
                fields=["merged"], condition=Q(undone_on=None), name="loyalty_merge_stands_once"
            ),
            models.CheckConstraint(condition=~Q(kept=F("merged")), name="loyalty_merge_of_two"),
        ]
        indexes = [models.Index(fields=["kept"], name="loyalty_merge_kept")]

    def __str__(self) -> str:
        return f"{self.merged} into {self.kept}"
