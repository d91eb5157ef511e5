"""What persons and companies have in common: how to reach them."""

from django.core.validators import RegexValidator
from django.db import models

from hotel.core.fields import SealedCharField, SealedEmailField
from hotel.core.models_base import SealedRow, TimeStamped, Versioned

COUNTRY = RegexValidator(r"^[A-Z]{2}$", "Use the two capital letters of ISO 3166, such as AT.")


class Contactable(SealedRow, TimeStamped, Versioned):
    """E-mail, telephone and address.

    E-mail, telephone and street are encrypted. E-mail and telephone are written by services only, normalised and
    with their fingerprints, which equality look-ups use.
    """

    email = SealedEmailField(max_length=254, blank=True, help_text="Lower case.")
    email_fingerprint = models.CharField(max_length=64, blank=True, editable=False)
    phone = SealedCharField(max_length=20, blank=True, help_text="E.164, such as +4315550100.")
    phone_fingerprint = models.CharField(max_length=64, blank=True, editable=False)
    street = SealedCharField(max_length=160, blank=True)
    postal_code = models.CharField(max_length=20, blank=True)
    city = models.CharField(max_length=80, blank=True)
    region = models.CharField(max_length=80, blank=True)
    country = models.CharField(max_length=2, blank=True, validators=[COUNTRY], help_text="ISO 3166.")

    class Meta:
        abstract = True
