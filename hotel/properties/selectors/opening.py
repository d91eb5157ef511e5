"""Who may open another hotel, and in which company."""

from typing import Any

from hotel.properties.models import Chain, Property
from hotel.properties.scoping import grants_of, sees_everything


def chains_open_to(user: Any) -> list[Chain]:
    """Companies in which a person may open a hotel: those whose hotels he manages, each of them; two queries at most.

    A superuser in person may in every company.
    """
    if sees_everything(user):
        return list(Chain.objects.order_by("name"))
    held = grants_of(user).property_ids("manage", "properties")
    if not held:
        return []
    others = Property.objects.exclude(pk__in=held).values("chain")
    rows = Chain.objects.filter(properties__in=held).exclude(pk__in=others)
    return list(rows.order_by("name").distinct())


def is_empty() -> bool:
    """Whether this installation has no hotel yet; one query."""
    return not Property.objects.exists()
