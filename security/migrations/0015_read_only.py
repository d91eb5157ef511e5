"""More ways to contain; while a property takes no changes, the trail refuses them."""

from pathlib import Path

from django.conf import settings
from django.db import migrations, models

SQL = Path(__file__).parents[1] / "sql" / "read_only.sql"
BACK = """
    DROP TRIGGER trail_read_only ON security_auditlog;
    DROP FUNCTION security_read_only_refuse();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("properties", "0003_restraints"),
        ("security", "0014_trail_at_once"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunSQL(SQL.read_text(encoding="utf-8"), reverse_sql=BACK),
        migrations.RemoveConstraint(
            model_name="incidentcontainment",
            name="containment_action",
        ),
        migrations.RemoveConstraint(
            model_name="playbookstep",
            name="playbook_step_action",
        ),
        migrations.AlterField(
            model_name="incidentcontainment",
            name="action",
            field=models.CharField(
                choices=[
                    ("end_sessions", "End all sessions"),
                    ("disable_account", "Disable the account"),
                    ("revoke_token", "Revoke the token"),
                    ("revoke_integrator", "Revoke the integrator"),
                    ("block_address", "Block the address"),
                    ("pause_webhook", "Pause the webhook"),
                    ("freeze_exports", "Freeze exports"),
                    ("read_only", "Stop all changes"),
                    ("new_password", "Force a new password"),
                    ("second_step_role", "Require a second step of a role"),
                    ("second_step_hotel", "Require a second step at a hotel"),
                ],
                max_length=20,
            ),
        ),
        migrations.AlterField(
            model_name="incidentstep",
            name="action",
            field=models.CharField(
                blank=True,
                choices=[
                    ("end_sessions", "End all sessions"),
                    ("disable_account", "Disable the account"),
                    ("revoke_token", "Revoke the token"),
                    ("revoke_integrator", "Revoke the integrator"),
                    ("block_address", "Block the address"),
                    ("pause_webhook", "Pause the webhook"),
                    ("freeze_exports", "Freeze exports"),
                    ("read_only", "Stop all changes"),
                    ("new_password", "Force a new password"),
                    ("second_step_role", "Require a second step of a role"),
                    ("second_step_hotel", "Require a second step at a hotel"),
                ],
                help_text="What the house does with one click; empty for what only people can do.",
                max_length=20,
            ),
        ),
        migrations.AlterField(
            model_name="playbookstep",
            name="action",
            field=models.CharField(
                blank=True,
                choices=[
                    ("end_sessions", "End all sessions"),
                    ("disable_account", "Disable the account"),
                    ("revoke_token", "Revoke the token"),
                    ("revoke_integrator", "Revoke the integrator"),
                    ("block_address", "Block the address"),
                    ("pause_webhook", "Pause the webhook"),
                    ("freeze_exports", "Freeze exports"),
                    ("read_only", "Stop all changes"),
                    ("new_password", "Force a new password"),
                    ("second_step_role", "Require a second step of a role"),
                    ("second_step_hotel", "Require a second step at a hotel"),
                ],
                help_text="What the house does with one click; empty for what only people can do.",
                max_length=20,
            ),
        ),
        migrations.AddConstraint(
            model_name="incidentcontainment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "action__in",
                        [
                            "end_sessions",
                            "disable_account",
                            "revoke_token",
                            "revoke_integrator",
                            "block_address",
                            "pause_webhook",
                            "freeze_exports",
                            "read_only",
                            "new_password",
                            "second_step_role",
                            "second_step_hotel",
                        ],
                    )
                ),
                name="containment_action",
            ),
        ),
        migrations.AddConstraint(
            model_name="playbookstep",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("action", ""),
                    (
                        "action__in",
                        [
                            "end_sessions",
                            "disable_account",
                            "revoke_token",
                            "revoke_integrator",
                            "block_address",
                            "pause_webhook",
                            "freeze_exports",
                            "read_only",
                            "new_password",
                            "second_step_role",
                            "second_step_hotel",
                        ],
                    ),
                    _connector="OR",
                ),
                name="playbook_step_action",
            ),
        ),
    ]
