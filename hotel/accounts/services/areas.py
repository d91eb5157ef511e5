"""The areas of the plugs become permissions on the Property content type."""

from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.db import transaction

from hotel.core.plugs import plugs
from hotel.properties.models import Property
from hotel.properties.scoping import codename


@transaction.atomic
def areas_sync() -> int:
    """Create the missing permissions of all areas and verbs. Repeatable. Returns how many were made."""
    content_type = ContentType.objects.get_for_model(Property)
    present = set(Permission.objects.filter(content_type=content_type).values_list("codename", flat=True))
    wanted = {codename(verb, plug.area): f"Can {verb} {plug.area}" for plug in plugs() for verb in plug.verbs}
    missing = [
        Permission(content_type=content_type, codename=name, name=text)
        for name, text in wanted.items()
        if name not in present
    ]
    Permission.objects.bulk_create(missing)
    return len(missing)
