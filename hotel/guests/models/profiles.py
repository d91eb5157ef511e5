"""Where a profile is known: the link that makes it visible, its search text and its figures there."""

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from djmoney.models.fields import MoneyField

from hotel.properties.scoping import PropertyScopedModel


class ProfileAtProperty(PropertyScopedModel):
    """A guest or a company at one property.

    ``search_text`` is written by services: lower case, without accents, the last name first. The lifetime
    figures are recomputed from reservations and never typed; nights are business dates slept here.
    """

    guest = models.ForeignKey("guests.Guest", on_delete=models.CASCADE, null=True, related_name="profiles")
    company = models.ForeignKey(
        "guests.Company", on_delete=models.CASCADE, null=True, related_name="profiles"
    )
    search_text = models.CharField(max_length=800, blank=True, editable=False)
    stays = models.PositiveIntegerField(default=0, editable=False)
    nights = models.PositiveIntegerField(default=0, editable=False)
    cancellations = models.PositiveIntegerField(default=0, editable=False)
    no_shows = models.PositiveIntegerField(default=0, editable=False)
    revenue = MoneyField(max_digits=14, decimal_places=3, null=True, default_currency=None, editable=False)
    first_stay_on = models.DateField(null=True, editable=False, help_text="Business date of arrival.")
    last_stay_on = models.DateField(null=True, editable=False, help_text="Business date of arrival.")
    recomputed_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name_plural = "profiles at properties"
        ordering = ["property_id", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(guest__isnull=False, company=None) | Q(guest=None, company__isnull=False),
                name="profile_guest_or_company",
            ),
            models.UniqueConstraint(
                fields=["property", "guest"], condition=Q(guest__isnull=False), name="profile_guest_once"
            ),
            models.UniqueConstraint(
                fields=["property", "company"],
                condition=Q(company__isnull=False),
                name="profile_company_once",
            ),
        ]
        indexes = [
            GinIndex(
                fields=["property", "search_text"],
                opclasses=["int8_ops", "gin_trgm_ops"],
                name="profile_search",
                fastupdate=False,  # a pending list would be read by every search
            ),
            models.Index(
                fields=["property", "search_text"],
                opclasses=["int8_ops", "text_pattern_ops"],
                name="profile_prefix",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.guest or self.company} @ {self.property}"
