"""The reason of a hold is text of a person: a marker stands for it once its key is destroyed."""

from django.db import migrations

import hotel.core.fields


class Migration(migrations.Migration):
    dependencies = [
        ("security", "0003_trail"),
    ]

    operations = [
        migrations.AlterField(
            model_name="legalhold",
            name="reason",
            field=hotel.core.fields.SealedTextField(),
        ),
    ]
