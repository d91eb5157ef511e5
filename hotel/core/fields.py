"""Model fields of the kernel."""

from typing import Any

from django.core.exceptions import FieldError
from django.db import models
from django.db.models.lookups import Exact, IsNull

from hotel.core.crypto import key_ring


class EmptyExact(Exact):
    """Equality with nothing: the only equality of ciphertext that means something."""

    def get_prep_lookup(self) -> Any:
        """Refuse a value, because each encryption of it differs."""
        if self.rhs:
            raise FieldError("An encrypted field cannot be searched: compare its fingerprint column.")
        return super().get_prep_lookup()


class EncryptedTextField(models.TextField):
    """Text stored as AES-256-GCM ciphertext, bound to its model and field name.

    It cannot be searched; pair it with a fingerprint column for equality search. Only ``=""`` and
    ``__isnull`` are understood, anything else raises FieldError instead of never matching.
    """

    def get_lookup(self, lookup_name: str) -> Any:
        """See Django; refuses what ciphertext cannot answer."""
        return {"exact": EmptyExact, "isnull": IsNull}.get(lookup_name)

    def _context(self) -> str:
        return f"{self.model._meta.label_lower}.{self.attname}"

    def get_prep_value(self, value: Any) -> Any:
        """Encrypt on the way in; empty stays empty."""
        return key_ring().encrypt(str(value), context=self._context()) if value else value

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        """Decrypt on the way out."""
        return key_ring().decrypt(value, context=self._context()) if value else value
