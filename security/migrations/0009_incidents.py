"""Incidents with their timelines, evidence and steps."""

from pathlib import Path

import django.contrib.postgres.fields
import django.core.serializers.json
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import hotel.core.clock
from hotel.core.postgresql.tables import models_at_once

SQL = (Path(__file__).parents[1] / "sql" / "incidents.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    dependencies = [
        ("properties", "0002_grants_end"),
        ("security", "0008_first_format"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="SecurityIncident",
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
                    "category",
                    models.CharField(
                        choices=[
                            ("sign_in", "Attack on signing in"),
                            ("account", "Account in wrong hands"),
                            ("token", "Token or integrator in wrong hands"),
                            ("probing", "Probing of what is not one's own"),
                            ("personal_data", "Personal data taken or lost"),
                            ("integrity", "Records were tampered with"),
                            ("money", "Money moved without right"),
                            ("load", "Flood of requests"),
                            ("other", "Something else"),
                        ],
                        max_length=14,
                    ),
                ),
                (
                    "severity",
                    models.CharField(
                        choices=[
                            ("low", "Low"),
                            ("medium", "Medium"),
                            ("high", "High"),
                            ("critical", "Critical"),
                        ],
                        max_length=8,
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("detected", "Detected"),
                            ("triaged", "Looked at"),
                            ("declared", "Declared"),
                            ("contained", "Contained"),
                            ("eradicated", "Cause removed"),
                            ("recovering", "Recovering"),
                            ("recovered", "Recovered"),
                            ("reviewed", "Reviewed"),
                            ("closed", "Closed"),
                            ("false_positive", "False alarm"),
                        ],
                        default="detected",
                        max_length=14,
                    ),
                ),
                (
                    "is_drill",
                    models.BooleanField(default=False, help_text="An exercise: nobody outside is told."),
                ),
                ("title", models.CharField(max_length=160)),
                ("summary", models.TextField(blank=True, help_text="What is known.", max_length=4000)),
                (
                    "detector",
                    models.SlugField(
                        blank=True, db_index=False, help_text="Empty when somebody saw it.", max_length=40
                    ),
                ),
                (
                    "subject",
                    models.CharField(
                        blank=True,
                        help_text="Who or what it is about, such as user:7, token:3 or address:192.0.2.1.",
                        max_length=120,
                    ),
                ),
                ("detected_at", models.DateTimeField(default=hotel.core.clock.now)),
                (
                    "last_signal_at",
                    models.DateTimeField(
                        default=hotel.core.clock.now, help_text="When it was seen the last time."
                    ),
                ),
                (
                    "signals",
                    models.PositiveIntegerField(
                        default=1, help_text="How much the detector counted, at most."
                    ),
                ),
                (
                    "is_breach",
                    models.BooleanField(
                        blank=True,
                        help_text="Whether personal data were touched; empty until somebody has said.",
                        null=True,
                    ),
                ),
                (
                    "aware_at",
                    models.DateTimeField(
                        blank=True,
                        help_text="When the house knew that personal data were touched: the clock's start.",
                        null=True,
                    ),
                ),
                (
                    "risk",
                    models.CharField(
                        choices=[
                            ("unknown", "Not assessed yet"),
                            ("unlikely", "Unlikely: the authority need not be told"),
                            ("likely", "Likely: the authority is told"),
                            ("high", "High: the people concerned are told, too"),
                        ],
                        default="unknown",
                        max_length=8,
                    ),
                ),
                (
                    "risk_reason",
                    models.CharField(blank=True, help_text="Why it is thought so.", max_length=400),
                ),
                (
                    "data_categories",
                    models.CharField(blank=True, help_text="Which data of whom.", max_length=400),
                ),
                (
                    "people_affected",
                    models.PositiveIntegerField(blank=True, help_text="About how many people.", null=True),
                ),
                (
                    "records_affected",
                    models.PositiveIntegerField(blank=True, help_text="About how many records.", null=True),
                ),
                (
                    "consequences",
                    models.TextField(blank=True, help_text="Its effects, likely ones too.", max_length=4000),
                ),
                (
                    "measures",
                    models.TextField(
                        blank=True, help_text="What was done against it, and will be.", max_length=4000
                    ),
                ),
                ("authority_told_at", models.DateTimeField(blank=True, null=True)),
                (
                    "authority_reference",
                    models.CharField(blank=True, help_text="The authority's number for it.", max_length=120),
                ),
                (
                    "late_reason",
                    models.CharField(
                        blank=True, help_text="Why the notice came after 72 hours.", max_length=400
                    ),
                ),
                ("people_told_at", models.DateTimeField(blank=True, null=True)),
                ("people_told_how", models.CharField(blank=True, max_length=400)),
                ("reminded_hours", models.PositiveSmallIntegerField(default=0, editable=False)),
                (
                    "lessons",
                    models.TextField(blank=True, help_text="What will be done otherwise.", max_length=4000),
                ),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "opened_by",
                    models.ForeignKey(
                        blank=True,
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
                        blank=True,
                        help_text="Empty for the whole installation.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="properties.property",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["property", "-detected_at"], name="incident_property"),
                    models.Index(fields=["detector", "subject", "-id"], name="incident_of_subject"),
                    models.Index(
                        condition=models.Q(("authority_told_at", None), ("aware_at__isnull", False)),
                        fields=["aware_at"],
                        name="incident_clock",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(
                            models.Q(("status__in", ("closed", "false_positive")), _negated=True),
                            models.Q(("detector", ""), _negated=True),
                            ("is_drill", False),
                        ),
                        fields=("detector", "subject"),
                        name="incident_open_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "status__in",
                                [
                                    "detected",
                                    "triaged",
                                    "declared",
                                    "contained",
                                    "eradicated",
                                    "recovering",
                                    "recovered",
                                    "reviewed",
                                    "closed",
                                    "false_positive",
                                ],
                            )
                        ),
                        name="incident_status",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("is_drill", False),
                            models.Q(("authority_told_at", None), ("people_told_at", None)),
                            _connector="OR",
                        ),
                        name="incident_drill_tells_nobody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("authority_told_at", None), ("aware_at__isnull", False), _connector="OR"
                        ),
                        name="incident_told_when_aware",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("aware_at__isnull", False), ("is_breach", True)),
                            models.Q(models.Q(("is_breach", True), _negated=True), ("aware_at", None)),
                            models.Q(("aware_at", None), ("is_breach", None)),
                            _connector="OR",
                        ),
                        name="incident_breach_has_a_clock",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("closed_at__isnull", False), ("status__in", ("closed", "false_positive"))
                            ),
                            models.Q(
                                models.Q(("status__in", ("closed", "false_positive")), _negated=True),
                                ("closed_at", None),
                            ),
                            _connector="OR",
                        ),
                        name="incident_ended_when",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("last_signal_at__gte", models.F("detected_at"))),
                        name="incident_signals_after",
                    ),
                ],
                "ordering": ["-detected_at", "-id"],
            },
        ),
        migrations.CreateModel(
            name="IncidentStep",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(default=hotel.core.clock.now, editable=False)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                ("code", models.SlugField(db_index=False, max_length=40)),
                ("title", models.CharField(max_length=200)),
                (
                    "target",
                    models.CharField(
                        blank=True, help_text="Such as user:7; as the incident's subject.", max_length=120
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[("open", "To do"), ("done", "Done"), ("skipped", "Not needed")],
                        default="open",
                        max_length=7,
                    ),
                ),
                ("done_at", models.DateTimeField(blank=True, null=True)),
                (
                    "result",
                    models.CharField(
                        blank=True, help_text="What was done, or why it was not needed.", max_length=400
                    ),
                ),
                (
                    "done_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "incident",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="steps",
                        to="security.securityincident",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("incident", "code", "target"), name="incident_step_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("done_at", None), ("status", "open")),
                            models.Q(models.Q(("status", "open"), _negated=True), ("done_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="incident_step_done_when",
                    ),
                ],
                "ordering": ["incident", "id"],
            },
        ),
        migrations.CreateModel(
            name="IncidentEvidence",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("rows", "Rows of the house, as they were"),
                            ("text", "Words"),
                            ("file", "A file kept elsewhere, by its hash"),
                        ],
                        max_length=4,
                    ),
                ),
                ("title", models.CharField(max_length=160)),
                (
                    "content",
                    models.BinaryField(
                        default=b"", help_text="Rows as canonical JSON, or words; of files nothing."
                    ),
                ),
                (
                    "digest",
                    models.CharField(
                        help_text="SHA-256, hexadecimal: of the content, or of the file.", max_length=64
                    ),
                ),
                ("size", models.PositiveBigIntegerField(default=0, help_text="Bytes.")),
                ("where_kept", models.CharField(blank=True, help_text="Of a file.", max_length=200)),
                ("source_table", models.CharField(blank=True, help_text="Of rows.", max_length=63)),
                (
                    "row_ids",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(),
                        blank=True,
                        default=list,
                        help_text="Of rows.",
                        size=None,
                    ),
                ),
                ("collected_at", models.DateTimeField(default=hotel.core.clock.now)),
                (
                    "collected_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "incident",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="evidence",
                        to="security.securityincident",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("digest__regex", "^[0-9a-f]{64}$")), name="evidence_digest_is_one"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "file"), _negated=True),
                            models.Q(("content", b""), models.Q(("where_kept", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="evidence_file_is_away",
                    ),
                ],
                "verbose_name_plural": "incident evidence",
                "ordering": ["-id"],
            },
        ),
        migrations.CreateModel(
            name="IncidentEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("opened", "Opened"),
                            ("signal", "Seen again"),
                            ("status", "Came further"),
                            ("note", "Note"),
                            ("step", "Containment"),
                            ("evidence", "Evidence"),
                            ("assessed", "Assessed"),
                            ("reminder", "Reminder"),
                            ("notice", "Notice"),
                        ],
                        max_length=8,
                    ),
                ),
                ("at", models.DateTimeField(default=hotel.core.clock.now)),
                ("text", models.TextField(max_length=4000)),
                (
                    "detail",
                    models.JSONField(default=dict, encoder=django.core.serializers.json.DjangoJSONEncoder),
                ),
                (
                    "actor",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "incident",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="entries",
                        to="security.securityincident",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "incident entries",
                "ordering": ["-id"],
            },
        ),
    ]
    operations = [*models_at_once(operations), migrations.RunSQL(SQL, reverse_sql=migrations.RunSQL.noop)]
