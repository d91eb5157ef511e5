"""Restrictions: when the house, a type, a plan or a plan on a type may be booked."""

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q

from hotel.properties.scoping import PropertyScopedModel
from hotel.rates.choices import MinGuarantee, RestrictionKind
from hotel.rates.models.base import OnNights
from hotel.rates.models.plans import RatePlan
from hotel.rooms.models import RoomType

FLAGS = (RestrictionKind.CLOSED, RestrictionKind.CTA, RestrictionKind.CTD)
# The kinds without a number.
NOT_COUNTED = (*FLAGS, RestrictionKind.LOS_PATTERN, RestrictionKind.MIN_GUARANTEE)


class Restriction(PropertyScopedModel, OnNights):
    """One rule on certain nights. Neither type nor plan: the house; every level's rules must all be kept."""

    room_type = models.ForeignKey(
        RoomType, on_delete=models.CASCADE, null=True, blank=True, related_name="restrictions"
    )
    rate_plan = models.ForeignKey(
        RatePlan, on_delete=models.CASCADE, null=True, blank=True, related_name="restrictions"
    )
    kind = models.CharField(max_length=18, choices=RestrictionKind)
    value = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="Nights, days or persons; empty for closed, cta, ctd and patterns."
    )
    pattern = ArrayField(
        models.PositiveSmallIntegerField(validators=[MinValueValidator(1)]),
        default=list,
        blank=True,
        help_text="The lengths allowed, for los_pattern.",
    )
    guarantee = models.CharField(
        max_length=16,
        choices=MinGuarantee,
        blank=True,
        help_text="What is asked at least, for min_guarantee.",
    )
    reason = models.CharField(max_length=120, blank=True)

    class Meta(OnNights.Meta):
        abstract = False
        ordering = ["property_id", "start_on", "pk"]
        constraints = [
            *OnNights.Meta.constraints,
            models.CheckConstraint(
                condition=Q(kind__in=FLAGS, value=None, pattern=[], guarantee="")
                | (Q(kind=RestrictionKind.LOS_PATTERN, value=None, guarantee="") & ~Q(pattern=[]))
                | (Q(kind=RestrictionKind.MIN_GUARANTEE, value=None, pattern=[]) & ~Q(guarantee=""))
                | (~Q(kind__in=NOT_COUNTED) & Q(value__isnull=False, pattern=[], guarantee="")),
                name="restriction_value_of_kind",
            ),
        ]
        indexes = [models.Index(fields=["property", "end_on", "start_on"], name="restriction_nights")]

    def __str__(self) -> str:
        return f"{self.kind} {self.start_on}–{self.end_on}"
