"""Roles: named sets of rights with approval limits, held at a property or a group of properties."""

from typing import Any, Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from djmoney.models.fields import MoneyField

from hotel.accounts.choices import LimitKind
from hotel.core.models_base import TimeStamped
from hotel.properties.models import Chain, Property, PropertyGroup
from hotel.properties.scoping import grants_of, sees_everything


class RoleQuerySet(models.QuerySet):
    """Vocabulary of roles."""

    def visible_to(self, user: Any, verb: str = "view", area: str = "accounts") -> Self:
        """Roles of the chains in which the caller holds the verb at a property."""
        return self.filter(chain__in=Chain.objects.visible_to(user, verb, area))


class RoleAssignmentQuerySet(models.QuerySet):
    """Vocabulary of assignments."""

    def reaching(self, property_ids: Any) -> Self:
        """Assignments that reach one of the properties, directly or by a group."""
        groups = PropertyGroup.objects.filter(properties__in=property_ids)
        return self.filter(models.Q(property__in=property_ids) | models.Q(group__in=groups))

    def visible_to(self, user: Any, verb: str = "view", area: str = "accounts") -> Self:
        """Assignments at a property where the verb is held; those by a group as the group is visible."""
        if sees_everything(user):
            return self
        groups = PropertyGroup.objects.visible_to(user, verb, area)
        held = grants_of(user).property_ids(verb, area)
        return self.filter(models.Q(property__in=held) | models.Q(group__in=groups.values("pk")))


SHARE = [MinValueValidator(0), MaxValueValidator(1)]


class Role(TimeStamped):
    """A named set of rights of one chain, cloneable. Limits say what its holders may approve alone."""

    chain = models.ForeignKey(Chain, on_delete=models.PROTECT, related_name="roles")
    code = models.SlugField(max_length=40)
    name = models.CharField(max_length=80)
    is_seeded = models.BooleanField(default=False, editable=False)
    max_discount_rate = models.DecimalField(max_digits=5, decimal_places=4, default=0, validators=SHARE)
    can_override_rate = models.BooleanField(default=False)

    objects = RoleQuerySet.as_manager()

    class Meta:
        ordering = ["chain", "name"]
        constraints = [
            models.UniqueConstraint(fields=["chain", "code"], name="role_code_once"),
            models.CheckConstraint(
                condition=models.Q(max_discount_rate__range=(0, 1)), name="role_discount_share"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class RolePermission(models.Model):
    """One right of a role: a verb on an area."""

    role = models.ForeignKey(Role, on_delete=models.CASCADE, related_name="permissions")
    area = models.CharField(max_length=40)
    verb = models.CharField(max_length=20)

    class Meta:
        ordering = ["role", "area", "verb"]
        constraints = [models.UniqueConstraint(fields=["role", "area", "verb"], name="role_right_once")]

    def __str__(self) -> str:
        return f"{self.verb} {self.area}"


class RoleLimit(models.Model):
    """The largest amount a role's holders may approve alone, one row per kind and currency.

    No row in a property's currency: nothing may be approved there.
    """

    role = models.ForeignKey(Role, on_delete=models.CASCADE, related_name="limits")
    kind = models.CharField(max_length=12, choices=LimitKind.choices)
    amount = MoneyField(max_digits=14, decimal_places=3)

    class Meta:
        ordering = ["role", "kind", "amount_currency"]
        constraints = [
            models.UniqueConstraint(fields=["role", "kind", "amount_currency"], name="role_limit_once"),
            models.CheckConstraint(condition=models.Q(amount__gte=0), name="role_limit_not_negative"),
            models.CheckConstraint(condition=models.Q(kind__in=LimitKind.values), name="role_limit_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.amount}"


class RoleAssignment(TimeStamped):
    """A person holds a role at one property, or at each property of a group, within dates."""

    user = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="role_assignments")
    role = models.ForeignKey(Role, on_delete=models.PROTECT, related_name="assignments")
    property = models.ForeignKey(
        Property, on_delete=models.PROTECT, null=True, blank=True, related_name="role_assignments"
    )
    group = models.ForeignKey(
        PropertyGroup, on_delete=models.PROTECT, null=True, blank=True, related_name="role_assignments"
    )
    valid_from = models.DateField(null=True, blank=True, help_text="Calendar day, inclusive.")
    valid_to = models.DateField(null=True, blank=True, help_text="Calendar day, inclusive.")

    objects = RoleAssignmentQuerySet.as_manager()

    class Meta:
        ordering = ["user", "role"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(property__isnull=True) ^ models.Q(group__isnull=True),
                name="assignment_at_property_or_group",
            ),
            models.CheckConstraint(
                condition=models.Q(valid_from=None)
                | models.Q(valid_to=None)
                | models.Q(valid_from__lte=models.F("valid_to")),
                name="assignment_dates_order",
            ),
            models.UniqueConstraint(
                fields=["user", "role", "property", "group"], name="assignment_once", nulls_distinct=False
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.role} at {self.property or self.group}"
