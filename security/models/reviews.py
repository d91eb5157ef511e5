"""Access reviews: somebody looks at everyone's rights at a property and says which go."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models

from hotel.accounts.models import ApiToken, RoleAssignment
from hotel.properties.scoping import PropertyScopedModel
from security.choices import ReviewDecision, ReviewSubject


class AccessReview(PropertyScopedModel):
    """One look at all who hold rights at a property."""

    name = models.CharField(max_length=80)
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    due_on = models.DateField(help_text="Calendar day at the property.")
    revokes_undecided = models.BooleanField(
        default=False, help_text="What nobody has decided when the review is closed is revoked."
    )
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["property", "-created_at"], name="access_review_property")]
        constraints = [
            models.UniqueConstraint(
                fields=["property"], condition=models.Q(closed_at=None), name="access_review_open_once"
            )
        ]

    def __str__(self) -> str:
        return self.name


class AccessReviewItem(PropertyScopedModel):
    """What one person or token holds, as it was when the review was opened, and what was decided."""

    review = models.ForeignKey(AccessReview, on_delete=models.CASCADE, related_name="items")
    subject = models.CharField(max_length=8, choices=ReviewSubject.choices)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    assignment = models.ForeignKey(
        RoleAssignment, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    token = models.ForeignKey(ApiToken, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    title = models.CharField(max_length=200, help_text="The role, the token, or that it is granted directly.")
    rights = ArrayField(models.CharField(max_length=64), blank=True, help_text="Codenames held through it.")
    flags = ArrayField(
        models.CharField(max_length=24), default=list, blank=True, help_text="What is worth a second look."
    )
    last_used_at = models.DateTimeField(null=True, blank=True)
    decision = models.CharField(max_length=8, choices=ReviewDecision.choices, default=ReviewDecision.OPEN)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["review", "pk"]
        indexes = [models.Index(fields=["property", "review"], name="review_item_property")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(subject__in=ReviewSubject.values), name="review_item_subject"
            ),
            models.CheckConstraint(
                condition=models.Q(decision__in=ReviewDecision.values), name="review_item_decision"
            ),
            models.CheckConstraint(
                condition=models.Q(decision=ReviewDecision.OPEN)
                | (models.Q(decided_by__isnull=False) & ~models.Q(decided_by=models.F("user"))),
                name="review_item_by_another",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.title}"
