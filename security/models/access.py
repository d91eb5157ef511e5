"""What a chain thinks of each right: how risky it is, who must agree to it, and which two go apart."""

from typing import Any, Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from hotel.accounts.models import Role
from hotel.core.models_base import TimeStamped
from hotel.properties.models import Chain
from security.choices import ConflictAction, Risk


class ChainwideQuerySet(models.QuerySet):
    """Vocabulary of what belongs to a chain."""

    def visible_to(self, user: Any, verb: str = "view", area: str = "security") -> Self:
        """Rows of the chains in which the caller holds the verb at a property."""
        return self.filter(chain__in=Chain.objects.visible_to(user, verb, area))


class Permission(TimeStamped):
    """A right of the house, a verb on an area, as a chain looks at it. Its rows are those of the plugs."""

    chain = models.ForeignKey(Chain, on_delete=models.CASCADE, related_name="rights")
    area = models.CharField(max_length=40)
    verb = models.CharField(max_length=20)
    risk = models.CharField(max_length=12, choices=Risk.choices, default=Risk.ORDINARY)
    needs_second_person = models.BooleanField(
        default=False, help_text="Somebody else must agree before anybody gains this right."
    )

    objects = ChainwideQuerySet.as_manager()

    class Meta:
        ordering = ["chain", "area", "verb"]
        constraints = [
            models.UniqueConstraint(fields=["chain", "area", "verb"], name="permission_once"),
            models.CheckConstraint(condition=models.Q(risk__in=Risk.values), name="permission_risk"),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.area}"

    @property
    def pair(self) -> tuple[str, str]:
        """(area, verb)."""
        return self.area, self.verb


class DutyConflict(TimeStamped):
    """Two rights that one person should not hold at one property."""

    chain = models.ForeignKey(Chain, on_delete=models.CASCADE, related_name="duty_conflicts")
    first = models.ForeignKey(Permission, on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey(Permission, on_delete=models.CASCADE, related_name="+")
    action = models.CharField(max_length=8, choices=ConflictAction.choices, default=ConflictAction.WARN)
    reason = models.CharField(max_length=200, help_text="What could go wrong.")

    objects = ChainwideQuerySet.as_manager()

    class Meta:
        ordering = ["chain", "first", "second"]
        constraints = [
            models.UniqueConstraint(fields=["chain", "first", "second"], name="duty_conflict_once"),
            # One order only, so that a pair cannot stand twice.
            models.CheckConstraint(
                condition=models.Q(first__lt=models.F("second")), name="duty_conflict_order"
            ),
            models.CheckConstraint(
                condition=models.Q(action__in=ConflictAction.values), name="duty_conflict_action"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first} and {self.second}"


class AccessPolicy(TimeStamped):
    """How a chain looks after its rights."""

    chain = models.OneToOneField(Chain, on_delete=models.CASCADE, related_name="access_policy")
    review_every_days = models.PositiveSmallIntegerField(
        default=90,
        validators=[MinValueValidator(7), MaxValueValidator(730)],
        help_text="Calendar days from one access review of a property to the next.",
    )
    dormant_after_days = models.PositiveSmallIntegerField(
        default=90,
        validators=[MinValueValidator(7), MaxValueValidator(730)],
        help_text="Calendar days without signing in after which a person counts as dormant.",
    )
    request_days = models.PositiveSmallIntegerField(
        default=7,
        validators=[MinValueValidator(1), MaxValueValidator(60)],
        help_text="Calendar days that a request for rights waits before it lapses.",
    )
    emergency_role = models.ForeignKey(
        Role,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="What an emergency access gives; none while this is empty.",
    )
    emergency_minutes = models.PositiveSmallIntegerField(
        default=60,
        validators=[MinValueValidator(5), MaxValueValidator(480)],
        help_text="How long an emergency access lasts at most.",
    )
    second_factor_roles = models.ManyToManyField(
        Role,
        blank=True,
        related_name="+",
        help_text="Who holds one of these roles signs in with a second step; superusers too, if there is any.",
    )
    session_idle_minutes = models.PositiveSmallIntegerField(
        default=30,
        validators=[MinValueValidator(5), MaxValueValidator(720)],
        help_text="A session ends after so many minutes without a request.",
    )
    session_hours = models.PositiveSmallIntegerField(
        default=12,
        validators=[MinValueValidator(1), MaxValueValidator(24)],
        help_text="A session ends after so many hours, whatever happens.",
    )
    step_up_minutes = models.PositiveSmallIntegerField(
        default=5,
        validators=[MinValueValidator(1), MaxValueValidator(60)],
        help_text="What is delicate asks for the password again, so long after it was named last.",
    )

    objects = ChainwideQuerySet.as_manager()

    class Meta:
        ordering = ["chain"]
        verbose_name_plural = "access policies"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(
                    review_every_days__range=(7, 730),
                    dormant_after_days__range=(7, 730),
                    request_days__range=(1, 60),
                    emergency_minutes__range=(5, 480),
                ),
                name="access_policy_ranges",
            ),
            models.CheckConstraint(
                condition=models.Q(
                    session_idle_minutes__range=(5, 720),
                    session_hours__range=(1, 24),
                    step_up_minutes__range=(1, 60),
                ),
                name="access_policy_sessions",
            ),
        ]

    def __str__(self) -> str:
        return f"Access policy of {self.chain}"
