"""Plans price day use by the hour: started stretches, hours paid at least."""

from django.db import migrations, models
from django.db.models import F, Q


class Migration(migrations.Migration):
    dependencies = [
        ("rates", "0003_tax_cap_in_words"),
    ]

    operations = [
        migrations.AddField(
            model_name="rateplan",
            name="day_use_step_minutes",
            field=models.PositiveSmallIntegerField(
                blank=True,
                choices=[(15, "Quarters of an hour"), (30, "Half hours"), (60, "Hours")],
                help_text="Prices of the plan are for an hour, and such stretches count whole once started; empty "
                "for one price for the day.",
                null=True,
            ),
        ),
        migrations.AddField(
            model_name="rateplan",
            name="day_use_min_hours",
            field=models.PositiveSmallIntegerField(
                blank=True, help_text="Hours that are paid at least, when priced by the hour.", null=True
            ),
        ),
        migrations.AddConstraint(
            model_name="rateplan",
            constraint=models.CheckConstraint(
                condition=Q(day_use_step_minutes=None, day_use_min_hours=None)
                | (
                    Q(day_use_step_minutes__in=[15, 30, 60], day_use_hours__isnull=False)
                    & (
                        Q(day_use_min_hours=None)
                        | Q(day_use_min_hours__gte=1, day_use_min_hours__lte=F("day_use_hours"))
                    )
                ),
                name="rate_plan_by_the_hour",
            ),
        ),
    ]
