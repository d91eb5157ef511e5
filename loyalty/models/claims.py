"""Claims for stays that earned nothing."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from hotel.core.models_base import TimeStamped
from loyalty.choices import ClaimStatus
from loyalty.models.members import LoyaltyMember
from loyalty.models.points import PointTransaction
from loyalty.querysets import ThroughMember


class StayClaim(TimeStamped):
    """A member says that a stay of his is missing. Somebody else than who asked looks at it and decides."""

    member = models.ForeignKey(LoyaltyMember, on_delete=models.PROTECT, related_name="claims", db_index=False)
    property = models.ForeignKey(
        "properties.Property", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    reservation = models.ForeignKey(
        "reservations.Reservation",
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        db_index=False,
        help_text="None for a stay that the house does not know.",
    )
    stated_number = models.CharField(max_length=40, blank=True, help_text="Reservation number, as he says.")
    arrival = models.DateField()
    departure = models.DateField()
    evidence = models.CharField(max_length=1000, help_text="What he showed, in words.")
    status = models.CharField(max_length=8, choices=ClaimStatus, default=ClaimStatus.WAITING, editable=False)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    decided_at = models.DateTimeField(null=True, editable=False)
    because = models.CharField(max_length=200, blank=True, help_text="Why it was decided so.")
    transaction = models.OneToOneField(
        PointTransaction, on_delete=models.PROTECT, null=True, editable=False, related_name="claim"
    )

    objects = ThroughMember.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["member", "property", "departure"],
                condition=~Q(status=ClaimStatus.REFUSED),
                name="loyalty_claim_once",
            ),
            models.UniqueConstraint(
                fields=["reservation"],
                condition=~Q(status=ClaimStatus.REFUSED) & Q(reservation__isnull=False),
                name="loyalty_claim_of_stay_once",
            ),
            models.CheckConstraint(condition=~Q(evidence=""), name="loyalty_claim_has_evidence"),
            models.CheckConstraint(
                condition=Q(departure__gte=F("arrival")), name="loyalty_claim_days_in_order"
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("asked_by")), name="loyalty_claim_four_eyes"
            ),
            models.CheckConstraint(
                condition=Q(transaction=None) | Q(status=ClaimStatus.APPROVED, reservation=None),
                name="loyalty_claim_points_when_approved",
            ),
        ]
        indexes = [
            models.Index(
                fields=["property", "id"],
                condition=Q(status=ClaimStatus.WAITING),
                name="loyalty_claim_open",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member}, {self.departure}"
