"""What tiers of other programmes are worth, and members who showed theirs."""

import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models

import hotel.core.clock
from hotel.core.postgresql.tables import models_at_once


class Migration(migrations.Migration):
    dependencies = [
        ("loyalty", "0009_celebrations"),
        ("properties", "0003_restraints"),
        ("accounts", "__first__"),
    ]

    operations = [
        migrations.AddField(
            model_name="loyaltyprogram",
            name="match_months",
            field=models.PositiveSmallIntegerField(
                default=12, help_text="Months after a status match until the member may ask for another one."
            ),
        ),
        migrations.CreateModel(
            name="StatusMatchRule",
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
                    "foreign_program",
                    models.CharField(help_text="Name of the other programme.", max_length=60),
                ),
                ("foreign_tier", models.CharField(help_text="Name of its tier.", max_length=40)),
                (
                    "days",
                    models.PositiveSmallIntegerField(help_text="Days that it lasts, the first one included."),
                ),
                ("is_active", models.BooleanField(default=True, editable=False)),
                (
                    "program",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="match_rules",
                        to="loyalty.loyaltyprogram",
                    ),
                ),
                (
                    "tier",
                    models.ForeignKey(
                        db_index=False,
                        help_text="What it is here.",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="loyalty.loyaltytier",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        models.F("program"),
                        django.db.models.functions.text.Lower("foreign_program"),
                        django.db.models.functions.text.Lower("foreign_tier"),
                        condition=models.Q(("is_active", True)),
                        name="loyalty_match_rule_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("foreign_program", ""), _negated=True),
                            models.Q(("foreign_tier", ""), _negated=True),
                        ),
                        name="loyalty_match_rule_named",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("days__range", (1, 1096))), name="loyalty_match_rule_days"
                    ),
                ],
                "ordering": ["program_id", "foreign_program", "foreign_tier", "id"],
            },
        ),
        migrations.CreateModel(
            name="StatusMatch",
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
                    "foreign_number",
                    models.CharField(help_text="His number in the other programme.", max_length=40),
                ),
                ("evidence", models.CharField(help_text="What he showed, in words.", max_length=1000)),
                ("asked_on", models.DateField(help_text="In the programme's zone.")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("waiting", "Waits for a second person"),
                            ("approved", "Granted"),
                            ("refused", "Refused"),
                        ],
                        default="waiting",
                        editable=False,
                        max_length=8,
                    ),
                ),
                (
                    "until",
                    models.DateField(editable=False, help_text="Last day of what was granted.", null=True),
                ),
                ("decided_at", models.DateTimeField(editable=False, null=True)),
                ("because", models.CharField(blank=True, help_text="Why it was decided so.", max_length=200)),
                (
                    "asked_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="matches",
                        to="loyalty.loyaltymember",
                    ),
                ),
                (
                    "property",
                    models.ForeignKey(
                        db_index=False,
                        help_text="Where he asked.",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="properties.property",
                    ),
                ),
                (
                    "rule",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="matches",
                        to="loyalty.statusmatchrule",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("status", "waiting")),
                        fields=("member",),
                        name="loyalty_match_waits_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("evidence", ""), _negated=True), name="loyalty_match_has_evidence"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decided_by", None),
                            models.Q(("decided_by", models.F("asked_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="loyalty_match_four_eyes",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "approved"), ("until__isnull", False)),
                            models.Q(models.Q(("status", "approved"), _negated=True), ("until", None)),
                            _connector="OR",
                        ),
                        name="loyalty_match_ends",
                    ),
                ],
                "indexes": [models.Index(fields=["member", "id"], name="loyalty_match_member")],
                "verbose_name_plural": "status matches",
                "ordering": ["-id"],
            },
        ),
    ]
    operations = models_at_once(operations)
