"""The views of a page that a person has before him."""

from typing import Any

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Lower

from hotel.accounts.models import SavedView
from hotel.accounts.selectors.assignments import roles_now
from hotel.properties.models import Property
from hotel.properties.scoping import grants_of


def may_share(user: Any, place: Property) -> bool:
    """Whether a person may give views to the roles of a property, and change those they have."""
    return grants_of(user).holds("manage", "properties", place.pk)


def views_of(user: Any, place: Property, page: str) -> QuerySet[SavedView]:
    """Views of a page, one statement: the person's own by name, then those of his roles there.

    Who may share sees those of all roles, because somebody must be able to take them away.
    """
    shared = Q(role__isnull=False) if may_share(user, place) else Q(role__in=roles_now(user, place))
    rows = SavedView.objects.at(place.pk).filter(Q(owner_id=user.pk) | shared, page=page)
    order = F("role__name").asc(nulls_first=True)
    return rows.select_related("role").order_by(order, Lower("name"))
