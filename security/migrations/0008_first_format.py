"""Secrets and words under the wrapping key itself get keys of their subjects, so that an old one can be taken away."""

from django.db import migrations

from hotel.core.column_encryption import Columns, columns_encrypt
from hotel.properties.tenancy import EVERYTHING, tenant_scope

OF_REQUEST = "'guest:' || (SELECT r.guest_id FROM security_privacyrequest r WHERE r.id = request_id)"
OF_PLACE = "'property:' || property_id"
COLUMNS = (
    Columns("security_privacyrequest", "security.privacyrequest", ("changes", "words", "history"), "'guest:' || guest_id"),
    Columns("security_privacybundle", "security.privacybundle", ("document", "printed"), OF_REQUEST),
    Columns("security_legalhold", "security.legalhold", ("reason",), "'guest:' || guest_id"),
    Columns("folios_gatewayaccount", "folios.gatewayaccount", ("api_key", "webhook_secret"), OF_PLACE),
    Columns("messaging_webhooksecret", "messaging.webhooksecret", ("secret",), OF_PLACE),
)  # fmt: skip


def encrypt(apps, schema_editor):
    """Of every property."""
    with tenant_scope(EVERYTHING):
        for columns in COLUMNS:
            columns_encrypt(columns, schema_editor)


class Migration(migrations.Migration):
    dependencies = [
        ("folios", "0005_encrypted_contact_data"),
        ("messaging", "0002_encrypted_contact_data"),
        ("security", "0007_keys"),
    ]

    operations = [migrations.RunPython(encrypt, migrations.RunPython.noop, elidable=True)]
