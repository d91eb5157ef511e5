"""Templates, messages and their attempts."""

import uuid

import django.contrib.postgres.fields
import django.core.validators
import django.db.models.deletion
from django.db import migrations, models

import hotel.core.clock
import hotel.core.fields
from hotel.core.postgresql.tables import models_at_once


class Migration(migrations.Migration):
    replaces = [("messaging", "0001_initial")]

    initial = True

    dependencies = [
        ("core", "0001_schema"),
        ("properties", "0001_schema"),
    ]

    operations = [
        migrations.CreateModel(
            name="Message",
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
                    "channel",
                    models.CharField(
                        choices=[("email", "E-mail"), ("sms", "SMS"), ("push", "Push")], max_length=8
                    ),
                ),
                (
                    "purpose",
                    models.CharField(
                        choices=[("transactional", "Transactional"), ("marketing", "Marketing")],
                        default="transactional",
                        max_length=16,
                    ),
                ),
                ("template_code", models.CharField(max_length=60)),
                ("language", models.CharField(max_length=8)),
                (
                    "address",
                    models.CharField(
                        help_text="Normalised; empty once the guest was erased.", max_length=512
                    ),
                ),
                ("recipient_name", models.CharField(blank=True, max_length=160)),
                (
                    "guest_id",
                    models.BigIntegerField(
                        blank=True, help_text="Guests stand above messaging: an id only.", null=True
                    ),
                ),
                ("subject", models.CharField(blank=True, max_length=400)),
                ("body", models.TextField(blank=True)),
                ("body_html", models.TextField(blank=True)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("queued", "Queued"),
                            ("sending", "Sending"),
                            ("sent", "Sent"),
                            ("failed", "Failed"),
                            ("suppressed", "Suppressed"),
                        ],
                        default="queued",
                        max_length=12,
                    ),
                ),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                (
                    "attempt_limit",
                    models.PositiveSmallIntegerField(
                        default=8, help_text="Given up after so many; a retry by hand raises it."
                    ),
                ),
                (
                    "next_attempt_at",
                    models.DateTimeField(blank=True, default=hotel.core.clock.now, null=True),
                ),
                ("claim", models.UUIDField(editable=False, help_text="Who is sending it.", null=True)),
                ("failure_code", models.CharField(blank=True, max_length=40)),
                ("failure_reason", models.TextField(blank=True)),
                ("reference", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("provider_message_id", models.CharField(blank=True, max_length=255)),
                ("dedupe_key", models.CharField(blank=True, max_length=200)),
                ("sent_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ["-pk"],
                "indexes": [
                    models.Index(fields=["property", "-id"], name="message_newest"),
                    models.Index(fields=["property", "guest_id", "-id"], name="message_of_guest"),
                    models.Index(
                        models.OrderBy(models.F("purpose"), descending=True),
                        models.F("next_attempt_at"),
                        condition=models.Q(("status__in", ["queued", "sending"])),
                        name="message_due",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("dedupe_key", ""), _negated=True),
                        fields=("property", "dedupe_key"),
                        name="message_dedupe_key_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("sent_at__isnull", False), ("status", "sent")),
                            models.Q(models.Q(("status", "sent"), _negated=True), ("sent_at", None)),
                            _connector="OR",
                        ),
                        name="message_sent_has_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("claim__isnull", False), ("status", "sending")),
                            models.Q(models.Q(("status", "sending"), _negated=True), ("claim", None)),
                            _connector="OR",
                        ),
                        name="message_sending_has_claim",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("next_attempt_at__isnull", False), ("status__in", ["queued", "sending"])
                            ),
                            models.Q(
                                ("next_attempt_at", None), ("status__in", ["sent", "failed", "suppressed"])
                            ),
                            _connector="OR",
                        ),
                        name="message_due_until_done",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MessageAttempt",
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
                    "message",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="tries",
                        to="messaging.message",
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("running", "Running"),
                            ("sent", "Sent"),
                            ("temporary", "Temporary failure"),
                            ("permanent", "Permanent failure"),
                            ("suppressed", "Suppressed"),
                            ("lost", "Lost"),
                        ],
                        default="running",
                        max_length=12,
                    ),
                ),
                (
                    "code",
                    models.CharField(
                        blank=True, help_text="SMTP or HTTP status, or our own word.", max_length=40
                    ),
                ),
                ("reason", models.TextField(blank=True)),
                ("started_at", models.DateTimeField(default=hotel.core.clock.now)),
                ("ended_at", models.DateTimeField(null=True)),
            ],
            options={
                "ordering": ["message_id", "number"],
                "constraints": [
                    models.UniqueConstraint(fields=("message", "number"), name="message_attempt_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("outcome", "running")),
                        fields=("message",),
                        name="message_one_attempt_runs",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Suppression",
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
                    "channel",
                    models.CharField(
                        choices=[("email", "E-mail"), ("sms", "SMS"), ("push", "Push")], max_length=8
                    ),
                ),
                ("fingerprint", models.CharField(editable=False, max_length=64)),
                ("address", models.CharField(blank=True, max_length=512)),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("bounce", "Bounce"),
                            ("complaint", "Complaint"),
                            ("unsubscribe", "Unsubscribe"),
                            ("manual", "Manual"),
                        ],
                        max_length=12,
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=400)),
            ],
            options={
                "ordering": ["-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("property", "channel", "fingerprint"), name="suppression_address_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="MessageTemplate",
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
                    "code",
                    models.CharField(
                        help_text="What it is for, such as pre_arrival.",
                        max_length=60,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[a-z][a-z0-9_]{1,59}$",
                                "Use lower-case letters, digits and _, such as pre_arrival.",
                            )
                        ],
                    ),
                ),
                (
                    "channel",
                    models.CharField(
                        choices=[("email", "E-mail"), ("sms", "SMS"), ("push", "Push")], max_length=8
                    ),
                ),
                (
                    "language",
                    models.CharField(
                        max_length=8,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[a-z]{2,3}(-[A-Z]{2})?$", "Use a language such as de or de-AT."
                            )
                        ],
                    ),
                ),
                ("subject", models.CharField(blank=True, help_text="E-mail and push only.", max_length=200)),
                ("body", models.TextField(help_text="Plain text; an empty line parts paragraphs.")),
                (
                    "body_html",
                    models.TextField(
                        blank=True,
                        help_text="E-mail only: the letter's inner HTML. Empty: made from the plain text.",
                    ),
                ),
                ("is_active", models.BooleanField(default=True)),
            ],
            options={
                "ordering": ["property_id", "code", "channel", "language"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("property", "code", "channel", "language"), name="message_template_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="WebhookEndpoint",
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
                ("name", models.CharField(max_length=80)),
                ("url", models.URLField(max_length=500)),
                (
                    "topics",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=80),
                        blank=True,
                        default=list,
                        help_text="Facts to tell, such as MessageSent; none means all.",
                        size=None,
                    ),
                ),
                ("is_active", models.BooleanField(default=True, editable=False)),
                ("disabled_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("disabled_reason", models.CharField(blank=True, editable=False, max_length=400)),
                ("last_position", models.BigIntegerField(default=0, editable=False)),
                ("replay_from", models.BigIntegerField(blank=True, editable=False, null=True)),
                (
                    "failures",
                    models.PositiveSmallIntegerField(default=0, editable=False, help_text="In a row."),
                ),
                ("next_attempt_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "claim",
                    models.UUIDField(editable=False, help_text="Which relay is serving it.", null=True),
                ),
            ],
            options={
                "ordering": ["property_id", "name"],
                "constraints": [
                    models.UniqueConstraint(fields=("property", "name"), name="webhook_name_once"),
                    models.CheckConstraint(
                        condition=models.Q(("last_position__gte", 0)), name="webhook_position_from_zero"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("disabled_at", None), ("is_active", True)),
                            models.Q(("disabled_at__isnull", False), ("is_active", False)),
                            _connector="OR",
                        ),
                        name="webhook_disabled_has_time",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="WebhookSecret",
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
                    "endpoint",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="secrets",
                        to="messaging.webhookendpoint",
                    ),
                ),
                ("key_id", models.CharField(max_length=24, unique=True)),
                ("secret", hotel.core.fields.EncryptedTextField()),
                ("retired_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ["endpoint_id", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="WebhookDelivery",
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
                    "endpoint",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="deliveries",
                        to="messaging.webhookendpoint",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("feed", "Feed"), ("resend", "Resend")], default="feed", max_length=8
                    ),
                ),
                ("position", models.BigIntegerField()),
                ("topic", models.CharField(max_length=80)),
                ("aggregate", models.CharField(max_length=80)),
                ("occurred_at", models.DateTimeField()),
                (
                    "status",
                    models.CharField(
                        choices=[("pending", "Pending"), ("delivered", "Delivered"), ("failed", "Failed")],
                        default="pending",
                        max_length=12,
                    ),
                ),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("response_status", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("response_text", models.CharField(blank=True, max_length=300)),
                ("failure_reason", models.CharField(blank=True, max_length=400)),
                ("duration_ms", models.PositiveIntegerField(blank=True, null=True)),
                ("last_attempt_at", models.DateTimeField(blank=True, null=True)),
                ("delivered_at", models.DateTimeField(blank=True, null=True)),
                ("queued_at", models.DateTimeField(default=hotel.core.clock.now)),
            ],
            options={
                "verbose_name_plural": "webhook deliveries",
                "ordering": ["-pk"],
                "indexes": [
                    models.Index(fields=["property", "endpoint", "-id"], name="webhook_delivery_newest"),
                    models.Index(
                        condition=models.Q(("status", "pending")),
                        fields=["endpoint", "id"],
                        name="webhook_delivery_waiting",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("kind", "feed"), ("status", "pending")),
                        fields=("endpoint",),
                        name="webhook_one_delivery_waits",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("delivered_at__isnull", False), ("status", "delivered")),
                            models.Q(
                                models.Q(("status", "delivered"), _negated=True), ("delivered_at", None)
                            ),
                            _connector="OR",
                        ),
                        name="webhook_delivered_has_time",
                    ),
                ],
            },
        ),
    ]
    operations = models_at_once(operations)
