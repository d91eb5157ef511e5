"""A waiting stay always has a priority: an empty one would be served before the highest."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("reservations", "0003_taken_over")]

    operations = [
        migrations.RunSQL(
            "UPDATE reservations_reservation SET waitlist_priority = 0 "
            "WHERE status = 'waitlisted' AND waitlist_priority IS NULL",
            migrations.RunSQL.noop,
        ),
        migrations.AlterField(
            model_name="reservation",
            name="waitlist_priority",
            field=models.PositiveSmallIntegerField(
                blank=True, help_text="While it waits: the highest is served first.", null=True
            ),
        ),
        migrations.AddConstraint(
            model_name="reservation",
            constraint=models.CheckConstraint(
                condition=~Q(status="waitlisted") | Q(waitlist_priority__isnull=False),
                name="reservation_waiting_has_priority",
            ),
        ),
    ]
