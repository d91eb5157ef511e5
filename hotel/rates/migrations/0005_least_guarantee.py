"""A restriction may ask for a least guarantee on its nights."""

from django.db import migrations, models
from django.db.models import Q

FLAGS = ["closed", "cta", "ctd"]


class Migration(migrations.Migration):
    dependencies = [
        ("rates", "0004_day_use_by_the_hour"),
    ]

    operations = [
        migrations.AddField(
            model_name="restriction",
            name="guarantee",
            field=models.CharField(
                blank=True,
                choices=[
                    ("hold_6pm", "Held until the evening"),
                    ("credit_card", "Credit card"),
                    ("company", "Company"),
                    ("prepayment", "Prepayment"),
                ],
                default="",
                help_text="What is asked at least, for min_guarantee.",
                max_length=16,
            ),
            preserve_default=False,
        ),
        migrations.AlterField(
            model_name="restriction",
            name="kind",
            field=models.CharField(
                choices=[
                    ("closed", "Closed: no night may be slept"),
                    ("cta", "Closed to arrival"),
                    ("ctd", "Closed to departure"),
                    ("min_los", "Minimum nights when arriving"),
                    ("max_los", "Maximum nights when arriving"),
                    ("min_stay_through", "Minimum nights of a stay that touches the night"),
                    ("max_stay_through", "Maximum nights of a stay that touches the night"),
                    ("los_pattern", "Only these lengths when arriving"),
                    ("min_advance", "Book at least so many days before arrival"),
                    ("max_advance", "Book at most so many days before arrival"),
                    ("min_occupancy", "At least so many persons"),
                    ("max_occupancy", "At most so many persons"),
                    ("min_guarantee", "At least this guarantee"),
                ],
                max_length=18,
            ),
        ),
        migrations.RemoveConstraint(model_name="restriction", name="restriction_value_of_kind"),
        migrations.AddConstraint(
            model_name="restriction",
            constraint=models.CheckConstraint(
                condition=Q(kind__in=FLAGS, value=None, pattern=[], guarantee="")
                | (Q(kind="los_pattern", value=None, guarantee="") & ~Q(pattern=[]))
                | (Q(kind="min_guarantee", value=None, pattern=[]) & ~Q(guarantee=""))
                | (
                    ~Q(kind__in=[*FLAGS, "los_pattern", "min_guarantee"])
                    & Q(value__isnull=False, pattern=[], guarantee="")
                ),
                name="restriction_value_of_kind",
            ),
        ),
    ]
