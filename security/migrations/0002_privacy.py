"""Requests about personal data, holds, retention and registers."""

import django.core.serializers.json
import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import hotel.core.clock
import hotel.core.fields
from hotel.core.postgresql.tables import models_at_once


class Migration(migrations.Migration):
    dependencies = [
        ("security", "0001_access"),
        ("guests", "0002_data_protection"),
        ("properties", "0002_grants_end"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.CreateModel(
            name="PrivacyRequest",
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
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("access", "Access"),
                            ("portability", "Portability"),
                            ("rectification", "Rectification"),
                            ("restriction", "Restriction"),
                            ("objection", "Objection"),
                            ("erasure", "Erasure"),
                        ],
                        max_length=16,
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("received", "Received"),
                            ("identified", "Identified"),
                            ("proposed", "Waits for a second person"),
                            ("approved", "Approved"),
                            ("completed", "Completed"),
                            ("partly_completed", "Completed in part"),
                            ("refused", "Refused"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="received",
                        max_length=20,
                    ),
                ),
                (
                    "purpose",
                    models.CharField(
                        blank=True,
                        choices=[("marketing", "Marketing"), ("profiling", "Profiling")],
                        help_text="Of an objection.",
                        max_length=12,
                    ),
                ),
                (
                    "changes",
                    hotel.core.fields.EncryptedTextField(
                        blank=True, help_text="Of a rectification: JSON of fields to what is right."
                    ),
                ),
                (
                    "words",
                    hotel.core.fields.EncryptedTextField(
                        blank=True, help_text="What the guest wrote or said."
                    ),
                ),
                ("received_on", models.DateField(help_text="Calendar day at the property.")),
                ("due_on", models.DateField(help_text="Last calendar day to answer, inclusive.")),
                (
                    "identity_check",
                    models.CharField(blank=True, help_text="How he proved who he is.", max_length=200),
                ),
                ("identified_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("extended_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("extension_reason", models.CharField(blank=True, max_length=400)),
                ("approved_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("closed_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "outcome",
                    models.CharField(blank=True, help_text="What was done, or why not.", max_length=2000),
                ),
                (
                    "history",
                    hotel.core.fields.EncryptedTextField(
                        blank=True, editable=False, help_text="JSON: what a rectification changed."
                    ),
                ),
                (
                    "approved_by",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "closed_by",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "guest",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="privacy_requests",
                        to="guests.guest",
                    ),
                ),
                (
                    "identified_by",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
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
                    "proposed_by",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["property_id", "-id"],
                "indexes": [
                    models.Index(
                        condition=models.Q(
                            ("status__in", ["approved", "identified", "proposed", "received"])
                        ),
                        fields=["property", "due_on"],
                        name="privacy_due",
                    ),
                    models.Index(fields=["property", "status"], name="privacy_status"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "objection"), models.Q(("purpose", ""), _negated=True)),
                            models.Q(models.Q(("kind", "objection"), _negated=True), ("purpose", "")),
                            _connector="OR",
                        ),
                        name="privacy_objection_has_purpose",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("approved_by", None),
                            models.Q(("approved_by", models.F("proposed_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="privacy_approved_by_another",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("extended_at", None),
                            models.Q(("extension_reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="privacy_extension_has_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("closed_at", None),
                                ("status__in", ["approved", "identified", "proposed", "received"]),
                            ),
                            models.Q(
                                models.Q(
                                    ("status__in", ["approved", "identified", "proposed", "received"]),
                                    _negated=True,
                                ),
                                ("closed_at__isnull", False),
                                models.Q(("outcome", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="privacy_closed_says_when_and_what",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("due_on__gt", models.F("received_on"))),
                        name="privacy_due_after_received",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PrivacyBundle",
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
                    "status",
                    models.CharField(
                        choices=[
                            ("queued", "Queued"),
                            ("running", "Being made"),
                            ("ready", "Ready"),
                            ("failed", "Failed"),
                            ("expired", "Expired"),
                        ],
                        default="queued",
                        max_length=8,
                    ),
                ),
                ("progress", models.PositiveSmallIntegerField(default=0, help_text="0–100.")),
                ("document", hotel.core.fields.EncryptedTextField(blank=True, help_text="JSON.")),
                ("printed", hotel.core.fields.EncryptedTextField(blank=True, help_text="PDF, base64.")),
                ("digest", models.CharField(blank=True, help_text="SHA-256 of the JSON.", max_length=64)),
                ("failure", models.CharField(blank=True, max_length=200)),
                ("made_at", models.DateTimeField(blank=True, null=True)),
                ("expires_at", models.DateTimeField(blank=True, null=True)),
                ("downloads", models.PositiveIntegerField(default=0)),
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
                    "request",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="bundles",
                        to="security.privacyrequest",
                    ),
                ),
            ],
            options={
                "ordering": ["property_id", "-id"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("status__in", ["queued", "running"])),
                        fields=["property", "status"],
                        name="bundle_waiting",
                    ),
                    models.Index(fields=["property", "request"], name="bundle_of_request"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("progress__lte", 100)), name="bundle_progress"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("expires_at__isnull", False),
                                ("status", "ready"),
                                models.Q(("digest", ""), _negated=True),
                            ),
                            models.Q(
                                models.Q(("status", "ready"), _negated=True),
                                ("document", ""),
                                ("printed", ""),
                            ),
                            _connector="OR",
                        ),
                        name="bundle_ready_has_content",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ErasureCertificate",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(default=hotel.core.clock.now, editable=False)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                ("guest_id", models.BigIntegerField(help_text="The pseudonym that is left.")),
                ("issued_at", models.DateTimeField(default=hotel.core.clock.now)),
                (
                    "erased",
                    models.JSONField(
                        encoder=django.core.serializers.json.DjangoJSONEncoder,
                        help_text="What to how many rows.",
                    ),
                ),
                (
                    "kept",
                    models.JSONField(
                        encoder=django.core.serializers.json.DjangoJSONEncoder,
                        help_text="Model, how many rows, and why.",
                    ),
                ),
                (
                    "keys_forgotten",
                    models.PositiveIntegerField(
                        default=0, help_text="Keys without which backups are unreadable."
                    ),
                ),
                (
                    "digest",
                    models.CharField(help_text="SHA-256 of what is above, as canonical JSON.", max_length=64),
                ),
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
                    "request",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="certificate",
                        to="security.privacyrequest",
                    ),
                ),
            ],
            options={"ordering": ["property_id", "-id"]},
        ),
        migrations.CreateModel(
            name="Processor",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(default=hotel.core.clock.now, editable=False)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                ("name", models.CharField(max_length=120)),
                ("service", models.CharField(help_text="What he does with the data.", max_length=200)),
                (
                    "country",
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
                ("data_categories", models.CharField(max_length=400)),
                (
                    "contract_on",
                    models.DateField(blank=True, help_text="Day of the processing agreement.", null=True),
                ),
                (
                    "safeguards",
                    models.CharField(blank=True, help_text="Of transfers outside the EEA.", max_length=400),
                ),
                ("sub_processors", models.CharField(blank=True, max_length=400)),
                ("is_active", models.BooleanField(default=True)),
                (
                    "property",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="properties.property",
                    ),
                ),
            ],
            options={
                "ordering": ["property_id", "name"],
                "constraints": [
                    models.UniqueConstraint(fields=("property", "name", "service"), name="processor_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="RetentionRule",
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
                    "country",
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
                (
                    "document_class",
                    models.CharField(
                        choices=[
                            ("guest_profile", "Guest profile"),
                            ("guest_register", "Guest register"),
                            ("reservation", "Reservation"),
                            ("fiscal_document", "Invoice and voucher"),
                            ("business_letter", "Business letter"),
                            ("consent_proof", "Proof of consent"),
                            ("payment_card", "Payment card"),
                            ("marketing", "Marketing"),
                            ("employment", "Employment"),
                            ("privacy_case", "Request of a data subject"),
                            ("incident", "Security incident"),
                            ("access_log", "Log"),
                        ],
                        max_length=16,
                    ),
                ),
                ("purpose", models.CharField(max_length=120)),
                (
                    "months",
                    models.PositiveSmallIntegerField(
                        help_text="After the last stay, or after the document's year."
                    ),
                ),
                ("valid_from", models.DateField(help_text="Calendar day, inclusive.")),
                ("valid_to", models.DateField(blank=True, help_text="Calendar day, inclusive.", null=True)),
                (
                    "source",
                    models.CharField(blank=True, help_text="The law, or who decided it.", max_length=200),
                ),
                (
                    "is_confirmed",
                    models.BooleanField(
                        default=False, help_text="By counsel; without, nothing is erased by it."
                    ),
                ),
                (
                    "property",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="properties.property",
                    ),
                ),
            ],
            options={
                "ordering": ["property_id", "country", "document_class", "-valid_from"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("property", "country", "document_class", "purpose", "valid_from"),
                        name="retention_rule_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("months__gte", 1), ("months__lte", 1200)), name="retention_months"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_to", None), ("valid_to__gte", models.F("valid_from")), _connector="OR"
                        ),
                        name="retention_dates_in_order",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RetentionRun",
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
                    "status",
                    models.CharField(
                        choices=[
                            ("proposed", "Proposed"),
                            ("approved", "Approved"),
                            ("done", "Done"),
                            ("dismissed", "Dismissed"),
                        ],
                        default="proposed",
                        max_length=10,
                    ),
                ),
                ("cutoff_on", models.DateField(help_text="Whose last stay ended before this calendar day.")),
                ("due_count", models.PositiveIntegerField(help_text="Rows that are due.")),
                (
                    "held_count",
                    models.PositiveIntegerField(
                        default=0, help_text="Rows that a hold or a stay to come keeps."
                    ),
                ),
                (
                    "due_ids",
                    models.JSONField(
                        default=list,
                        encoder=django.core.serializers.json.DjangoJSONEncoder,
                        help_text="Ids of what is due.",
                    ),
                ),
                ("approved_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("done_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("done_count", models.PositiveIntegerField(default=0)),
                (
                    "skipped_count",
                    models.PositiveIntegerField(
                        default=0, help_text="Not due any more when their turn came."
                    ),
                ),
                (
                    "digest",
                    models.CharField(blank=True, help_text="SHA-256 of the certificate.", max_length=64),
                ),
                (
                    "approved_by",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
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
                    "proposed_by",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "rule",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="runs",
                        to="security.retentionrule",
                    ),
                ),
            ],
            options={
                "ordering": ["property_id", "-id"],
                "indexes": [models.Index(fields=["property", "rule"], name="retention_run_of_rule")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("approved_by", None),
                            models.Q(("approved_by", models.F("proposed_by")), _negated=True),
                            ("proposed_by", None),
                            _connector="OR",
                        ),
                        name="retention_approved_by_another",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "done"), _negated=True),
                            models.Q(("done_at__isnull", False), models.Q(("digest", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="retention_done_has_certificate",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("status", "proposed")),
                        fields=("property", "rule"),
                        name="retention_one_proposal",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ImpactAssessment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(default=hotel.core.clock.now, editable=False)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                ("code", models.SlugField(max_length=40)),
                ("title", models.CharField(max_length=160)),
                (
                    "status",
                    models.CharField(
                        choices=[("draft", "Draft"), ("reviewed", "Reviewed"), ("accepted", "Accepted")],
                        default="draft",
                        max_length=10,
                    ),
                ),
                (
                    "sections",
                    models.JSONField(
                        encoder=django.core.serializers.json.DjangoJSONEncoder,
                        help_text="List of {question, answer}.",
                    ),
                ),
                ("review_on", models.DateField(blank=True, null=True)),
                (
                    "property",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="properties.property",
                    ),
                ),
            ],
            options={
                "ordering": ["property_id", "title"],
                "constraints": [
                    models.UniqueConstraint(fields=("property", "code"), name="impact_assessment_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="LegalHold",
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
                    "kind",
                    models.CharField(
                        choices=[
                            ("litigation", "Litigation"),
                            ("police", "Police or prosecution"),
                            ("authority", "Other authority"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "reference",
                    models.CharField(blank=True, help_text="The other side's file number.", max_length=80),
                ),
                ("reason", hotel.core.fields.EncryptedTextField()),
                ("placed_at", models.DateTimeField(default=hotel.core.clock.now, editable=False)),
                ("lifted_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "guest",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="legal_holds",
                        to="guests.guest",
                    ),
                ),
                (
                    "lifted_by",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "placed_by",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "property",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="properties.property",
                    ),
                ),
            ],
            options={
                "ordering": ["property_id", "-id"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("lifted_at", None)),
                        fields=["property", "guest"],
                        name="hold_stands",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="hold_has_reason"
                    )
                ],
            },
        ),
    ]
    operations = models_at_once(operations)
