"""Tickets for websockets: a browser cannot send a header with one, and an address is written down in many places."""

from django.db import models


class SocketTicket(models.Model):
    """Opens one websocket within seconds; gone with its use."""

    user = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="+")
    token = models.ForeignKey("accounts.ApiToken", on_delete=models.CASCADE, null=True, related_name="+")
    digest = models.CharField(max_length=64, unique=True, help_text="SHA-256 of the ticket.")
    expires_at = models.DateTimeField()

    class Meta:
        ordering = ["expires_at"]

    def __str__(self) -> str:
        return f"{self.user} until {self.expires_at}"
