"""Print the public keys of the trail's seals."""

from typing import Any

from django.core.management.base import BaseCommand

from security.seal_keys import seal_keys


class Command(BaseCommand):
    """``manage.py audit_keys``: for those who keep heads, so that they can check signatures without this house."""

    help = "Print the public key (Ed25519, base64) of each seal key by its name."

    def handle(self, *args: Any, **options: Any) -> None:
        """One line for each key."""
        for name, key in seal_keys().published().items():
            self.stdout.write(f"{name}:{key}")
