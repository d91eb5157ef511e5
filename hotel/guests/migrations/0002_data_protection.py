"""What guests asked of their data, which wording they agreed to, and evidence that goes with an erased guest."""

from pathlib import Path

from django.conf import settings
from django.db import migrations, models

SQL = Path(__file__).resolve().parent.parent / "sql"


class Migration(migrations.Migration):
    dependencies = [
        ("guests", "0001_schema"),
        ("properties", "0001_schema"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="guest",
            name="erased_at",
            field=models.DateTimeField(blank=True, editable=False, help_text="GDPR 17.", null=True),
        ),
        migrations.AddField(
            model_name="guest",
            name="marketing_objected_at",
            field=models.DateTimeField(blank=True, editable=False, help_text="GDPR 21(2).", null=True),
        ),
        migrations.AddField(
            model_name="guest",
            name="processing_restricted_at",
            field=models.DateTimeField(
                blank=True, editable=False, help_text="Kept, but used by nobody else (GDPR 18).", null=True
            ),
        ),
        migrations.AddField(
            model_name="guest",
            name="profiling_objected_at",
            field=models.DateTimeField(blank=True, editable=False, help_text="GDPR 21(1).", null=True),
        ),
        migrations.AddField(
            model_name="guestconsent",
            name="text_version",
            field=models.CharField(
                blank=True, help_text="Which wording he saw, such as 2026-03 or newsletter-4.", max_length=40
            ),
        ),
        migrations.AddIndex(
            model_name="guest",
            index=models.Index(
                condition=models.Q(("processing_restricted_at__isnull", False)),
                fields=["id"],
                name="guest_restricted",
            ),
        ),
        migrations.AddConstraint(
            model_name="guest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("erased_at", None),
                    models.Q(
                        ("birth_date", None),
                        ("email", ""),
                        ("email_fingerprint", ""),
                        ("first_name", ""),
                        ("phone", ""),
                        ("phone_fingerprint", ""),
                        ("street", ""),
                    ),
                    _connector="OR",
                ),
                name="guest_erased_is_empty",
            ),
        ),
        migrations.RunSQL(
            (SQL / "consents_erasable.sql").read_text(encoding="utf-8"), reverse_sql=migrations.RunSQL.noop
        ),
    ]
