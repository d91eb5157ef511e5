"""The help text of a tax rule's cap says what the cap is of."""

import djmoney.models.fields
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("rates", "0002_revision_of_terms")]

    operations = [
        migrations.AlterField(
            model_name="taxrule",
            name="max_amount",
            field=djmoney.models.fields.MoneyField(
                blank=True,
                decimal_places=3,
                default=None,
                help_text="At most so much of one charge: for each thing sold and night.",
                max_digits=14,
                null=True,
            ),
        ),
    ]
