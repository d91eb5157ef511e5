"""Packages: breakfast, parking, spa – what a plan contains or adds."""

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import Q

from hotel.properties.models import AgeBand
from hotel.properties.models.properties import CODE
from hotel.properties.scoping import PropertyScopedModel
from hotel.rates.choices import AllowancePeriod, Basis, ChargeGroup, Rhythm
from hotel.rates.models.base import ALL_WEEK, optional_amount_field, share_field
from hotel.rates.models.plans import RatePlan

CHARGE_CODE = RegexValidator(r"^[A-Za-z0-9][A-Za-z0-9_-]{0,31}$", "Use up to 32 letters, digits, - and _.")
MOST_CODES = 30


class Package(PropertyScopedModel):
    """A named bundle of elements."""

    code = models.CharField(max_length=16, validators=[CODE])
    name = models.CharField(max_length=80)
    description = models.TextField(blank=True, help_text="For guests.")
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering = ["property_id", "code"]
        constraints = [models.UniqueConstraint(fields=["property", "code"], name="package_code_once")]

    def __str__(self) -> str:
        return self.name


class PackageElement(PropertyScopedModel):
    """One thing of a package: when it is charged (rhythm), by what (basis), and how much."""

    package = models.ForeignKey(Package, on_delete=models.CASCADE, related_name="elements")
    code = models.CharField(max_length=16, validators=[CODE])
    name = models.CharField(max_length=80)
    position = models.PositiveSmallIntegerField(default=10)
    group = models.CharField(
        max_length=10, choices=ChargeGroup, default=ChargeGroup.OTHER, help_text="Decides its taxes."
    )
    rhythm = models.CharField(max_length=16, choices=Rhythm, default=Rhythm.EVERY_NIGHT)
    every_nights = models.PositiveSmallIntegerField(null=True, blank=True, validators=[MinValueValidator(1)])
    weekdays = models.PositiveSmallIntegerField(
        default=ALL_WEEK,
        validators=[MinValueValidator(1), MaxValueValidator(ALL_WEEK)],
        help_text="Sum of Monday 1, Tuesday 2, Wednesday 4 … Sunday 64; for the rhythm weekdays.",
    )
    basis = models.CharField(max_length=16, choices=Basis, default=Basis.PER_PERSON)
    age_band = models.ForeignKey(AgeBand, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    amount = optional_amount_field()
    share = share_field(null=True, blank=True)
    is_allowance = models.BooleanField(
        default=False, help_text="The guest consumes up to the amount; the rest is breakage."
    )
    allowance_period = models.CharField(
        max_length=8, choices=AllowancePeriod, default=AllowancePeriod.DAY,
        help_text="When an allowance can be consumed.",
    )  # fmt: skip
    allowance_codes = ArrayField(
        models.CharField(max_length=32, validators=[CHARGE_CODE]), default=list, blank=True, size=MOST_CODES,
        help_text="Codes of the charges that an allowance pays; every charge of its group when empty.",
    )  # fmt: skip
    bears_overage = models.BooleanField(
        default=False, help_text="What is consumed beyond an allowance is let off, or owed by the guest."
    )

    class Meta:
        ordering = ["package_id", "position", "code"]
        constraints = [
            models.UniqueConstraint(fields=["package", "code"], name="package_element_code_once"),
            models.CheckConstraint(
                condition=Q(basis=Basis.SHARE_OF_RATE, amount=None, share__range=(0, 1))
                | (~Q(basis=Basis.SHARE_OF_RATE) & Q(share=None, amount__gte=0)),
                name="package_element_amount_or_share",
            ),
            models.CheckConstraint(
                condition=Q(basis=Basis.PER_CHILD, age_band__isnull=False)
                | (~Q(basis=Basis.PER_CHILD) & Q(age_band=None)),
                name="package_element_age_band",
            ),
            models.CheckConstraint(
                condition=Q(rhythm=Rhythm.EVERY_N_NIGHTS, every_nights__gte=1)
                | (~Q(rhythm=Rhythm.EVERY_N_NIGHTS) & Q(every_nights=None)),
                name="package_element_every_nights",
            ),
            models.CheckConstraint(
                condition=Q(weekdays__range=(1, ALL_WEEK)), name="package_element_weekdays"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class RatePlanPackage(PropertyScopedModel):
    """A plan contains a package, or adds its price to the rate. A derived plan without any has its parent's."""

    rate_plan = models.ForeignKey(RatePlan, on_delete=models.CASCADE, related_name="packages")
    package = models.ForeignKey(Package, on_delete=models.PROTECT, related_name="rate_plans")
    is_included = models.BooleanField(default=True, help_text="Contained in the rate, or added to it.")

    class Meta:
        ordering = ["rate_plan", "package"]
        constraints = [
            models.UniqueConstraint(
                fields=["property", "rate_plan", "package"], name="rate_plan_package_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.rate_plan}: {self.package}"
