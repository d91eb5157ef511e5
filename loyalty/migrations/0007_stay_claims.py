"""Claims for missing stays."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import hotel.core.clock


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "__first__"),
        ("loyalty", "0006_reversals_and_transfers"),
        ("properties", "0003_restraints"),
        ("reservations", "0002_shared_rooms"),
    ]

    operations = [
        migrations.CreateModel(
            name="StayClaim",
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
                    "stated_number",
                    models.CharField(blank=True, help_text="Reservation number, as he says.", max_length=40),
                ),
                ("arrival", models.DateField()),
                ("departure", models.DateField()),
                ("evidence", models.CharField(help_text="What he showed, in words.", max_length=1000)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("waiting", "Waits for a second person"),
                            ("approved", "Approved"),
                            ("refused", "Refused"),
                        ],
                        default="waiting",
                        editable=False,
                        max_length=8,
                    ),
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
                        related_name="claims",
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
                    "reservation",
                    models.ForeignKey(
                        db_index=False,
                        help_text="None for a stay that the house does not know.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="reservations.reservation",
                    ),
                ),
                (
                    "transaction",
                    models.OneToOneField(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="claim",
                        to="loyalty.pointtransaction",
                    ),
                ),
            ],
            options={
                "ordering": ["-id"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("status", "waiting")),
                        fields=["property", "id"],
                        name="loyalty_claim_open",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("status", "refused"), _negated=True),
                        fields=("member", "property", "departure"),
                        name="loyalty_claim_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(
                            models.Q(("status", "refused"), _negated=True), ("reservation__isnull", False)
                        ),
                        fields=("reservation",),
                        name="loyalty_claim_of_stay_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("evidence", ""), _negated=True), name="loyalty_claim_has_evidence"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("departure__gte", models.F("arrival"))),
                        name="loyalty_claim_days_in_order",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decided_by", None),
                            models.Q(("decided_by", models.F("asked_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="loyalty_claim_four_eyes",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("transaction", None),
                            models.Q(("reservation", None), ("status", "approved")),
                            _connector="OR",
                        ),
                        name="loyalty_claim_points_when_approved",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="loyaltyprogram",
            name="claim_days",
            field=models.PositiveSmallIntegerField(
                default=180, help_text="Days after departure that a missing stay may be claimed."
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
                    ("transfer", "Transferred"),
                    ("claim", "Claimed stay"),
                ],
                max_length=10,
            ),
        ),
    ]
