"""Model fields of the kernel."""

from typing import Any

from django.db import models

from hotel.core.crypto import key_ring


class EncryptedTextField(models.TextField):
    """Text stored as AES-256-GCM ciphertext, bound to its model and field name.

    It cannot be searched or ordered by; pair it with a fingerprint column for equality search.
    """

    def _context(self) -> str:
        return f"{self.model._meta.label_lower}.{self.attname}"

    def get_prep_value(self, value: Any) -> Any:
        """Encrypt on the way in; empty stays empty."""
        return key_ring().encrypt(str(value), context=self._context()) if value else value

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        """Decrypt on the way out."""
        return key_ring().decrypt(value, context=self._context()) if value else value
