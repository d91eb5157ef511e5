"""Model fields of the kernel."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import FieldError
from django.db import models
from django.db.models.lookups import Exact, IsNull
from django.db.models.query_utils import DeferredAttribute

from hotel.core.crypto import DecryptionFailed, KeyErased, KeyUnavailable, key_ring

UNAVAILABLE = "[unavailable]"


class EmptyExact(Exact):
    """Equality with nothing: the only equality of ciphertext that means something."""

    def get_prep_lookup(self) -> Any:
        """Refuse a value, because each encryption of it differs."""
        if self.rhs:
            raise FieldError("An encrypted field cannot be searched: compare its fingerprint column.")
        return super().get_prep_lookup()


@dataclass(frozen=True, slots=True)
class Sealed:
    """Ciphertext as the table holds it, not yet decrypted; it shows nothing of what it keeps."""

    token: str

    def __str__(self) -> str:
        return "•••"


@dataclass(frozen=True, slots=True)
class Bound:
    """A value on its way into its row, with what it is bound to."""

    text: str
    context: str
    subject: str


class Unreadable(str):
    """What stands for a text whose key is gone or away. It is false, so that nobody is written to there.

    Saved again, the ciphertext stays as it was.
    """

    __slots__ = ("token",)
    token: str

    def __new__(cls, shown: str, token: str) -> "Unreadable":
        """A marker that shows a word and keeps the ciphertext."""
        made = super().__new__(cls, shown)
        made.token = token
        return made

    def __bool__(self) -> bool:
        return False


class Opening(DeferredAttribute):
    """Decrypts when the attribute is read for the first time, with the key of the row."""

    def __get__(self, instance: Any, cls: Any = None) -> Any:
        """The value in clear, or a marker."""
        value = super().__get__(instance, cls)
        if isinstance(value, Sealed):
            value = self.field.opened(  # type: ignore[attr-defined]
                value.token, instance
            )
            instance.__dict__[self.field.attname] = value
        return value

    def __set__(self, instance: Any, value: Any) -> None:
        instance.__dict__[self.field.attname] = value


class EncryptedMixin(models.Field):
    """AES-256-GCM ciphertext in a text column, bound to table, column and row, under the key of its subject.

    It cannot be searched; pair it with a fingerprint column for equality search. Only ``=""`` and
    ``__isnull`` are understood, anything else raises FieldError instead of never matching. ``values()`` gives
    ``Sealed``: it is rows that can be read.
    """

    descriptor_class = Opening
    shows_marker = True

    def get_internal_type(self) -> str:
        """Ciphertext is text, whatever it keeps."""
        return "TextField"

    def get_lookup(self, lookup_name: str) -> Any:
        """See Django; refuses what ciphertext cannot answer."""
        return {"exact": EmptyExact, "isnull": IsNull}.get(lookup_name)

    def column_context(self) -> str:
        """What old ciphertext is bound to: the column."""
        return f"{self.model._meta.label_lower}.{self.attname}"

    def context_of(self, token: str, pk: Any) -> str:
        """What a ciphertext is bound to: table, column and row, but for those of the first format."""
        return self.column_context() if token.startswith("v1:") else f"{self.column_context()}.{pk}"

    def opened(self, token: str, instance: models.Model) -> Any:
        """The value in clear; where people read it, a marker when it cannot be.

        Raises:
            DecryptionFailed: it cannot be, and nobody must go on without it.
        """
        try:
            return self.to_python(key_ring().decrypt(token, context=self.context_of(token, instance.pk)))
        except DecryptionFailed as error:
            if not isinstance(error, KeyErased | KeyUnavailable):
                from hotel.core.security_events import (
                    security_event,  # models are not loaded yet when this is
                )

                security_event("ciphertext_refused", place=f"{self.column_context()}.{instance.pk}")
            if not self.shows_marker:
                raise
            return Unreadable(_word(error), token)

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        """The value with its row; what nobody has read goes back as it came."""
        raw = model_instance.__dict__.get(self.attname)
        if isinstance(raw, Sealed | Unreadable):
            return Sealed(raw.token)
        value = super().pre_save(model_instance, add)
        if value in (None, ""):
            return value
        if model_instance.pk is None:
            raise FieldError(f"{self.column_context()} is bound to its row: derive it from SealedRow.")
        return Bound(
            self.text_of(value), f"{self.column_context()}.{model_instance.pk}", subject_of(model_instance)
        )

    def text_of(self, value: Any) -> str:
        """The value as text."""
        return str(value)

    def get_prep_value(self, value: Any) -> Any:
        """Encrypt on the way in; empty stays empty."""
        if isinstance(value, Bound):
            return key_ring().encrypt(value.text, context=value.context, subject=value.subject)
        if isinstance(value, Sealed | Unreadable):
            return value.token
        if value in (None, ""):
            return value
        raise FieldError(f"{self.column_context()} is bound to its row: save the row.")

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        """See Django: text, whatever the field keeps."""
        return value if prepared else self.get_prep_value(value)

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        """Kept closed until somebody reads it."""
        if not value:
            return value
        key_ring().expect(value)
        return Sealed(value)

    def clean(self, value: Any, model_instance: Any) -> Any:
        """See Django; what cannot be read is not judged."""
        return value if isinstance(value, Unreadable | Sealed) else super().clean(value, model_instance)


class EncryptedTextField(EncryptedMixin, models.TextField):
    """A secret, or data that only programs read: without its key reading fails with DecryptionFailed."""

    shows_marker = False


class SealedTextField(EncryptedMixin, models.TextField):
    """Text of a person; a marker stands for what cannot be read."""


class SealedCharField(EncryptedMixin, models.CharField):
    """A line of text of a person, at most ``max_length`` characters in clear."""


class SealedEmailField(EncryptedMixin, models.EmailField):
    """An e-mail address of a person."""


class SealedDateField(EncryptedMixin, models.DateField):
    """A calendar day, such as a date of birth; None when it cannot be read."""

    def text_of(self, value: Any) -> str:
        """ISO 8601."""
        return value.isoformat() if isinstance(value, date) else str(value)

    def opened(self, token: str, instance: models.Model) -> Any:
        """None when it cannot be read; the ciphertext is remembered for the next save."""
        value = super().opened(token, instance)
        if not isinstance(value, Unreadable):
            return value
        instance.__dict__[f"_{self.attname}_kept"] = value.token
        return None

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        """As all others; a day that could not be read stays as it was."""
        kept = model_instance.__dict__.get(f"_{self.attname}_kept")
        if kept and model_instance.__dict__.get(self.attname) is None:
            return Sealed(kept)
        return super().pre_save(model_instance, add)


def _word(error: DecryptionFailed) -> str:
    if isinstance(error, KeyErased):
        return "[erased]"
    return UNAVAILABLE if isinstance(error, KeyUnavailable) else "[unreadable]"


def subject_of(row: models.Model) -> str:
    """Whose key a row is encrypted with: what it says itself, else its property's, else the house's."""
    if hasattr(row, "key_subject"):
        return row.key_subject()
    property_id = getattr(row, "property_id", None)
    return f"property:{property_id}" if property_id else "house:0"


def encrypted_fields(model: type[models.Model]) -> list[EncryptedMixin]:
    """The encrypted columns of a model."""
    return [field for field in model._meta.concrete_fields if isinstance(field, EncryptedMixin)]


def bound(row: models.Model, name: str, value: Any) -> Any:
    """A value for ``update()`` of one row: what it is encrypted for is known only with the row."""
    context = f"{row._meta.label_lower}.{name}.{row.pk}"
    return Bound(str(value), context, subject_of(row)) if value else value
