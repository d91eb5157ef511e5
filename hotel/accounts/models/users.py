"""Users: people who sign in, and the machine accounts behind tokens."""

from typing import Any, Self

from django.contrib.auth.models import AbstractUser, UserManager
from django.db import models

from hotel.accounts.choices import Density, Theme
from hotel.core.models_base import TimeStamped
from hotel.properties.models import Chain, Property
from hotel.properties.scoping import Limit, grants_of, sees_everything


class UserQuerySet(models.QuerySet):
    """Vocabulary of users."""

    def belonging_to(self, property_ids: Any) -> Self:
        """Users who have, had or will have a role at one of the properties, or are at home there."""
        at_home = models.Q(staff_profile__home_property__in=property_ids)
        direct = models.Q(role_assignments__property__in=property_ids)
        by_group = models.Q(role_assignments__group__properties__in=property_ids)
        return self.filter(pk__in=User.objects.filter(at_home | direct | by_group).values("pk"))

    def visible_to(self, user: Any, verb: str = "view", area: str = "accounts") -> Self:
        """Users who belong to a property where the caller holds the verb; superusers only to superusers."""
        if sees_everything(user):
            return self
        return self.filter(is_superuser=False).belonging_to(grants_of(user).property_ids(verb, area))


class PeopleManager(UserManager.from_queryset(UserQuerySet)):  # type: ignore[misc]
    """Creates users, and knows the vocabulary."""

    use_in_migrations = False


class User(AbstractUser):
    """A person or a machine. What it may do comes only from roles at properties."""

    email = models.EmailField("e-mail address", blank=True)
    display_name = models.CharField(max_length=120, blank=True)
    language = models.CharField(max_length=8, default="en")
    theme = models.CharField(max_length=8, choices=Theme.choices, default=Theme.COMPUTER, blank=True)
    density = models.CharField(max_length=8, choices=Density.choices, default=Density.STANDARD, blank=True)
    are_keys_on = models.BooleanField(
        "keys without Ctrl", default=True, help_text="Such as G T; Ctrl K always works."
    )
    is_machine = models.BooleanField(default=False, help_text="Uses tokens; cannot sign in with a password.")
    password_due_since = models.DateTimeField(
        null=True,
        blank=True,
        help_text="Since then nothing opens before the person has set another password.",
    )
    chain = models.ForeignKey(Chain, on_delete=models.PROTECT, null=True, blank=True, related_name="users")

    grant_limit: Limit | None = None  # set on the instance that a token signs in

    objects = PeopleManager()

    class Meta:
        ordering = ["username"]

    def __str__(self) -> str:
        return self.display_name or self.get_full_name() or self.username


class StaffProfile(TimeStamped):
    """What the house knows of an employee beyond the log-in."""

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="staff_profile")
    home_property = models.ForeignKey(Property, on_delete=models.PROTECT, related_name="staff_profiles")
    job_title = models.CharField(max_length=80, blank=True)
    employee_number = models.CharField(max_length=40, blank=True)
    phone = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering = ["home_property", "user"]
        constraints = [
            models.UniqueConstraint(
                fields=["home_property", "employee_number"],
                condition=~models.Q(employee_number=""),
                name="employee_number_once",
            )
        ]

    def __str__(self) -> str:
        return str(self.user)
