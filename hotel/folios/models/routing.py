"""Routing rules: who pays for what of a folio."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from hotel.folios.choices import LimitPer
from hotel.folios.models.folios import Folio, FolioWindow
from hotel.properties.scoping import PropertyScopedModel
from hotel.rates.choices import ChargeGroup
from hotel.rates.models.base import optional_amount_field, share_field


class RoutingRule(PropertyScopedModel):
    """Sends charges of a folio to a window, of this folio or another, for certain revenue days.

    Rules are asked in order of priority when a charge is posted. What a limit leaves goes on to the next rule, and at
    last to the first window. Used rules are ended by a date, never deleted: postings name the rule that sent them.
    """

    folio = models.ForeignKey(Folio, on_delete=models.PROTECT, related_name="routing_rules", db_index=False)
    window = models.ForeignKey(FolioWindow, on_delete=models.PROTECT, related_name="routing_rules")
    codes = ArrayField(
        models.CharField(max_length=32), default=list, blank=True, help_text="Codes of charges."
    )
    groups = ArrayField(
        models.CharField(max_length=10, choices=ChargeGroup), default=list, blank=True,
        help_text="Groups of charges; without codes and groups every charge.",
    )  # fmt: skip
    valid_from = models.DateField(help_text="First revenue day.")
    valid_until = models.DateField(null=True, blank=True, help_text="First revenue day it no longer counts.")
    priority = models.PositiveSmallIntegerField(default=10, help_text="The lowest is asked first.")
    limit_amount = optional_amount_field(help_text="At most so much, taxes inside.")
    limit_per = models.CharField(max_length=5, choices=LimitPer, default=LimitPer.DAY)
    limit_rate = share_field(null=True, blank=True, help_text="This share of each charge: 0.50 for half.")

    class Meta:
        ordering = ["folio_id", "priority", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_until__gte=F("valid_from")), name="routing_rule_dates"
            ),
            models.CheckConstraint(
                condition=Q(limit_amount=None) | Q(limit_amount__gt=0), name="routing_rule_limit_amount"
            ),
            models.CheckConstraint(
                condition=Q(limit_rate=None) | Q(limit_rate__gt=0, limit_rate__lte=1),
                name="routing_rule_limit_rate",
            ),
        ]
        indexes = [models.Index(fields=["folio", "priority"], name="routing_rule_folio")]

    def __str__(self) -> str:
        return f"{self.folio} → {self.window}"
