"""Tenancy of chain-wide rows: visible where the profile they belong to is linked to a property."""

from typing import Any, Self

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef

from hotel.core.plugs import area_of
from hotel.properties.scoping import Grants, grants_of


def sees_restricted(grants: Grants) -> bool:
    """Who answers for the protection of data, and who keeps the accounts."""
    return bool(grants.property_ids("approve", "security") | grants.property_ids("write_off", "folios"))


class ThroughProfiles(models.QuerySet):
    """Rows of guests or companies that are linked to a property where the caller holds the right.

    Class attributes:
        profile_field: ``guest`` or ``company``, the column of ProfileAtProperty.
        owners: paths from the row to the guests or companies that must all be visible.
    """

    profile_field = "guest"
    owners: tuple[str, ...] = ("guest_id",)

    def visible_to(self, user: Any, verb: str = "view", area: str = "") -> Self:
        """Rows whose owners are all linked to a property where the user holds the verb."""
        grants = grants_of(user)
        held = grants.property_ids(verb, area or area_of("guests"))
        if not held:
            return self.none()
        rows = self.linked_to(held)
        return rows if sees_restricted(grants) else rows.without_restricted()

    def without_restricted(self) -> Self:
        """Rows none of whose guests had the processing of his data restricted (GDPR 18)."""
        if self.profile_field != "guest":
            return self
        guests = apps.get_model("guests", "Guest").objects.filter(processing_restricted_at__isnull=False)
        hidden = self
        for owner in self.owners:
            hidden = hidden.exclude(Exists(guests.filter(pk=OuterRef(owner))))
        return hidden

    def linked_to(self, property_ids: Any) -> Self:
        """Rows whose owners are all linked to one of these properties."""
        links = apps.get_model("guests", "ProfileAtProperty").objects.filter(property_id__in=property_ids)
        found = self
        for owner in self.owners:
            found = found.filter(Exists(links.filter(**{f"{self.profile_field}_id": OuterRef(owner)})))
        return found


class GuestQuerySet(ThroughProfiles):
    """Vocabulary of guests."""

    owners = ("pk",)

    def current(self) -> Self:
        """Without the tombstones of merged profiles."""
        return self.filter(merged_into=None)


class CompanyQuerySet(ThroughProfiles):
    """Vocabulary of companies."""

    profile_field = "company"
    owners = ("pk",)


class MergeQuerySet(ThroughProfiles):
    """Vocabulary of merges."""

    owners = ("kept_id", "merged_id")

    def standing(self) -> Self:
        """Merges that were not undone."""
        return self.filter(unmerged_at=None)


class MatchQuerySet(ThroughProfiles):
    """Vocabulary of suspected duplicates: both guests must be visible."""

    owners = ("first_id", "second_id")
