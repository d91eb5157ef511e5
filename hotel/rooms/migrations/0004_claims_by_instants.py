"""Claims by plain instants: range operators are not leakproof, and row-level security kept them from the index."""

import django.contrib.postgres.fields.ranges
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("properties", "0003_restraints"),
        ("rooms", "0003_moves_planned_once"),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="roomoccupancy",
            name="room_occupancy_by_property",
        ),
        migrations.AddField(
            model_name="roomoccupancy",
            name="ends_at",
            field=models.GeneratedField(
                db_persist=True,
                expression=django.contrib.postgres.fields.ranges.RangeEndsWith("during"),
                output_field=models.DateTimeField(),
            ),
        ),
        migrations.AddField(
            model_name="roomoccupancy",
            name="starts_at",
            field=models.GeneratedField(
                db_persist=True,
                expression=django.contrib.postgres.fields.ranges.RangeStartsWith("during"),
                output_field=models.DateTimeField(),
            ),
        ),
        migrations.AddIndex(
            model_name="roomoccupancy",
            index=models.Index(
                fields=["property", "ends_at", "starts_at"], name="room_occupancy_by_property"
            ),
        ),
        migrations.AddIndex(
            model_name="roomoccupancy",
            index=models.Index(fields=["room", "ends_at", "starts_at"], name="room_occupancy_by_room"),
        ),
    ]
