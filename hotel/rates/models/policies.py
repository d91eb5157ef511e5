"""Cancellation, deposit and no-show policies; a booking keeps a frozen copy of them."""

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q

from hotel.core.models_base import Versioned
from hotel.properties.models.properties import CODE
from hotel.properties.scoping import PropertyScopedModel
from hotel.rates.choices import ChargeGroup, DeadlineKind, DueKind, InstalmentKind
from hotel.rates.models.base import Owed, optional_amount_field, share_field


class Policy(PropertyScopedModel, Versioned):
    """A named policy of a property."""

    code = models.CharField(max_length=16, validators=[CODE])
    name = models.CharField(max_length=80)
    description = models.TextField(blank=True, help_text="For guests.")
    is_active = models.BooleanField(default=True)

    class Meta:
        abstract = True
        ordering = ["property_id", "code"]
        constraints = [models.UniqueConstraint(fields=["property", "code"], name="%(class)s_code_once")]

    def __str__(self) -> str:
        return self.name


class CancellationPolicy(Policy):
    """Tiers of what a cancellation costs; without steps it is always free.

    ``grace_hours`` after booking a cancellation is free whatever the steps say.
    """

    grace_hours = models.PositiveSmallIntegerField(default=0)
    fee_group = models.CharField(
        max_length=10, choices=ChargeGroup, default=ChargeGroup.FEE, help_text="Decides the taxes of the fee."
    )

    class Meta(Policy.Meta):
        verbose_name_plural = "cancellation policies"


class CancellationStep(PropertyScopedModel, Owed):
    """From its deadline on, a cancellation owes the penalty; of several, the dearest counts."""

    policy = models.ForeignKey(CancellationPolicy, on_delete=models.CASCADE, related_name="steps")
    position = models.PositiveSmallIntegerField()
    deadline = models.CharField(max_length=16, choices=DeadlineKind)
    days_before = models.PositiveSmallIntegerField(null=True, blank=True)
    at_time = models.TimeField(null=True, blank=True, help_text="On the property's clock.")
    deadline_at = models.DateTimeField(null=True, blank=True)
    hours_after = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta(Owed.Meta):
        abstract = False
        ordering = ["policy_id", "position"]
        constraints = [
            *Owed.Meta.constraints,
            models.UniqueConstraint(fields=["policy", "position"], name="cancellation_step_position"),
            models.CheckConstraint(
                condition=Q(
                    deadline=DeadlineKind.BEFORE_ARRIVAL,
                    days_before__isnull=False,
                    at_time__isnull=False,
                    deadline_at=None,
                    hours_after=None,
                )
                | Q(
                    deadline=DeadlineKind.AT_INSTANT,
                    days_before=None,
                    at_time=None,
                    deadline_at__isnull=False,
                    hours_after=None,
                )
                | Q(
                    deadline=DeadlineKind.AFTER_BOOKING,
                    days_before=None,
                    at_time=None,
                    deadline_at=None,
                    hours_after__isnull=False,
                ),
                name="cancellation_step_deadline",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.policy} {self.position}"


class NoShowPolicy(Policy, Owed):
    """What a guest owes who does not come."""

    fee_group = models.CharField(
        max_length=10, choices=ChargeGroup, default=ChargeGroup.FEE, help_text="Decides the taxes of the fee."
    )

    class Meta(Policy.Meta):
        verbose_name_plural = "no-show policies"
        constraints = [*Policy.Meta.constraints, *Owed.Meta.constraints]


class DepositPolicy(Policy):
    """What is paid before arrival, in instalments; without steps nothing is."""

    class Meta(Policy.Meta):
        verbose_name_plural = "deposit policies"


class DepositStep(PropertyScopedModel):
    """One instalment; together they never ask for more than the stay."""

    policy = models.ForeignKey(DepositPolicy, on_delete=models.CASCADE, related_name="steps")
    position = models.PositiveSmallIntegerField()
    due = models.CharField(max_length=16, choices=DueKind)
    days_before = models.PositiveSmallIntegerField(null=True, blank=True)
    kind = models.CharField(max_length=8, choices=InstalmentKind)
    nights = models.PositiveSmallIntegerField(null=True, blank=True, validators=[MinValueValidator(1)])
    share = share_field(null=True, blank=True)
    amount = optional_amount_field()

    class Meta:
        ordering = ["policy_id", "position"]
        constraints = [
            models.UniqueConstraint(fields=["policy", "position"], name="deposit_step_position"),
            models.CheckConstraint(
                condition=Q(due=DueKind.AT_BOOKING, days_before=None)
                | Q(due=DueKind.BEFORE_ARRIVAL, days_before__isnull=False),
                name="deposit_step_due",
            ),
            models.CheckConstraint(
                condition=Q(kind=InstalmentKind.NIGHTS, nights__gte=1, share=None, amount=None)
                | Q(kind=InstalmentKind.PERCENT, nights=None, share__range=(0, 1), amount=None)
                | Q(kind=InstalmentKind.FLAT, nights=None, share=None, amount__gte=0)
                | Q(kind=InstalmentKind.BALANCE, nights=None, share=None, amount=None),
                name="deposit_step_asks_one_thing",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.policy} {self.position}"
