"""Memberships that become one with their guests."""

import django.db.models.deletion
from django.db import migrations, models

import hotel.core.clock


class Migration(migrations.Migration):
    dependencies = [
        ("guests", "0004_search_past_the_wall"),
        ("loyalty", "0002_rewards"),
        ("properties", "0003_restraints"),
    ]

    operations = [
        migrations.CreateModel(
            name="MemberMerge",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(default=hotel.core.clock.now, editable=False)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                ("on", models.DateField(help_text="In the programme's zone.")),
                ("undone_on", models.DateField(null=True)),
                (
                    "snapshot",
                    models.JSONField(
                        default=dict,
                        help_text="What the kept one was before and after, which accruals and credits came.",
                    ),
                ),
                (
                    "guest_merge",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="guests.guestmerge",
                    ),
                ),
                (
                    "kept",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="merges_kept",
                        to="loyalty.loyaltymember",
                    ),
                ),
                (
                    "merged",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="loyalty.loyaltymember",
                    ),
                ),
            ],
            options={
                "ordering": ["-id"],
                "indexes": [models.Index(fields=["kept"], name="loyalty_merge_kept")],
                "constraints": [
                    models.UniqueConstraint(fields=("guest_merge", "merged"), name="loyalty_merge_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("undone_on", None)),
                        fields=("merged",),
                        name="loyalty_merge_stands_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kept", models.F("merged")), _negated=True),
                        name="loyalty_merge_of_two",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="pointlot",
            name="origin",
            field=models.ForeignKey(
                db_index=False,
                editable=False,
                help_text="The lot of another membership that it goes on for.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="continued",
                to="loyalty.pointlot",
            ),
        ),
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
                ],
                max_length=8,
            ),
        ),
        migrations.AddIndex(
            model_name="pointlot",
            index=models.Index(
                condition=models.Q(("origin__isnull", False)), fields=["origin"], name="loyalty_lot_origin"
            ),
        ),
    ]
