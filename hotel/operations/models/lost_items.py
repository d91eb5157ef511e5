"""Things that were found in the house."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from hotel.core.fields import EncryptedTextField
from hotel.core.models_base import SealedRow, Versioned
from hotel.operations.choices import LostItemKind, LostItemState
from hotel.properties.scoping import PropertyScopedModel
from hotel.reservations.models import Reservation
from hotel.rooms.models import Room


class LostItem(SealedRow, PropertyScopedModel, Versioned):
    """A thing that somebody left behind: kept until it is returned, shipped, or its time is over.

    Its owner, when known, is the guest of ``reservation``. Who signed for it and where it went are encrypted.
    """

    kind = models.CharField(max_length=11, choices=LostItemKind)
    description = models.CharField(max_length=200)
    room = models.ForeignKey(
        Room, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    location = models.CharField(max_length=80, blank=True, help_text="Where, when not in a room.")
    found_on = models.DateField(help_text="Business date.")
    found_at = models.DateTimeField()
    found_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    storage = models.CharField(max_length=80, help_text="Where it lies.")
    reservation = models.ForeignKey(
        Reservation,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        help_text="The stay of its owner, when known.",
    )
    keep_until = models.DateField(help_text="Business date from which it may be disposed of.")
    state = models.CharField(max_length=8, choices=LostItemState, default=LostItemState.KEPT, editable=False)
    ended_at = models.DateTimeField(null=True, editable=False)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        db_index=False,
    )
    because = models.CharField(max_length=200, blank=True, help_text="How it was disposed of, or a note.")
    signed_name = EncryptedTextField(blank=True, help_text="Who signed for it.")
    ship_to = EncryptedTextField(blank=True, help_text="Where it was sent.")
    carrier_reference = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering = ["property_id", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(description="") & ~Q(storage=""), name="operations_lost_described"
            ),
            models.CheckConstraint(
                condition=Q(room__isnull=False) | ~Q(location=""), name="operations_lost_is_somewhere"
            ),
            models.CheckConstraint(
                condition=Q(state=LostItemState.KEPT, ended_at=None)
                | (~Q(state=LostItemState.KEPT) & Q(ended_at__isnull=False, ended_at__gte=F("found_at"))),
                name="operations_lost_state",
            ),
            models.CheckConstraint(
                condition=Q(keep_until__gt=F("found_on")), name="operations_lost_kept_a_while"
            ),
            models.CheckConstraint(
                condition=~Q(state=LostItemState.DISPOSED) | ~Q(because=""),
                name="operations_lost_disposed_says_how",
            ),
        ]
        indexes = [
            models.Index(fields=["property", "state", "keep_until"], name="operations_lost_due"),
            models.Index(fields=["property", "room", "id"], name="operations_lost_room"),
        ]

    def __str__(self) -> str:
        return f"{self.description}, {self.room or self.location}"
