"""Reports of compliance with their frozen rows, and evidence that people gave."""

import django.core.serializers.json
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import hotel.core.clock
from hotel.core.postgresql.tables import models_at_once

MAKE = """
CREATE FUNCTION security_report_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a report that is done is never changed' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER security_report_frozen BEFORE UPDATE OR DELETE ON security_compliancereport
    FOR EACH ROW WHEN (OLD.status IN ('done', 'failed')) EXECUTE FUNCTION security_report_frozen();
CREATE TRIGGER security_item_frozen BEFORE UPDATE OR DELETE ON security_complianceitem
    FOR EACH ROW EXECUTE FUNCTION security_report_frozen();
"""
DROP = "DROP FUNCTION security_report_frozen CASCADE;"


class Migration(migrations.Migration):
    dependencies = [
        ("security", "0009_incidents"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.CreateModel(
            name="ComplianceEvidence",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "framework",
                    models.CharField(
                        choices=[("asvs", "OWASP ASVS 5.0.0"), ("pci", "PCI DSS 4.0.1"), ("gdpr", "GDPR")],
                        max_length=8,
                    ),
                ),
                ("requirement", models.CharField(help_text="Its id in the framework.", max_length=16)),
                (
                    "title",
                    models.CharField(help_text="What it is, such as: Penetration test 2026.", max_length=160),
                ),
                ("kept_at", models.CharField(help_text="Where the document itself lies.", max_length=300)),
                ("valid_from", models.DateField(help_text="Calendar day, inclusive.")),
                ("valid_until", models.DateField(help_text="Calendar day, inclusive.")),
                ("given_at", models.DateTimeField(default=hotel.core.clock.now)),
                ("withdrawn_at", models.DateTimeField(null=True)),
                (
                    "given_by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "withdrawn_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "compliance evidence",
                "ordering": ["-id"],
                "indexes": [models.Index(fields=["framework", "requirement"], name="compliance_evidence_of")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("valid_until__gte", models.F("valid_from"))),
                        name="compliance_evidence_days",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("withdrawn_at", None), ("withdrawn_by", None)),
                            models.Q(("withdrawn_at__isnull", False), ("withdrawn_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="compliance_evidence_withdrawn",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ComplianceReport",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "framework",
                    models.CharField(
                        choices=[("asvs", "OWASP ASVS 5.0.0"), ("pci", "PCI DSS 4.0.1"), ("gdpr", "GDPR")],
                        max_length=8,
                    ),
                ),
                ("version", models.CharField(help_text="Of the framework.", max_length=20)),
                (
                    "catalogue_hash",
                    models.CharField(help_text="SHA-256 of the file of requirements.", max_length=64),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting"),
                            ("running", "Being made"),
                            ("done", "Done"),
                            ("failed", "Failed"),
                        ],
                        default="waiting",
                        max_length=8,
                    ),
                ),
                ("asked_at", models.DateTimeField(default=hotel.core.clock.now)),
                ("started_at", models.DateTimeField(null=True)),
                ("finished_at", models.DateTimeField(null=True)),
                ("total", models.PositiveIntegerField(default=0, help_text="Looks to take.")),
                ("done", models.PositiveIntegerField(default=0, help_text="Looks taken.")),
                ("figures", models.JSONField(default=dict, help_text="Outcome to number of requirements.")),
                (
                    "changes",
                    models.JSONField(
                        default=dict, help_text="Better, worse and other since the report before."
                    ),
                ),
                (
                    "tests_at",
                    models.DateTimeField(help_text="When the tests ran whose results count.", null=True),
                ),
                (
                    "rows_hash",
                    models.CharField(blank=True, help_text="SHA-256 over the rows.", max_length=64),
                ),
                ("failure", models.CharField(blank=True, max_length=200)),
                (
                    "asked_by",
                    models.ForeignKey(
                        db_index=False,
                        help_text="None for the schedule.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "before",
                    models.ForeignKey(
                        db_index=False,
                        help_text="Compared with.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="security.compliancereport",
                    ),
                ),
            ],
            options={
                "ordering": ["-id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("status__in", ["waiting", "running"])),
                        fields=("framework",),
                        name="compliance_report_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("finished_at", None), ("status__in", ["waiting", "running"])),
                            models.Q(("finished_at__isnull", False), ("status__in", ["done", "failed"])),
                            _connector="OR",
                        ),
                        name="compliance_report_ended_when",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("done__lte", models.F("total"))),
                        name="compliance_report_done_of_total",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ComplianceItem",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField()),
                ("requirement", models.CharField(max_length=16)),
                ("level", models.PositiveSmallIntegerField(null=True)),
                ("says", models.CharField(max_length=300)),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("checked", "checked"),
                            ("failed", "failed"),
                            ("needs_evidence", "needs evidence"),
                            ("not_applicable", "not applicable"),
                        ],
                        max_length=14,
                    ),
                ),
                (
                    "outcome_before",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("checked", "checked"),
                            ("failed", "failed"),
                            ("needs_evidence", "needs evidence"),
                            ("not_applicable", "not applicable"),
                        ],
                        max_length=14,
                    ),
                ),
                (
                    "grounds",
                    models.JSONField(
                        encoder=django.core.serializers.json.DjangoJSONEncoder,
                        help_text="List of {kind, code, outcome, detail}.",
                    ),
                ),
                ("looked_at", models.DateTimeField()),
                (
                    "evidence",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="security.complianceevidence",
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="items",
                        to="security.compliancereport",
                    ),
                ),
            ],
            options={
                "ordering": ["report_id", "position"],
                "constraints": [
                    models.UniqueConstraint(fields=("report", "position"), name="compliance_item_place"),
                    models.UniqueConstraint(fields=("report", "requirement"), name="compliance_item_once"),
                ],
            },
        ),
    ]
    operations = [*models_at_once(operations), migrations.RunSQL(MAKE, DROP)]
