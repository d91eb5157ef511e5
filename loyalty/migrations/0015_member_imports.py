"""Members taken over from another system."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import hotel.core.clock
import hotel.core.fields
from hotel.core.postgresql.tables import models_at_once


class Migration(migrations.Migration):
    dependencies = [
        ("loyalty", "0014_pools"),
        ("properties", "0003_restraints"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name="pointtransaction",
            name="kind",
            field=models.CharField(
                choices=[
                    ("stay", "Earned by a stay"),
                    ("bonus", "Bonus"),
                    ("redemption", "Spent on a reward"),
                    ("given_back", "Given back from a reward"),
                    ("expiry", "Ended"),
                    ("adjustment", "Adjusted by hand"),
                    ("reversal", "Reversed"),
                    ("merge", "Came or went with a merged membership"),
                    ("transfer", "Transferred"),
                    ("claim", "Claimed stay"),
                    ("partner", "Earned with a partner"),
                    ("import", "Brought along from another system"),
                ],
                max_length=10,
            ),
        ),
        migrations.AlterField(
            model_name="tierchange",
            name="reason",
            field=models.CharField(
                choices=[
                    ("earned", "Earned"),
                    ("ended", "Not kept"),
                    ("granted", "Granted"),
                    ("merged", "Memberships made one, or two again"),
                    ("import", "Brought along from another system"),
                ],
                max_length=8,
            ),
        ),
        migrations.CreateModel(
            name="MemberImport",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(default=hotel.core.clock.now, editable=False)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                ("file_name", models.CharField(max_length=200)),
                ("fingerprint", models.CharField(help_text="SHA-256 of the file.", max_length=64)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("checking", "Is being checked"),
                            ("checked", "Checked, nobody enrolled"),
                            ("running", "Members are being enrolled"),
                            ("finished", "Finished"),
                        ],
                        default="checking",
                        editable=False,
                        max_length=8,
                    ),
                ),
                ("total", models.PositiveIntegerField(help_text="Lines of the file without its header.")),
                (
                    "position",
                    models.PositiveIntegerField(
                        default=1, editable=False, help_text="The last line looked at; the header is line 1."
                    ),
                ),
                ("ended_at", models.DateTimeField(editable=False, null=True)),
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
                    "started_by",
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
                "ordering": ["property_id", "-id"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("property", "fingerprint"), name="loyalty_import_file_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at__isnull", False), ("status", "finished")),
                            models.Q(models.Q(("status", "finished"), _negated=True), ("ended_at", None)),
                            _connector="OR",
                        ),
                        name="loyalty_import_ended",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MemberImportRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(default=hotel.core.clock.now, editable=False)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                ("line", models.PositiveIntegerField()),
                (
                    "told",
                    hotel.core.fields.EncryptedTextField(
                        blank=True, help_text="JSON; emptied when the import is over."
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("new", "New guest"),
                            ("matched", "Guest known here"),
                            ("refused", "Refused"),
                        ],
                        editable=False,
                        max_length=7,
                    ),
                ),
                ("column", models.CharField(blank=True, help_text="That is refused.", max_length=20)),
                ("reason", models.CharField(blank=True, help_text="Why it is refused.", max_length=200)),
                (
                    "member",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="loyalty.loyaltymember",
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
                    "run",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="rows",
                        to="loyalty.memberimport",
                    ),
                ),
            ],
            options={
                "ordering": ["run_id", "line"],
                "constraints": [
                    models.UniqueConstraint(fields=("run", "line"), name="loyalty_import_line_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("outcome", "refused"), models.Q(("reason", ""), _negated=True)),
                            models.Q(
                                models.Q(("outcome", "refused"), _negated=True),
                                ("column", ""),
                                ("reason", ""),
                            ),
                            _connector="OR",
                        ),
                        name="loyalty_import_refusal_says_why",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("member", None), models.Q(("outcome", "refused"), _negated=True), _connector="OR"
                        ),
                        name="loyalty_import_refused_nobody",
                    ),
                ],
            },
        ),
    ]
    operations = models_at_once(operations)
