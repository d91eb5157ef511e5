"""Tokens of machines: opaque, stored as a hash, narrowed to properties and rights, expiring."""

from typing import Any, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models

from hotel.core.models_base import TimeStamped
from hotel.properties.models import Property
from hotel.properties.scoping import Limit, grants_of, sees_everything


class ApiTokenQuerySet(models.QuerySet):
    """Vocabulary of tokens."""

    def visible_to(self, user: Any, verb: str = "view", area: str = "accounts") -> Self:
        """Tokens for a property where the caller may ``view``; any other verb he needs at all of them."""
        if sees_everything(user):
            return self
        held = grants_of(user).property_ids(verb, area)
        scope = ApiToken.properties.through.objects.filter(apitoken=models.OuterRef("pk"))
        seen = self.filter(models.Exists(scope.filter(property__in=held)))
        return seen if verb == "view" else seen.exclude(models.Exists(scope.exclude(property__in=held)))


class ApiToken(TimeStamped):
    """A secret shown once. It never widens what its user may do."""

    user = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="api_tokens")
    name = models.CharField(max_length=80)
    prefix = models.CharField(max_length=24, unique=True, help_text="The visible part, to recognise it by.")
    digest = models.CharField(max_length=64, unique=True, help_text="SHA-256 of the whole secret.")
    codenames = ArrayField(models.CharField(max_length=64), help_text="Rights such as view_rooms_area.")
    properties = models.ManyToManyField(Property, related_name="api_tokens")
    networks = ArrayField(
        models.CharField(max_length=43),
        default=list,
        blank=True,
        help_text="Where it may come from, such as 203.0.113.0/24; from everywhere if empty.",
    )
    expires_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    integrator = models.ForeignKey(
        "accounts.Integrator",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="tokens",
        help_text="Who fetched it by OAuth; for an hour.",
    )

    objects = ApiTokenQuerySet.as_manager()

    class Meta:
        ordering = ["user", "name"]

    def __str__(self) -> str:
        return f"{self.name} ({self.prefix}…)"

    def limit(self) -> Limit:
        """What this token may do at most; one query unless ``token_usable`` read its properties."""
        ids = getattr(self, "property_ids", None)
        if ids is None:
            ids = self.properties.values_list("pk", flat=True)
        return Limit(property_ids=frozenset(ids), codenames=frozenset(self.codenames))
