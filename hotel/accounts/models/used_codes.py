"""Codes of apps that were used: each opens once, in whichever process."""

from django.db import models

from hotel.core.clock import now


class UsedCode(models.Model):
    """One time step of one person's app, of which the code was used."""

    user = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="+")
    step = models.BigIntegerField(help_text="Periods of 30 seconds since 1970.")
    used_at = models.DateTimeField(default=now)

    class Meta:
        ordering = ["user", "-step"]
        constraints = [models.UniqueConstraint(fields=["user", "step"], name="code_used_once")]

    def __str__(self) -> str:
        return f"{self.user}: {self.step}"
