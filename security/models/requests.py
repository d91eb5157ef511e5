"""Requests for rights that ask for a second pair of eyes."""

from typing import Any, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models

from hotel.accounts.models import Role
from hotel.core.models_base import TimeStamped
from hotel.properties.models import Property, PropertyGroup
from hotel.properties.scoping import grants_of, sees_everything
from security.choices import RequestStatus


class AccessRequestQuerySet(models.QuerySet):
    """Vocabulary of requests."""

    def open(self) -> Self:
        """Those that wait."""
        return self.filter(status=RequestStatus.OPEN)

    def visible_to(self, user: Any, verb: str = "view", area: str = "security") -> Self:
        """Requests at a property where the verb is held, those for a group as the group is visible."""
        if sees_everything(user):
            return self
        held = grants_of(user).property_ids(verb, area)
        groups = PropertyGroup.objects.visible_to(user, verb, area)
        return self.filter(models.Q(property__in=held) | models.Q(group__in=groups.values("pk")))


class AccessRequest(TimeStamped):
    """A person shall hold a role at a property or a group, if somebody else agrees."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="access_requests"
    )
    role = models.ForeignKey(Role, on_delete=models.CASCADE, related_name="access_requests")
    rights = ArrayField(
        models.CharField(max_length=64),
        blank=True,
        help_text="What the role gave when it was asked for, as codenames; who agrees, agrees to these.",
    )
    property = models.ForeignKey(Property, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    group = models.ForeignKey(
        PropertyGroup, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    valid_from = models.DateField(null=True, blank=True, help_text="Calendar day, inclusive.")
    valid_to = models.DateField(null=True, blank=True, help_text="Calendar day, inclusive.")
    reason = models.CharField(max_length=300)
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    lapses_at = models.DateTimeField()
    status = models.CharField(max_length=12, choices=RequestStatus.choices, default=RequestStatus.OPEN)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    decision_reason = models.CharField(max_length=300, blank=True)

    objects = AccessRequestQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(fields=["property", "status"], name="access_request_property"),
            models.Index(
                fields=["lapses_at"],
                condition=models.Q(status=RequestStatus.OPEN),
                name="access_request_open",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(property__isnull=True) ^ models.Q(group__isnull=True),
                name="access_request_place",
            ),
            models.CheckConstraint(
                condition=models.Q(status__in=RequestStatus.values), name="access_request_status"
            ),
            models.CheckConstraint(
                condition=models.Q(valid_from=None)
                | models.Q(valid_to=None)
                | models.Q(valid_from__lte=models.F("valid_to")),
                name="access_request_dates",
            ),
            # The four eyes belong to two people, and the one who gains is neither of those who agree.
            models.CheckConstraint(
                condition=~models.Q(status=RequestStatus.APPROVED)
                | (
                    models.Q(decided_by__isnull=False)
                    & ~models.Q(decided_by=models.F("requested_by"))
                    & ~models.Q(decided_by=models.F("user"))
                ),
                name="access_request_four_eyes",
            ),
            models.UniqueConstraint(
                fields=["property", "group", "user", "role"],
                condition=models.Q(status=RequestStatus.OPEN),
                nulls_distinct=False,
                name="access_request_open_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} for {self.user} at {self.property or self.group}"

    def places(self) -> list[Property]:
        """Where the role would be held: one property, or those now in the group."""
        if self.property is not None:
            return [self.property]
        return list(self.group.properties.order_by("pk")) if self.group is not None else []
