"""The least valid objects of the app security."""

from datetime import timedelta

from hotel.core.clock import now
from hotel.properties.models import Property
from security.models import (
    AccessPolicy,
    AccessRequest,
    AccessReview,
    AccessReviewItem,
    DutyConflict,
    EmergencyAccess,
    Permission,
)
from tests.factories.accounts import role_make, user_make


def permission_make(place: Property, **over) -> Permission:
    """A right of the property's chain."""
    values = {"area": "rooms", "verb": "view", **over}
    return Permission.objects.create(chain=place.chain, **values)


def duty_conflict_make(place: Property, **over) -> DutyConflict:
    """Two rights of the property's chain that go apart."""
    first = over.pop("first", None) or permission_make(place, area="made", verb="first")
    second = over.pop("second", None) or permission_make(place, area="made", verb="second")
    values = {"reason": "Who does the one could hide the other.", **over}
    return DutyConflict.objects.create(chain=place.chain, first=first, second=second, **values)


def access_policy_make(place: Property, **over) -> AccessPolicy:
    """The policy of the property's chain."""
    return AccessPolicy.objects.create(chain=place.chain, **over)


def access_request_make(place: Property, **over) -> AccessRequest:
    """A request for a role at the property."""
    values = {
        "user": over.pop("user", None) or user_make(place, username=f"asked_for_{place.code}"),
        "role": over.pop("role", None) or role_make(place.chain, code=f"asked_{place.pk}"),
        "requested_by": over.pop("requested_by", None) or user_make(place, username=f"asker_{place.code}"),
        "rights": [],
        "reason": "Stands in for Ada.",
        "lapses_at": now() + timedelta(days=7),
    }
    return AccessRequest.objects.create(**{"property": place, **values, **over})


def access_review_make(place: Property, **over) -> AccessReview:
    """An open review of the property."""
    return AccessReview.objects.create(
        property=place, **{"name": "Review", "due_on": place.business_date, **over}
    )


def access_review_item_make(place: Property, **over) -> AccessReviewItem:
    """A line about a role."""
    values = {
        "review": over.pop("review", None) or access_review_make(place),
        "user": over.pop("user", None) or user_make(place, username=f"looked_at_{place.code}"),
        "subject": "role",
        "title": "Helper",
        "rights": ["view_rooms_area"],
    }
    return AccessReviewItem.objects.create(property=place, **{**values, **over})


def emergency_access_make(place: Property, **over) -> EmergencyAccess:
    """An emergency access that runs for an hour; nothing is lent by it."""
    values = {
        "user": over.pop("user", None) or user_make(place, username=f"breaker_{place.code}"),
        "role": over.pop("role", None) or role_make(place.chain, code=f"emergency_{place.pk}"),
        "reason": "The only manager is on a plane.",
        "ends_at": now() + timedelta(hours=1),
    }
    return EmergencyAccess.objects.create(property=place, **{**values, **over})
