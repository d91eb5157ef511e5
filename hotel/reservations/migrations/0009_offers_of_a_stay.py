"""The offers of a stay are found by an index that begins with the property, the open one too."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [
        ("reservations", "0008_rooms_for_parts_of_a_stay"),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="waitlistoffer", name="waitlist_one_open_offer"),
        migrations.AddConstraint(
            model_name="waitlistoffer",
            constraint=models.UniqueConstraint(
                condition=Q(status="open"),
                fields=("property", "reservation"),
                name="waitlist_one_open_offer",
            ),
        ),
        migrations.AddIndex(
            model_name="waitlistoffer",
            index=models.Index(fields=["property", "reservation"], name="waitlist_offer_of_stay"),
        ),
    ]
