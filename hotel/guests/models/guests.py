"""Persons."""

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q

from hotel.core.fields import SealedDateField
from hotel.guests.choices import EmailKind
from hotel.guests.models.contacts import COUNTRY, Contactable
from hotel.guests.querysets import GuestQuerySet


class Guest(Contactable):
    """A person, known to the whole chain and visible through the properties linked to him.

    ``merged_into`` makes the row a tombstone: it keeps its own data for an un-merge, takes no more changes
    and leads to the profile that lives on.
    """

    chain = models.ForeignKey(
        "properties.Chain", on_delete=models.PROTECT, related_name="guests", db_index=False
    )
    salutation = models.CharField(max_length=40, blank=True, help_text="Such as Ms, Dr or Prof.")
    first_name = models.CharField(max_length=80, blank=True)
    last_name = models.CharField(max_length=80)
    name_key = models.CharField(
        max_length=400, editable=False, help_text="Last and first name, lower case and without accents."
    )
    email_kind = models.CharField(max_length=8, choices=EmailKind.choices, blank=True, editable=False)
    birth_date = SealedDateField(null=True, blank=True)
    birth_date_fingerprint = models.CharField(max_length=64, blank=True, editable=False)
    nationality = models.CharField(max_length=2, blank=True, validators=[COUNTRY], help_text="ISO 3166.")
    language = models.CharField(max_length=8, blank=True, help_text="Of letters, such as en or de.")
    is_do_not_rent = models.BooleanField(default=False, editable=False)
    do_not_rent_reason = models.CharField(max_length=400, blank=True, editable=False)
    do_not_rent_at = models.DateTimeField(null=True, blank=True, editable=False)
    do_not_rent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", editable=False
    )
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="tombstones", editable=False
    )

    processing_restricted_at = models.DateTimeField(
        null=True, blank=True, editable=False, help_text="Kept, but used by nobody else (GDPR 18)."
    )
    marketing_objected_at = models.DateTimeField(
        null=True, blank=True, editable=False, help_text="GDPR 21(2)."
    )
    profiling_objected_at = models.DateTimeField(
        null=True, blank=True, editable=False, help_text="GDPR 21(1)."
    )
    erased_at = models.DateTimeField(null=True, blank=True, editable=False, help_text="GDPR 17.")

    objects = GuestQuerySet.as_manager()

    def key_subject(self) -> str:
        """Whose key encrypts the row."""
        return f"guest:{self.pk}"

    class Meta:
        ordering = ["last_name", "first_name", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(last_name=""), name="guest_has_last_name"),
            models.CheckConstraint(
                condition=Q(is_do_not_rent=False, do_not_rent_reason="", do_not_rent_at=None)
                | (Q(is_do_not_rent=True, do_not_rent_at__isnull=False) & ~Q(do_not_rent_reason="")),
                name="guest_restriction_has_reason",
            ),
            models.CheckConstraint(condition=~Q(merged_into=F("id")), name="guest_not_into_itself"),
            models.CheckConstraint(
                condition=Q(email_fingerprint="", email_kind="")
                | (~Q(email_fingerprint="") & ~Q(email_kind="")),
                name="guest_email_has_kind",
            ),
            models.CheckConstraint(
                condition=Q(erased_at=None)
                | Q(
                    email="",
                    phone="",
                    street="",
                    first_name="",
                    birth_date=None,
                    email_fingerprint="",
                    phone_fingerprint="",
                    birth_date_fingerprint="",
                ),
                name="guest_erased_is_empty",
            ),
        ]
        indexes = [
            models.Index(
                fields=["chain", "email_fingerprint"], name="guest_email", condition=~Q(email_fingerprint="")
            ),
            models.Index(
                fields=["chain", "phone_fingerprint"], name="guest_phone", condition=~Q(phone_fingerprint="")
            ),
            GinIndex(
                fields=["chain", "name_key"],
                opclasses=["int8_ops", "gin_trgm_ops"],
                name="guest_name",
                fastupdate=False,  # see profile_search
                condition=Q(merged_into=None),
            ),
            models.Index(
                fields=["id"], name="guest_restricted", condition=Q(processing_restricted_at__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return self.full_name

    @property
    def full_name(self) -> str:
        """First and last name."""
        return f"{self.first_name} {self.last_name}".strip()
