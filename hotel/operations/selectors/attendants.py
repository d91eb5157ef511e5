"""Who works in the house."""

from django.db.models import QuerySet

from hotel.accounts.models import User
from hotel.properties.models import PropertyGroupObjectPermission, PropertyUserObjectPermission
from hotel.properties.scoping import codename, grants_of

WORK = codename("work", "operations")


def may_work(user: User, property_id: int) -> bool:
    """Whether somebody may be given tasks at a property."""
    return grants_of(user).holds("work", "operations", property_id)


def attendants(property_id: int) -> QuerySet[User]:
    """Those who may be given tasks at a property, by name; without those who may everything."""
    wanted = {"content_object": property_id, "permission__codename": WORK}
    groups = PropertyGroupObjectPermission.objects.filter(**wanted).values("group")
    direct = PropertyUserObjectPermission.held().filter(**wanted).values("user")
    people = User.objects.filter(is_active=True)
    return (people.filter(groups__in=groups) | people.filter(pk__in=direct)).distinct().order_by("username")
