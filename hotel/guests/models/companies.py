"""Companies, travel agents and sources of business."""

from django.db import models
from django.db.models import Q

from hotel.guests.choices import CompanyKind
from hotel.guests.models.contacts import Contactable
from hotel.guests.querysets import CompanyQuerySet


class Company(Contactable):
    """A business profile of the chain: it books, sends guests or pays for them."""

    chain = models.ForeignKey(
        "properties.Chain", on_delete=models.PROTECT, related_name="companies", db_index=False
    )
    kind = models.CharField(max_length=12, choices=CompanyKind.choices, default=CompanyKind.COMPANY)
    name = models.CharField(max_length=160)
    code = models.CharField(max_length=32, blank=True, help_text="As people type it; unique in the chain.")
    tax_number = models.CharField(max_length=40, blank=True)
    iata_number = models.CharField(max_length=16, blank=True, help_text="Of a travel agent.")
    commission_rate = models.DecimalField(
        max_digits=5, decimal_places=4, default=0, help_text="Share of the room price, 0–1."
    )
    ar_number = models.CharField(max_length=32, blank=True, help_text="Account in the city ledger.")
    is_active = models.BooleanField(default=True)

    objects = CompanyQuerySet.as_manager()

    def key_subject(self) -> str:
        """Whose key encrypts the row."""
        return f"company:{self.pk}"

    class Meta:
        verbose_name_plural = "companies"
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="company_has_name"),
            models.CheckConstraint(
                condition=Q(commission_rate__gte=0, commission_rate__lte=1), name="company_commission_share"
            ),
            models.UniqueConstraint(
                fields=["chain", "code"], condition=~Q(code=""), name="company_code_once"
            ),
            models.UniqueConstraint(
                fields=["chain", "ar_number"], condition=~Q(ar_number=""), name="company_ar_number_once"
            ),
        ]
        indexes = [models.Index(fields=["chain", "name"], name="company_name")]

    def __str__(self) -> str:
        return self.name
