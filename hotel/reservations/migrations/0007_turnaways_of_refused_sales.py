"""Turnaways say who was turned away and where he came from; a refused request is recorded once."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [
        ("reservations", "0006_holds_keep_their_terms"),
    ]

    operations = [
        migrations.AddField(
            model_name="turnaway",
            name="adults",
            field=models.PositiveSmallIntegerField(
                blank=True, help_text="In each room, when told.", null=True
            ),
        ),
        migrations.AddField(
            model_name="turnaway",
            name="children",
            field=models.PositiveSmallIntegerField(default=0, help_text="In each room, of any age band."),
        ),
        migrations.AddField(
            model_name="turnaway",
            name="source",
            field=models.CharField(blank=True, help_text="Source of business code.", max_length=40),
        ),
        migrations.AddField(
            model_name="turnaway",
            name="refusal_key",
            field=models.CharField(
                blank=True,
                editable=False,
                help_text="By which a repeated request is known; empty for what people record.",
                max_length=64,
            ),
        ),
        migrations.AddConstraint(
            model_name="turnaway",
            constraint=models.UniqueConstraint(
                condition=~Q(refusal_key=""),
                fields=("property", "refusal_key"),
                name="turnaway_refusal_once",
            ),
        ),
    ]
