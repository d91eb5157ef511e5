"""Arrivals held until the evening are found without a look at all others."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ("reservations", "0010_let_go_at_its_hour"),
    ]

    operations = [
        AddIndexConcurrently(
            model_name="reservation",
            index=models.Index(
                condition=Q(status="confirmed", guarantee="hold_6pm"),
                fields=["property", "arrival"],
                name="reservation_release_due",
            ),
        ),
    ]
