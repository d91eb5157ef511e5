"""Tax rules with their dates, and certificates of exemption."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, RangeOperators
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q

from hotel.core.uploads import CheckedFileField
from hotel.guests.models import Company
from hotel.properties.models.properties import CODE
from hotel.properties.scoping import PropertyScopedModel
from hotel.rates.choices import ChargeGroup, TaxMethod
from hotel.rates.models.base import optional_amount_field
from hotel.rates.models.prices import DateRange


class TaxRule(PropertyScopedModel):
    """One version of a tax, for the nights [``valid_from``, ``valid_until``). A change is a new version.

    Rules are computed in order of ``position``. A rule may be stacked on earlier ones: its base is the net amount
    plus theirs.
    """

    code = models.CharField(max_length=16, validators=[CODE])
    name = models.CharField(max_length=80)
    position = models.PositiveSmallIntegerField(default=10, help_text="The order of computation.")
    method = models.CharField(max_length=18, choices=TaxMethod)
    rate = models.DecimalField(
        max_digits=7, decimal_places=6, null=True, blank=True, validators=[MinValueValidator(0)],
        help_text="0.10 for ten percent.",
    )  # fmt: skip
    amount = optional_amount_field(help_text="Per person, room or stay, as the method says.")
    is_inclusive = models.BooleanField(default=True, help_text="Contained in prices, or added to them.")
    groups = ArrayField(
        models.CharField(max_length=10, choices=ChargeGroup),
        default=list,
        blank=True,
        help_text="The charges it is taken on; for shares of a charge only.",
    )
    stacked_on = ArrayField(
        models.CharField(max_length=16), default=list, blank=True, help_text="Codes of earlier rules."
    )
    max_nights = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="Each person pays for at most so many nights of a stay."
    )
    max_amount = optional_amount_field(
        help_text="At most so much of one charge: for each thing sold and night."
    )
    min_age = models.PositiveSmallIntegerField(default=0, help_text="Full years, inclusive.")
    max_age = models.PositiveSmallIntegerField(default=199, help_text="Full years, inclusive.")
    exempt_reasons = ArrayField(
        models.SlugField(max_length=30), default=list, blank=True, help_text="Such as resident or business."
    )
    valid_from = models.DateField(help_text="First night.")
    valid_until = models.DateField(null=True, blank=True, help_text="First night it no longer counts.")

    class Meta:
        ordering = ["property_id", "position", "code", "valid_from"]
        constraints = [
            models.CheckConstraint(
                condition=Q(method=TaxMethod.PERCENT, rate__gte=0, amount=None)
                | (~Q(method=TaxMethod.PERCENT) & Q(rate=None, amount__gte=0)),
                name="tax_rule_rate_or_amount",
            ),
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_until__gt=F("valid_from")), name="tax_rule_dates"
            ),
            models.CheckConstraint(condition=Q(min_age__lte=F("max_age")), name="tax_rule_ages"),
            models.CheckConstraint(
                condition=~Q(method__in=[TaxMethod.PER_PERSON_STAY, TaxMethod.PER_STAY])
                | Q(is_inclusive=False),
                name="tax_rule_per_stay_is_added",
            ),
            models.CheckConstraint(
                condition=Q(max_amount=None) | Q(max_amount__gte=0), name="tax_rule_max_amount"
            ),
            ExclusionConstraint(
                name="tax_rule_one_version_a_night",
                expressions=[
                    ("property", RangeOperators.EQUAL),
                    ("code", RangeOperators.EQUAL),
                    (DateRange("valid_from", "valid_until"), RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} from {self.valid_from}"


class TaxExemption(PropertyScopedModel):
    """A certificate that frees its holder from taxes on the nights it is valid; revoked, never deleted."""

    certificate = models.CharField(max_length=60, help_text="The number on the paper.")
    holder = models.CharField(max_length=120)
    company = models.ForeignKey(
        Company,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="tax_exemptions",
        help_text="Counts for every stay of this company; without one it is named when booking.",
    )
    reason = models.SlugField(max_length=30, help_text="Such as diplomat, resident or business.")
    tax_codes = ArrayField(
        models.CharField(max_length=16),
        default=list,
        blank=True,
        help_text="Empty for every tax that allows the reason.",
    )
    valid_from = models.DateField(help_text="First night.")
    valid_until = models.DateField(help_text="Last night, inclusive.")
    document = CheckedFileField(upload_to="tax-exemptions", blank=True, allows_documents=True)
    revoked_at = models.DateTimeField(null=True, blank=True, editable=False)
    revoked_reason = models.CharField(max_length=200, blank=True, editable=False)

    class Meta:
        ordering = ["property_id", "-valid_until", "certificate"]
        constraints = [
            models.UniqueConstraint(fields=["property", "certificate"], name="tax_exemption_once"),
            models.CheckConstraint(condition=Q(valid_until__gte=F("valid_from")), name="tax_exemption_dates"),
        ]

    def __str__(self) -> str:
        return f"{self.certificate} ({self.holder})"
