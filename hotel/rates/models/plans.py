"""Rate plans: what is sold under which terms, on which types, to whom."""

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q

from hotel.core.models_base import Versioned
from hotel.guests.models import Company
from hotel.properties.models.properties import CODE
from hotel.properties.scoping import PropertyScopedModel
from hotel.rates.choices import RoundingMode, StartedTime
from hotel.rates.models.base import optional_amount_field, share_field
from hotel.rates.models.policies import CancellationPolicy, DepositPolicy, NoShowPolicy
from hotel.rooms.models import RoomType


class RatePlan(PropertyScopedModel, Versioned):
    """A way to sell rooms: own prices, or derived from a parent plan.

    A derived plan takes the parent's unrounded price × (1 + ``offset_rate``) + ``offset_amount``, then rounds
    once to ``rounding_step``, then keeps within floor and ceiling. Policies, packages and types that it does not
    state itself are the parent's; restrictions too, unless ``inherits_restrictions`` is off. The plan that owns a
    price says whether it is for a night, a day or an hour.
    """

    code = models.CharField(max_length=16, validators=[CODE])
    name = models.CharField(max_length=80)
    description = models.TextField(blank=True, help_text="For guests.")
    market = models.CharField(max_length=40, blank=True, help_text="Market segment its stays count in.")
    sort_order = models.PositiveSmallIntegerField(default=100)
    is_active = models.BooleanField(default=True)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children"
    )
    offset_rate = models.DecimalField(
        max_digits=7, decimal_places=6, null=True, blank=True, help_text="-0.10 for ten percent less."
    )
    offset_amount = optional_amount_field(help_text="Added per night; may be negative.")
    rounding_step = models.DecimalField(
        max_digits=9,
        decimal_places=3,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
        help_text="Such as 1 or 0.5; empty for the currency's minor unit.",
    )
    rounding_mode = models.CharField(max_length=10, choices=RoundingMode, default=RoundingMode.HALF_UP)
    floor_amount = optional_amount_field()
    ceiling_amount = optional_amount_field()
    max_discount_rate = share_field(default=1, help_text="All discounts together take at most this share.")
    inherits_restrictions = models.BooleanField(default=True)
    sell_from = models.DateField(null=True, blank=True, help_text="First business date it is sold on.")
    sell_until = models.DateField(null=True, blank=True, help_text="Last business date it is sold on.")
    stay_from = models.DateField(null=True, blank=True, help_text="First night.")
    stay_until = models.DateField(null=True, blank=True, help_text="Last night.")
    needs_promo = models.BooleanField(default=False, help_text="Only with a promotion code of this plan.")
    is_negotiated = models.BooleanField(default=False, help_text="Only for the companies it is agreed with.")
    day_use_hours = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="Sold for day use of up to so many hours; empty for overnight stays."
    )
    day_use_step_minutes = models.PositiveSmallIntegerField(
        null=True,
        blank=True,
        choices=StartedTime,
        help_text="Prices of the plan are for an hour, and such stretches count whole once started; empty for one "
        "price for the day.",
    )
    day_use_min_hours = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="Hours that are paid at least, when priced by the hour."
    )
    commission_rate = share_field(default=0)
    cancellation_policy = models.ForeignKey(
        CancellationPolicy, on_delete=models.PROTECT, null=True, blank=True, related_name="rate_plans"
    )
    deposit_policy = models.ForeignKey(
        DepositPolicy, on_delete=models.PROTECT, null=True, blank=True, related_name="rate_plans"
    )
    no_show_policy = models.ForeignKey(
        NoShowPolicy, on_delete=models.PROTECT, null=True, blank=True, related_name="rate_plans"
    )

    class Meta:
        ordering = ["property_id", "sort_order", "code"]
        constraints = [
            models.UniqueConstraint(fields=["property", "code"], name="rate_plan_code_once"),
            models.CheckConstraint(
                condition=Q(parent=None) | ~Q(parent=F("id")), name="rate_plan_not_its_own_parent"
            ),
            models.CheckConstraint(
                condition=Q(parent=None, offset_rate=None, offset_amount=None)
                | (Q(parent__isnull=False) & (Q(offset_rate__isnull=False) | Q(offset_amount__isnull=False))),
                name="rate_plan_offset_of_derived",
            ),
            models.CheckConstraint(
                condition=Q(offset_rate=None) | Q(offset_rate__gte=-1), name="rate_plan_offset_rate"
            ),
            models.CheckConstraint(
                condition=Q(rounding_step=None) | Q(rounding_step__gt=0), name="rate_plan_rounding_step"
            ),
            models.CheckConstraint(
                condition=(Q(floor_amount=None) | Q(floor_amount__gte=0))
                & (Q(ceiling_amount=None) | Q(ceiling_amount__gte=0))
                & (Q(floor_amount=None) | Q(ceiling_amount=None) | Q(ceiling_amount__gte=F("floor_amount"))),
                name="rate_plan_floor_below_ceiling",
            ),
            models.CheckConstraint(
                condition=Q(max_discount_rate__range=(0, 1)) & Q(commission_rate__range=(0, 1)),
                name="rate_plan_shares",
            ),
            models.CheckConstraint(
                condition=Q(day_use_step_minutes=None, day_use_min_hours=None)
                | (
                    Q(day_use_step_minutes__in=StartedTime.values, day_use_hours__isnull=False)
                    & (
                        Q(day_use_min_hours=None)
                        | Q(day_use_min_hours__gte=1, day_use_min_hours__lte=F("day_use_hours"))
                    )
                ),
                name="rate_plan_by_the_hour",
            ),
            models.CheckConstraint(
                condition=(Q(sell_from=None) | Q(sell_until=None) | Q(sell_until__gte=F("sell_from")))
                & (Q(stay_from=None) | Q(stay_until=None) | Q(stay_until__gte=F("stay_from"))),
                name="rate_plan_dates_order",
            ),
        ]

    def __str__(self) -> str:
        return self.code


