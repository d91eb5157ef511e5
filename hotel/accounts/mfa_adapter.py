"""How allauth keeps what second factors need: its secrets are encrypted with the keys of the house."""

from typing import Any

from allauth.mfa.adapter import DefaultMFAAdapter

from hotel.core.crypto import key_ring

_CONTEXT = "mfa.authenticator.data"


class HouseMfaAdapter(DefaultMFAAdapter):
    """Encrypts seeds, names people by their user name, and sends no mail of its own."""

    def encrypt(self, text: str) -> str:
        """Seeds of apps and of recovery codes, on their way into the database."""
        return key_ring().encrypt(text, context=_CONTEXT)

    def decrypt(self, encrypted_text: str) -> str:
        """And out of it."""
        return key_ring().decrypt(encrypted_text, context=_CONTEXT)

    def _get_user_identifier(self, user: Any) -> str:
        return user.username

    def _get_site_name(self) -> str:
        return "Auberge"

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """Mail leaves the house through messaging only."""
