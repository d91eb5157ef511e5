"""The areas of the plugs are permissions on the Property content type."""

from django.contrib.auth.models import Permission

from hotel.accounts.services.areas import areas_sync
from hotel.core.plugs import plugs
from hotel.properties.scoping import codename


def test_missing_permissions_are_made_and_nothing_else(db):
    wanted = {codename(verb, plug.area) for plug in plugs() for verb in plug.verbs}
    own = Permission.objects.filter(content_type__model="property", codename__in=wanted)
    own.filter(codename__in=["view_rooms_area", "block_rooms_area"]).delete()
    before = set(Permission.objects.values_list("pk", flat=True))
    assert areas_sync() == 2
    assert {p.codename for p in own} == wanted
    assert before < set(Permission.objects.values_list("pk", flat=True))
    assert areas_sync() == 0