class RatePlanRoomType(PropertyScopedModel):
    """A plan is sold on a type. A derived plan without any sells the types of its parent."""

    rate_plan = models.ForeignKey(RatePlan, on_delete=models.CASCADE, related_name="room_types")
    room_type = models.ForeignKey(RoomType, on_delete=models.PROTECT, related_name="rate_plans")

    class Meta:
        ordering = ["rate_plan", "room_type"]
        constraints = [
            models.UniqueConstraint(
                fields=["property", "rate_plan", "room_type"], name="rate_plan_room_type_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.rate_plan} on {self.room_type}"


class RatePlanCompany(PropertyScopedModel):
    """A plan is agreed with a company: it may book it when negotiated, at a discount if one is stated."""

    rate_plan = models.ForeignKey(RatePlan, on_delete=models.CASCADE, related_name="companies")
    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="rate_plans")
    discount_rate = share_field(null=True, blank=True)

    class Meta:
        verbose_name_plural = "rate plan companies"
        ordering = ["rate_plan", "company"]
        constraints = [
            models.UniqueConstraint(
                fields=["property", "rate_plan", "company"], name="rate_plan_company_once"
            ),
            models.CheckConstraint(
                condition=Q(discount_rate=None) | Q(discount_rate__range=(0, 1)),
                name="rate_plan_company_discount",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rate_plan} for {self.company}"


class PromoCode(PropertyScopedModel, Versioned):
    """A code that opens plans, or takes something off their price, or both."""

    code = models.CharField(max_length=16, validators=[CODE])
    name = models.CharField(max_length=80)
    rate_plans = models.ManyToManyField(
        RatePlan, related_name="promo_codes", blank=True, help_text="Empty for every plan."
    )
    discount_rate = share_field(null=True, blank=True)
    discount_amount = optional_amount_field(help_text="Per night.")
    is_combinable = models.BooleanField(default=True, help_text="May follow a company's discount.")
    book_from = models.DateField(null=True, blank=True, help_text="First business date of booking.")
    book_until = models.DateField(null=True, blank=True, help_text="Last business date of booking.")
    stay_from = models.DateField(null=True, blank=True, help_text="First night.")
    stay_until = models.DateField(null=True, blank=True, help_text="Last night.")
    max_uses = models.PositiveIntegerField(null=True, blank=True)
    used_count = models.PositiveIntegerField(default=0, editable=False)
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering = ["property_id", "code"]
        constraints = [
            models.UniqueConstraint(fields=["property", "code"], name="promo_code_once"),
            models.CheckConstraint(
                condition=Q(max_uses=None) | Q(used_count__lte=F("max_uses")), name="promo_code_uses"
            ),
            models.CheckConstraint(
                condition=(Q(discount_rate=None) | Q(discount_rate__range=(0, 1)))
                & (Q(discount_amount=None) | Q(discount_amount__gte=0))
                & (Q(discount_rate=None) | Q(discount_amount=None)),
                name="promo_code_one_discount",
            ),
        ]

    def __str__(self) -> str:
        return self.code
