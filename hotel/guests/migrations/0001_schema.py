"""Guests and companies, the search function, and the trigger that keeps consents a history."""

from pathlib import Path

import django.contrib.postgres.indexes
import django.core.validators
import django.db.models.deletion
import djmoney.models.fields
from django.conf import settings
from django.db import migrations, models

import hotel.core.clock
import hotel.core.fields
from hotel.core.postgresql.tables import models_at_once

SQL = Path(__file__).resolve().parent.parent / "sql"


def text(name):
    return (SQL / f"{name}.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    replaces = [("guests", "0001_initial"), ("guests", "0002_search_and_guards")]

    initial = True

    dependencies = [
        ("accounts", "0002_roles_and_tokens"),
        ("core", "0001_schema"),
        ("properties", "0001_schema"),
    ]

    operations = [
        migrations.CreateModel(
            name="Company",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(default=hotel.core.clock.now, editable=False)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("email", models.EmailField(blank=True, help_text="Lower case.", max_length=254)),
                ("email_fingerprint", models.CharField(blank=True, editable=False, max_length=64)),
                (
                    "phone",
                    models.CharField(blank=True, help_text="E.164, such as +4315550100.", max_length=20),
                ),
                ("phone_fingerprint", models.CharField(blank=True, editable=False, max_length=64)),
                ("street", models.CharField(blank=True, max_length=160)),
                ("postal_code", models.CharField(blank=True, max_length=20)),
                ("city", models.CharField(blank=True, max_length=80)),
                ("region", models.CharField(blank=True, max_length=80)),
                (
                    "country",
                    models.CharField(
                        blank=True,
                        help_text="ISO 3166.",
                        max_length=2,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[A-Z]{2}$", "Use the two capital letters of ISO 3166, such as AT."
                            )
                        ],
                    ),
                ),
                (
                    "chain",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="companies",
                        to="properties.chain",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("company", "Company"),
                            ("travel_agent", "Travel agent"),
                            ("source", "Source of business"),
                        ],
                        default="company",
                        max_length=12,
                    ),
                ),
                ("name", models.CharField(max_length=160)),
                (
                    "code",
                    models.CharField(
                        blank=True, help_text="As people type it; unique in the chain.", max_length=32
                    ),
                ),
                ("tax_number", models.CharField(blank=True, max_length=40)),
                ("iata_number", models.CharField(blank=True, help_text="Of a travel agent.", max_length=16)),
                (
                    "commission_rate",
                    models.DecimalField(
                        decimal_places=4, default=0, help_text="Share of the room price, 0–1.", max_digits=5
                    ),
                ),
                (
                    "ar_number",
                    models.CharField(blank=True, help_text="Account in the city ledger.", max_length=32),
                ),
                ("is_active", models.BooleanField(default=True)),
            ],
            options={
                "verbose_name_plural": "companies",
                "ordering": ["name", "pk"],
                "indexes": [models.Index(fields=["chain", "name"], name="company_name")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True), name="company_has_name"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("commission_rate__gte", 0), ("commission_rate__lte", 1)),
                        name="company_commission_share",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("code", ""), _negated=True),
                        fields=("chain", "code"),
                        name="company_code_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ar_number", ""), _negated=True),
                        fields=("chain", "ar_number"),
                        name="company_ar_number_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Guest",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(default=hotel.core.clock.now, editable=False)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("email", models.EmailField(blank=True, help_text="Lower case.", max_length=254)),
                ("email_fingerprint", models.CharField(blank=True, editable=False, max_length=64)),
                (
                    "phone",
                    models.CharField(blank=True, help_text="E.164, such as +4315550100.", max_length=20),
                ),
                ("phone_fingerprint", models.CharField(blank=True, editable=False, max_length=64)),
                ("street", models.CharField(blank=True, max_length=160)),
                ("postal_code", models.CharField(blank=True, max_length=20)),
                ("city", models.CharField(blank=True, max_length=80)),
                ("region", models.CharField(blank=True, max_length=80)),
                (
                    "country",
                    models.CharField(
                        blank=True,
                        help_text="ISO 3166.",
                        max_length=2,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[A-Z]{2}$", "Use the two capital letters of ISO 3166, such as AT."
                            )
                        ],
                    ),
                ),
                (
                    "chain",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="guests",
                        to="properties.chain",
                    ),
                ),
                (
                    "salutation",
                    models.CharField(blank=True, help_text="Such as Ms, Dr or Prof.", max_length=40),
                ),
                ("first_name", models.CharField(blank=True, max_length=80)),
                ("last_name", models.CharField(max_length=80)),
                (
                    "name_key",
                    models.CharField(
                        editable=False,
                        help_text="Last and first name, lower case and without accents.",
                        max_length=400,
                    ),
                ),
                (
                    "email_kind",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("personal", "Personal"),
                            ("relay", "Relay address of a channel"),
                            ("shared", "Shared mailbox"),
                        ],
                        editable=False,
                        max_length=8,
                    ),
                ),
                ("birth_date", models.DateField(blank=True, null=True)),
                (
                    "nationality",
                    models.CharField(
                        blank=True,
                        help_text="ISO 3166.",
                        max_length=2,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[A-Z]{2}$", "Use the two capital letters of ISO 3166, such as AT."
                            )
                        ],
                    ),
                ),
                (
                    "language",
                    models.CharField(blank=True, help_text="Of letters, such as en or de.", max_length=8),
                ),
                ("is_do_not_rent", models.BooleanField(default=False, editable=False)),
                ("do_not_rent_reason", models.CharField(blank=True, editable=False, max_length=400)),
                ("do_not_rent_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "do_not_rent_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "merged_into",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tombstones",
                        to="guests.guest",
                    ),
                ),
            ],
            options={
                "ordering": ["last_name", "first_name", "pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("email_fingerprint", ""), _negated=True),
                        fields=["chain", "email_fingerprint"],
                        name="guest_email",
                    ),
                    models.Index(
                        condition=models.Q(("phone_fingerprint", ""), _negated=True),
                        fields=["chain", "phone_fingerprint"],
                        name="guest_phone",
                    ),
                    django.contrib.postgres.indexes.GinIndex(
                        condition=models.Q(("merged_into", None)),
                        fastupdate=False,
                        fields=["chain", "name_key"],
                        name="guest_name",
                        opclasses=["int8_ops", "gin_trgm_ops"],
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("last_name", ""), _negated=True), name="guest_has_last_name"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("do_not_rent_at", None),
                                ("do_not_rent_reason", ""),
                                ("is_do_not_rent", False),
                            ),
                            models.Q(
                                ("do_not_rent_at__isnull", False),
                                ("is_do_not_rent", True),
                                models.Q(("do_not_rent_reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="guest_restriction_has_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("merged_into", models.F("id")), _negated=True),
                        name="guest_not_into_itself",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("email_fingerprint", ""), ("email_kind", "")),
                            models.Q(
                                models.Q(("email_fingerprint", ""), _negated=True),
                                models.Q(("email_kind", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="guest_email_has_kind",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="GuestMerge",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(default=hotel.core.clock.now, editable=False)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                (
                    "chain",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="properties.chain",
                    ),
                ),
                (
                    "kept",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="merges_kept",
                        to="guests.guest",
                    ),
                ),
                (
                    "merged",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="merges_lost",
                        to="guests.guest",
                    ),
                ),
                ("reason", models.CharField(max_length=400)),
                (
                    "snapshot",
                    hotel.core.fields.EncryptedTextField(
                        help_text="JSON: both profiles before, and every re-pointed reference."
                    ),
                ),
                ("merged_at", models.DateTimeField(default=hotel.core.clock.now)),
                (
                    "merged_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("unmerge_until", models.DateTimeField()),
                ("unmerged_at", models.DateTimeField(null=True)),
                (
                    "unmerged_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kept", models.F("merged")), _negated=True), name="merge_of_two"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("unmerged_at", None)),
                        fields=("merged",),
                        name="merge_stands_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="GuestMatch",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(default=hotel.core.clock.now, editable=False)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                (
                    "chain",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="properties.chain",
                    ),
                ),
                (
                    "first",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="guests.guest"
                    ),
                ),
                (
                    "second",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="guests.guest"
                    ),
                ),
                ("score", models.DecimalField(decimal_places=3, help_text="0–1.", max_digits=4)),
                ("reasons", models.JSONField(help_text="What spoke for and against, each with its points.")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("open", "Open"),
                            ("merged", "Merged"),
                            ("dismissed", "Two different people"),
                        ],
                        default="open",
                        max_length=10,
                    ),
                ),
                ("decided_at", models.DateTimeField(null=True)),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "guest matches",
                "ordering": ["-score", "pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("status", "open")), fields=["chain", "-score"], name="match_queue"
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("first__lt", models.F("second"))), name="match_in_order"
                    ),
                    models.UniqueConstraint(fields=("first", "second"), name="match_once"),
                    models.CheckConstraint(
                        condition=models.Q(("score__gte", 0), ("score__lte", 1)), name="match_score_share"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at", None), ("status", "open")),
                            models.Q(
                                models.Q(("status", "open"), _negated=True), ("decided_at__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="match_decided_has_time",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ProfileAtProperty",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(default=hotel.core.clock.now, editable=False)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                (
                    "property",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="properties.property",
                    ),
                ),
                (
                    "guest",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="profiles",
                        to="guests.guest",
                    ),
                ),
                (
                    "company",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="profiles",
                        to="guests.company",
                    ),
                ),
                ("search_text", models.CharField(blank=True, editable=False, max_length=800)),
                ("stays", models.PositiveIntegerField(default=0, editable=False)),
                ("nights", models.PositiveIntegerField(default=0, editable=False)),
                ("cancellations", models.PositiveIntegerField(default=0, editable=False)),
                ("no_shows", models.PositiveIntegerField(default=0, editable=False)),
                (
                    "revenue_currency",
                    djmoney.models.fields.CurrencyField(
                        choices=[], default=None, editable=False, max_length=3, null=True
                    ),
                ),
                (
                    "revenue",
                    djmoney.models.fields.MoneyField(
                        decimal_places=3, editable=False, max_digits=14, null=True
                    ),
                ),
                (
                    "first_stay_on",
                    models.DateField(editable=False, help_text="Business date of arrival.", null=True),
                ),
                (
                    "last_stay_on",
                    models.DateField(editable=False, help_text="Business date of arrival.", null=True),
                ),
                ("recomputed_at", models.DateTimeField(editable=False, null=True)),
            ],
            options={
                "verbose_name_plural": "profiles at properties",
                "ordering": ["property_id", "pk"],
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        fastupdate=False,
                        fields=["property", "search_text"],
                        name="profile_search",
                        opclasses=["int8_ops", "gin_trgm_ops"],
                    ),
                    models.Index(
                        fields=["property", "search_text"],
                        name="profile_prefix",
                        opclasses=["int8_ops", "text_pattern_ops"],
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("company", None), ("guest__isnull", False)),
                            models.Q(("company__isnull", False), ("guest", None)),
                            _connector="OR",
                        ),
                        name="profile_guest_or_company",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("guest__isnull", False)),
                        fields=("property", "guest"),
                        name="profile_guest_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("company__isnull", False)),
                        fields=("property", "company"),
                        name="profile_company_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="GuestRelationship",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(default=hotel.core.clock.now, editable=False)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                (
                    "guest",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="relationships",
                        to="guests.guest",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("works_for", "Works for"),
                            ("household", "Same household"),
                            ("family", "Family"),
                            ("assistant_of", "Assistant of"),
                        ],
                        max_length=16,
                    ),
                ),
                (
                    "company",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="people",
                        to="guests.company",
                    ),
                ),
                (
                    "other",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="related_by",
                        to="guests.guest",
                    ),
                ),
            ],
            options={
                "ordering": ["guest_id", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("company__isnull", False), ("kind", "works_for"), ("other", None)),
                            models.Q(
                                models.Q(("kind", "works_for"), _negated=True),
                                ("company", None),
                                ("other__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="relationship_has_partner",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("other", models.F("guest")), _negated=True),
                        name="relationship_not_to_oneself",
                    ),
                    models.UniqueConstraint(
                        fields=("guest", "kind", "company", "other"),
                        name="relationship_once",
                        nulls_distinct=False,
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="GuestConsent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(default=hotel.core.clock.now, editable=False)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                (
                    "guest",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="consents",
                        to="guests.guest",
                    ),
                ),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("email", "E-mail"),
                            ("sms", "SMS"),
                            ("push", "Push"),
                            ("phone", "Telephone call"),
                            ("post", "Letter"),
                        ],
                        max_length=8,
                    ),
                ),
                (
                    "purpose",
                    models.CharField(
                        choices=[
                            ("marketing", "Marketing"),
                            ("feedback", "Surveys"),
                            ("profiling", "Personal recommendations"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "decision",
                    models.CharField(choices=[("given", "Given"), ("withdrawn", "Withdrawn")], max_length=10),
                ),
                (
                    "at",
                    models.DateTimeField(default=hotel.core.clock.now, help_text="When the guest decided."),
                ),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("front_desk", "Front desk"),
                            ("website", "Web site"),
                            ("booking", "Booking"),
                            ("telephone", "Telephone"),
                            ("letter", "Letter or e-mail of the guest"),
                            ("link", "Link in a message"),
                            ("import", "Import"),
                            ("merge", "Merge of two profiles"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "evidence",
                    models.TextField(blank=True, help_text="The words agreed to, or where the proof is."),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "merge",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="consents",
                        to="guests.guestmerge",
                    ),
                ),
            ],
            options={
                "ordering": ["guest_id", "-at", "-pk"],
                "indexes": [
                    models.Index(fields=["guest", "channel", "purpose", "-at", "-id"], name="consent_newest")
                ],
            },
        ),
        migrations.CreateModel(
            name="GuestDocument",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(default=hotel.core.clock.now, editable=False)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                (
                    "guest",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="documents",
                        to="guests.guest",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("passport", "Passport"),
                            ("id_card", "Identity card"),
                            ("driving_licence", "Driving licence"),
                            ("residence_permit", "Residence permit"),
                        ],
                        max_length=20,
                    ),
                ),
                ("number", hotel.core.fields.EncryptedTextField()),
                ("number_fingerprint", models.CharField(editable=False, max_length=64)),
                (
                    "issuing_country",
                    models.CharField(
                        help_text="ISO 3166.",
                        max_length=2,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[A-Z]{2}$", "Use the two capital letters of ISO 3166, such as AT."
                            )
                        ],
                    ),
                ),
                ("issued_on", models.DateField(blank=True, null=True)),
                (
                    "expires_on",
                    models.DateField(blank=True, help_text="Last calendar day of validity.", null=True),
                ),
            ],
            options={
                "ordering": ["guest_id", "pk"],
                "indexes": [models.Index(fields=["number_fingerprint"], name="document_number")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("guest", "kind", "issuing_country", "number_fingerprint"),
                        name="document_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("issued_on", None),
                            ("expires_on", None),
                            ("expires_on__gte", models.F("issued_on")),
                            _connector="OR",
                        ),
                        name="document_dates_in_order",
                    ),
                ],
            },
        ),
        migrations.RunSQL(
            text("search"),
            reverse_sql="DROP FUNCTION guests_search(bigint[], text, text[], text, boolean, integer);",
        ),
        migrations.RunSQL(text("consents"), reverse_sql="DROP FUNCTION guests_consent_guard CASCADE;"),
    ]
    operations = models_at_once(operations)
