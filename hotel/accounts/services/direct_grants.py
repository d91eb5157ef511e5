"""Rights that one person holds besides his roles, for some time."""

from datetime import datetime

from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.db import transaction

from hotel.accounts.models import Role, User
from hotel.properties.models import Property, PropertyUserObjectPermission
from hotel.properties.scoping import codename


@transaction.atomic
def role_lend(*, user: User, role: Role, place: Property, until: datetime) -> list[str]:
    """Give a person the rights of a role at a property until an instant, when they end by themselves.

    What he holds directly already is left as it is.

    Returns:
        The codenames lent, ascending.
    """
    names = {codename(verb, area) for area, verb in role.permissions.values_list("area", "verb")}
    content_type = ContentType.objects.get_for_model(Property)
    rights = Permission.objects.filter(content_type=content_type, codename__in=names)
    held = PropertyUserObjectPermission.objects.filter(user=user, content_object=place)
    new = rights.exclude(pk__in=held.values("permission"))
    lent = list(new.order_by("codename"))
    PropertyUserObjectPermission.objects.bulk_create(
        PropertyUserObjectPermission(user=user, permission=right, content_object=place, valid_until=until)
        for right in lent
    )
    return [right.codename for right in lent]


@transaction.atomic
def lent_take_back(*, user: User, place: Property, until: datetime) -> int:
    """Take back what was lent until this instant, used up or not. Repeatable. Returns how many rights it were."""
    lent = PropertyUserObjectPermission.objects.filter(user=user, content_object=place, valid_until=until)
    return lent.delete()[0]


@transaction.atomic
def direct_grants_revoke(*, user: User, place: Property) -> int:
    """Take away all that a person holds directly at a property. Repeatable. Returns how many rights it were."""
    return PropertyUserObjectPermission.objects.filter(user=user, content_object=place).delete()[0]
