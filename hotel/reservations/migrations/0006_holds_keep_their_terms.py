"""A hold keeps what its price depends on, so that the booking that uses it is the same in all of it."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("guests", "0001_initial"),
        ("reservations", "0005_hotel_day"),
    ]

    operations = [
        migrations.AddField(
            model_name="pricehold",
            name="promo_code",
            field=models.CharField(blank=True, max_length=40),
        ),
        migrations.AddField(
            model_name="pricehold",
            name="company",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="guests.company",
            ),
        ),
        migrations.AddField(
            model_name="pricehold",
            name="exemptions",
            field=models.JSONField(default=list, help_text="Tax exemptions, as on the reservation."),
        ),
    ]
