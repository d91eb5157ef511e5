"""Prices of plans with prices of their own: by dates, season, weekday, number of adults and age band."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Func, Q

from hotel.properties.models import AgeBand
from hotel.properties.models.properties import CODE
from hotel.properties.scoping import PropertyScopedModel
from hotel.rates.choices import ChildPricing
from hotel.rates.models.base import ALL_WEEK, amount_field, optional_amount_field, share_field
from hotel.rates.models.plans import RatePlan
from hotel.rooms.models import RoomType


class DateRange(Func):
    """``daterange(start, end)``, half-open."""

    function = "DATERANGE"
    output_field = DateRangeField()


class Season(PropertyScopedModel):
    """A named part of the year with one or more ranges of nights, in one or more years."""

    code = models.CharField(max_length=16, validators=[CODE])
    name = models.CharField(max_length=80)
    colour = models.CharField(max_length=7, blank=True)

    class Meta:
        ordering = ["property_id", "code"]
        constraints = [models.UniqueConstraint(fields=["property", "code"], name="season_code_once")]

    def __str__(self) -> str:
        return self.name


class SeasonRange(PropertyScopedModel):
    """The nights [``start_on``, ``end_on``) of a season; ranges of one season do not overlap."""

    season = models.ForeignKey(Season, on_delete=models.CASCADE, related_name="ranges")
    start_on = models.DateField(help_text="First night.")
    end_on = models.DateField(help_text="First night after it.")

    class Meta:
        ordering = ["season_id", "start_on"]
        constraints = [
            models.CheckConstraint(condition=Q(end_on__gt=F("start_on")), name="season_range_order"),
            ExclusionConstraint(
                name="season_range_apart",
                expressions=[
                    ("season", RangeOperators.EQUAL),
                    (DateRange("start_on", "end_on"), RangeOperators.OVERLAPS),
                ],
            ),
        ]
        indexes = [models.Index(fields=["property", "start_on", "end_on"], name="season_range_nights")]

    def __str__(self) -> str:
        return f"{self.start_on}–{self.end_on}"


class RatePrice(PropertyScopedModel):
    """What a night of one type costs under one plan, for certain nights.

    Dated rows (``start_on``, ``end_on``) beat season rows, season rows beat rows without either: see
    docs/algorithms/pricing.md, "Which price counts". ``amount`` is for the type's standard occupancy.
    """

    rate_plan = models.ForeignKey(RatePlan, on_delete=models.CASCADE, related_name="prices")
    room_type = models.ForeignKey(RoomType, on_delete=models.PROTECT, related_name="prices")
    season = models.ForeignKey(Season, on_delete=models.PROTECT, null=True, blank=True, related_name="prices")
    start_on = models.DateField(null=True, blank=True, help_text="First night.")
    end_on = models.DateField(null=True, blank=True, help_text="First night after it.")
    weekdays = models.PositiveSmallIntegerField(
        default=ALL_WEEK,
        validators=[MinValueValidator(1), MaxValueValidator(ALL_WEEK)],
        help_text="Sum of Monday 1, Tuesday 2, Wednesday 4 … Sunday 64.",
    )
    amount = amount_field(help_text="For up to the type's standard occupancy.")
    single_amount = optional_amount_field(help_text="For one adult; empty for the same.")
    extra_adult_amount = optional_amount_field(help_text="Per adult beyond the standard; empty for none.")

    class Meta:
        ordering = ["rate_plan", "room_type", "start_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(season=None, start_on=None, end_on=None)
                | Q(season__isnull=False, start_on=None, end_on=None)
                | Q(season=None, start_on__isnull=False, end_on__gt=F("start_on")),
                name="rate_price_when",
            ),
            models.CheckConstraint(condition=Q(weekdays__range=(1, ALL_WEEK)), name="rate_price_weekdays"),
            models.CheckConstraint(
                condition=Q(amount__gte=0)
                & (Q(single_amount=None) | Q(single_amount__gte=0))
                & (Q(extra_adult_amount=None) | Q(extra_adult_amount__gte=0)),
                name="rate_price_not_negative",
            ),
            models.UniqueConstraint(
                fields=["property", "rate_plan", "room_type", "season", "weekdays"],
                condition=Q(start_on=None),
                nulls_distinct=False,
                name="rate_price_season_once",
            ),
        ]
        indexes = [
            models.Index(
                fields=["property", "rate_plan", "room_type", "end_on", "start_on"], name="rate_price_nights"
            )
        ]

    def __str__(self) -> str:
        return f"{self.rate_plan} {self.room_type} {self.amount}"


class RatePriceAdults(PropertyScopedModel):
    """The room price for exactly so many adults; beats single and extra adult amounts."""

    price = models.ForeignKey(RatePrice, on_delete=models.CASCADE, related_name="by_adults")
    adults = models.PositiveSmallIntegerField(validators=[MinValueValidator(1)])
    amount = amount_field()

    class Meta:
        verbose_name_plural = "rate prices by adults"
        ordering = ["price_id", "adults"]
        constraints = [
            models.UniqueConstraint(fields=["price", "adults"], name="rate_price_adults_once"),
            models.CheckConstraint(
                condition=Q(amount__gte=0, adults__gte=1), name="rate_price_adults_not_negative"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.adults}: {self.amount}"


class RatePriceChild(PropertyScopedModel):
    """What each child of an age band adds to a night; a band without a row adds nothing."""

    price = models.ForeignKey(RatePrice, on_delete=models.CASCADE, related_name="by_child")
    age_band = models.ForeignKey(AgeBand, on_delete=models.PROTECT, related_name="+")
    method = models.CharField(max_length=8, choices=ChildPricing)
    amount = optional_amount_field()
    share = share_field(null=True, blank=True)

    class Meta:
        verbose_name_plural = "rate prices by child"
        ordering = ["price_id", "age_band"]
        constraints = [
            models.UniqueConstraint(fields=["price", "age_band"], name="rate_price_child_once"),
            models.CheckConstraint(
                condition=Q(method=ChildPricing.AMOUNT, amount__gte=0, share=None)
                | Q(method=ChildPricing.SHARE, amount=None, share__range=(0, 1))
                | Q(method=ChildPricing.FREE, amount=None, share=None),
                name="rate_price_child_method",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.age_band}: {self.get_method_display()}"
