"""Challenges give tier credits, what is matched leads to one, and the terms of a pool have a version."""

import django.db.models.deletion
from django.db import migrations, models

from hotel.core.postgresql.tables import models_at_once


class Migration(migrations.Migration):
    dependencies = [
        ("loyalty", "0017_free_nights"),
        ("properties", "0003_restraints"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="challenge",
            name="loyalty_challenge_gives_something",
        ),
        migrations.AddField(
            model_name="challenge",
            name="credit_nights",
            field=models.PositiveSmallIntegerField(
                default=0, help_text="Nights more that count for his tier."
            ),
        ),
        migrations.AddField(
            model_name="challenge",
            name="credit_points",
            field=models.PositiveIntegerField(
                default=0, help_text="Qualifying points more, which count for his tier and buy nothing."
            ),
        ),
        migrations.AddField(
            model_name="challenge",
            name="credit_stays",
            field=models.PositiveSmallIntegerField(
                default=0, help_text="Stays more that count for his tier."
            ),
        ),
        migrations.AddField(
            model_name="pointpool",
            name="version",
            field=models.PositiveIntegerField(default=1, editable=False),
        ),
        migrations.AddField(
            model_name="statusmatchrule",
            name="challenge",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                help_text="Who is matched takes part in it.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="match_rules",
                to="loyalty.challenge",
            ),
        ),
        migrations.AddField(
            model_name="tiercredit",
            name="entry",
            field=models.ForeignKey(
                db_index=False,
                help_text="The challenge that gave it; it counts for no challenge.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="credits",
                to="loyalty.challengeentry",
            ),
        ),
        migrations.AlterField(
            model_name="statusmatch",
            name="because",
            field=models.CharField(
                blank=True, help_text="Why it was decided so, or what did not come with it.", max_length=200
            ),
        ),
        migrations.AlterField(
            model_name="tiercredit",
            name="day",
            field=models.DateField(help_text="Business date of the departure, or of the reward."),
        ),
        migrations.AddIndex(
            model_name="tiercredit",
            index=models.Index(
                condition=models.Q(("entry__isnull", False)), fields=["entry"], name="loyalty_credit_entry"
            ),
        ),
        migrations.AddConstraint(
            model_name="challenge",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("points__gt", 0),
                    ("tier__isnull", False),
                    ("keeps_match", True),
                    ("credit_nights__gt", 0),
                    ("credit_stays__gt", 0),
                    ("credit_points__gt", 0),
                    _connector="OR",
                ),
                name="loyalty_challenge_gives_something",
            ),
        ),
        migrations.AddConstraint(
            model_name="tiercredit",
            constraint=models.CheckConstraint(
                condition=models.Q(("accrual", None), ("entry", None), _connector="OR"),
                name="loyalty_credit_of_stay_or_challenge",
            ),
        ),
    ]
    operations = models_at_once(operations)
