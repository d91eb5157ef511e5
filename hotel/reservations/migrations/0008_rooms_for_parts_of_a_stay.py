"""A stay may have rooms for parts of its nights, never two on one; the guest moves from one to the next."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("reservations", "0007_turnaways_of_refused_sales"),
    ]

    operations = [
        migrations.AddField(
            model_name="roomassignment",
            name="left_at",
            field=models.DateTimeField(
                blank=True, help_text="When the guest moved to the room of his next nights.", null=True
            ),
        ),
        migrations.AddConstraint(
            model_name="roomassignment",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                name="room_assignment_one_a_night",
                expressions=[
                    ("reservation", "="),
                    (
                        models.Func(
                            models.F("arrival"),
                            models.F("departure"),
                            models.Value("[)"),
                            function="daterange",
                            output_field=django.contrib.postgres.fields.ranges.DateRangeField(),
                        ),
                        "&&",
                    ),
                ],
                condition=models.Q(("released_at", None)),
            ),
        ),
    ]
