"""Chain, property, group of properties and age bands."""

import zoneinfo
from datetime import time
from typing import Any

from django.apps import apps
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import IntegerRangeField, RangeOperators
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from djmoney.models.fields import CurrencyField
from moneyed import CURRENCIES

from hotel.core.models_base import TimeStamped, Versioned
from hotel.core.plugs import area_of
from hotel.core.uploads import CheckedFileField
from hotel.core.words import _
from hotel.properties.choices import RestraintKind
from hotel.properties.scoping import PropertyScopedModel, grants_of, sees_everything

CODE = RegexValidator(r"^[A-Z0-9][A-Z0-9_-]{0,15}$", "Use up to 16 capital letters, digits, - and _.")
COLOUR = RegexValidator(r"^#[0-9a-fA-F]{6}$", "Use a colour such as #1f6feb.")


def validate_time_zone(value: str) -> None:
    """Refuse names that the zone database does not know."""
    if value not in zoneinfo.available_timezones():
        raise ValidationError(
            _("%(value)r is not an IANA time zone such as Europe/Vienna.") % {"value": value}
        )


def validate_currency(value: str) -> None:
    """Refuse codes that are no currency of ISO 4217, and those that no money is held in."""
    if value not in CURRENCIES or value in {"XXX", "XTS"}:
        raise ValidationError(_("%(value)r is not an ISO 4217 currency such as EUR.") % {"value": value})


class ChainQuerySet(models.QuerySet):
    """Vocabulary of chains."""

    def visible_to(self, user: Any, verb: str = "view", area: str = "") -> "ChainQuerySet":
        """Chains with a property where the user holds the verb; a superuser also sees empty ones."""
        if sees_everything(user):
            return self
        held = grants_of(user).property_ids(verb, area or area_of("properties"))
        return self.filter(pk__in=Property.objects.filter(pk__in=held).values("chain"))


class Chain(TimeStamped):
    """The account: a hotel company with one or more properties. Guests and companies are known chain-wide."""

    code = models.CharField(max_length=16, unique=True, validators=[CODE])
    name = models.CharField(max_length=120)

    objects = ChainQuerySet.as_manager()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class PropertyQuerySet(models.QuerySet):
    """Vocabulary of properties."""

    def visible_to(self, user: Any, verb: str = "view", area: str = "") -> "PropertyQuerySet":
        """Properties where the user holds the verb on the area (``properties`` unless told)."""
        return self.filter(pk__in=grants_of(user).property_ids(verb, area or area_of("properties")))

    def any_right(self, user: Any) -> "PropertyQuerySet":
        """Properties at which the user holds any right at all."""
        return self.filter(pk__in=grants_of(user).any_property_ids())

    def writable(self) -> "PropertyQuerySet":
        """Those that take changes now: what works by itself waits at the others."""
        held = apps.get_model("properties", "PropertyRestraint").objects.standing()
        return self.exclude(pk__in=held.filter(kind=RestraintKind.READ_ONLY).values("property"))


class Property(TimeStamped, Versioned):
    """One hotel. ``business_date`` is its open day, moved only by the night audit."""

    chain = models.ForeignKey(Chain, on_delete=models.PROTECT, related_name="properties")
    code = models.CharField(max_length=16, unique=True, validators=[CODE])
    name = models.CharField(max_length=120)
    time_zone = models.CharField(max_length=64, validators=[validate_time_zone])
    currency = CurrencyField(max_length=3, validators=[validate_currency])
    country = models.CharField(
        max_length=2, validators=[RegexValidator(r"^[A-Z]{2}$")], help_text="ISO 3166."
    )
    language = models.CharField(
        max_length=8, default="en", help_text="Of letters to guests, such as en or de."
    )
    business_date = models.DateField(help_text="The open business day; only the night audit moves it.")
    check_in_time = models.TimeField(default=time(15))
    check_out_time = models.TimeField(default=time(11))
    fiscal_year_start_month = models.PositiveSmallIntegerField(
        default=1, validators=[MinValueValidator(1), MaxValueValidator(12)]
    )
    brand_name = models.CharField(max_length=120, blank=True)
    brand_colour = models.CharField(max_length=7, blank=True, validators=[COLOUR])
    logo = CheckedFileField(upload_to="logos", blank=True)
    address = models.TextField(blank=True)
    phone = models.CharField(max_length=40, blank=True)
    email = models.EmailField(blank=True)
    tax_number = models.CharField(max_length=40, blank=True)
    is_active = models.BooleanField(default=True)

    objects = PropertyQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "properties"
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(fiscal_year_start_month__range=(1, 12)), name="property_fiscal_month"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def zone(self) -> zoneinfo.ZoneInfo:
        """The time zone as an object."""
        return zoneinfo.ZoneInfo(self.time_zone)


class PropertyGroupQuerySet(models.QuerySet):
    """Vocabulary of groups."""

    def visible_to(self, user: Any, verb: str = "view", area: str = "") -> "PropertyGroupQuerySet":
        """Groups with a member where the user may ``view``; for any other verb he needs it at all members."""
        if sees_everything(user):
            return self
        held = grants_of(user).property_ids(verb, area or area_of("properties"))
        member = PropertyGroup.properties.through.objects.filter(propertygroup=models.OuterRef("pk"))
        seen = self.filter(models.Exists(member.filter(property__in=held)))
        return seen if verb == "view" else seen.exclude(models.Exists(member.exclude(property__in=held)))


class PropertyGroup(TimeStamped):
    """Properties of one chain that are managed together; roles can be granted on it."""

    chain = models.ForeignKey(Chain, on_delete=models.PROTECT, related_name="groups")
    name = models.CharField(max_length=120)
    properties = models.ManyToManyField(Property, related_name="groups", blank=True)

    objects = PropertyGroupQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["chain", "name"], name="group_name_once")]

    def __str__(self) -> str:
        return self.name


class AgeRange(models.Func):
    """The ages of a band as a range, both ends inclusive."""

    function = "INT4RANGE"
    output_field = IntegerRangeField()


class AgeBand(PropertyScopedModel):
    """A band of ages a guest is counted in. ``adult`` always exists; children need bands to be priced.

    Bands of a property never overlap: each age is counted in one band at most.
    """

    code = models.SlugField(max_length=20, help_text="adult, child, infant … used in occupancies and prices.")
    name = models.CharField(max_length=60)
    min_age = models.PositiveSmallIntegerField(
        validators=[MaxValueValidator(199)], help_text="Inclusive, in full years on the arrival day."
    )
    max_age = models.PositiveSmallIntegerField(
        validators=[MaxValueValidator(199)], help_text="Inclusive; 199 for no limit."
    )
    takes_bed = models.BooleanField(default=True, help_text="Whether such a guest counts towards the beds.")

    class Meta:
        ordering = ["property_id", "-min_age"]
        constraints = [
            models.UniqueConstraint(fields=["property", "code"], name="age_band_code_once"),
            models.CheckConstraint(
                condition=models.Q(min_age__lte=models.F("max_age")), name="age_band_order"
            ),
            ExclusionConstraint(
                name="age_bands_apart",
                expressions=[
                    ("property", RangeOperators.EQUAL),
                    (AgeRange("min_age", "max_age", models.Value("[]")), RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.min_age}–{self.max_age})"
