"""Users: people who sign in, and the machine accounts behind tokens."""

from django.contrib.auth.models import AbstractUser
from django.db import models

from hotel.core.models_base import TimeStamped
from hotel.properties.models import Chain, Property


class User(AbstractUser):
    """A person or a machine. What it may do comes only from roles at properties."""

    email = models.EmailField("e-mail address", blank=True)
    display_name = models.CharField(max_length=120, blank=True)
    language = models.CharField(max_length=8, default="en")
    is_machine = models.BooleanField(default=False, help_text="Uses tokens; cannot sign in with a password.")
    chain = models.ForeignKey(Chain, on_delete=models.PROTECT, null=True, blank=True, related_name="users")

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
