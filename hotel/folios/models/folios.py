"""Folios and their windows."""

from django.db import models
from django.db.models import Q
from moneyed import Money

from hotel.core.actions import Action
from hotel.core.models_base import Versioned
from hotel.folios.choices import FolioKind, FolioStatus
from hotel.folios.querysets import FolioQuerySet
from hotel.properties.scoping import PropertyScopedModel

MAX_WINDOWS = 8


class Folio(PropertyScopedModel, Versioned):
    """An account that charges and payments are posted on, in up to eight windows with payers of their own.

    A stay has one open guest folio at most; what comes after it was closed goes on another one.
    """

    number = models.CharField(max_length=40, editable=False)
    kind = models.CharField(max_length=8, choices=FolioKind)
    name = models.CharField(max_length=120, blank=True, help_text="Of accounts without a stay.")
    reservation = models.ForeignKey(
        "reservations.Reservation", on_delete=models.PROTECT, null=True, blank=True, related_name="folios"
    )
    status = models.CharField(max_length=6, choices=FolioStatus, default=FolioStatus.OPEN)
    currency = models.CharField(max_length=3, editable=False)
    opened_on = models.DateField(help_text="Business date.")
    closed_on = models.DateField(null=True, blank=True, help_text="Business date.")

    balance: Money  # as shown: see selectors.folios
    actions: list[Action]

    objects = FolioQuerySet.as_manager()

    class Meta:
        ordering = ["property_id", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["property", "number"], name="folio_number_once"),
            models.UniqueConstraint(
                fields=["property", "reservation"],
                condition=Q(kind=FolioKind.GUEST, status=FolioStatus.OPEN),
                name="folio_open_once_per_stay",
            ),
            models.CheckConstraint(
                condition=Q(kind=FolioKind.GUEST, reservation__isnull=False)
                | ~Q(kind=FolioKind.GUEST) & Q(reservation=None),
                name="folio_of_a_guest_has_a_stay",
            ),
            models.CheckConstraint(
                condition=Q(status=FolioStatus.OPEN, closed_on=None)
                | Q(status=FolioStatus.CLOSED, closed_on__isnull=False),
                name="folio_closed_says_when",
            ),
        ]
        indexes = [models.Index(fields=["property", "status", "kind"], name="folio_status")]

    def __str__(self) -> str:
        return self.number


class FolioWindow(PropertyScopedModel):
    """A part of a folio that one payer settles; closed, it takes no postings."""

    folio = models.ForeignKey(Folio, on_delete=models.PROTECT, related_name="windows", db_index=False)
    number = models.PositiveSmallIntegerField()
    label = models.CharField(max_length=60, blank=True)
    guest = models.ForeignKey(
        "guests.Guest", on_delete=models.PROTECT, null=True, blank=True, related_name="folio_windows"
    )
    company = models.ForeignKey(
        "guests.Company", on_delete=models.PROTECT, null=True, blank=True, related_name="folio_windows"
    )
    closed_at = models.DateTimeField(null=True, blank=True, editable=False)

    balance: Money  # as shown: see selectors.folios
    payer: str  # as shown to people, who may not know confidential guests

    class Meta:
        ordering = ["folio_id", "number"]
        constraints = [
            models.UniqueConstraint(fields=["folio", "number"], name="folio_window_once"),
            models.CheckConstraint(condition=Q(number__range=(1, MAX_WINDOWS)), name="folio_window_number"),
            models.CheckConstraint(
                condition=Q(guest=None) | Q(company=None), name="folio_window_has_one_payer"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.folio} / {self.number}"
