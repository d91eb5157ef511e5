"""Tenancy of chain-wide rows: visible where the profile they belong to is linked to a property."""

from typing import Any, Self

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef

from hotel.core.plugs import area_of
from hotel.properties.scoping import grants_of


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
        held = grants_of(user).property_ids(verb, area or area_of("guests"))
        return self.linked_to(held) if held else self.none()

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
