"""Integrators: programs of other houses that fetch short-lived tokens by OAuth 2 client credentials."""

from typing import Any, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from oauth2_provider.models import Application

from hotel.core.models_base import TimeStamped
from hotel.properties.models import Property
from hotel.properties.scoping import grants_of, sees_everything


class IntegratorQuerySet(models.QuerySet):
    """Vocabulary of integrators."""

    def visible_to(self, user: Any, verb: str = "view", area: str = "accounts") -> Self:
        """Those for a property where the caller may ``view``; any other verb he needs at all of them."""
        if sees_everything(user):
            return self
        held = grants_of(user).property_ids(verb, area)
        scope = Integrator.properties.through.objects.filter(integrator=models.OuterRef("pk"))
        seen = self.filter(models.Exists(scope.filter(property__in=held)))
        return seen if verb == "view" else seen.exclude(models.Exists(scope.exclude(property__in=held)))


class Integrator(TimeStamped):
    """A client that gets tokens for these rights at these properties, and never more than its user may."""

    application = models.OneToOneField(Application, on_delete=models.CASCADE, related_name="integrator")
    user = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="integrators")
    name = models.CharField(max_length=80)
    codenames = ArrayField(models.CharField(max_length=64), help_text="Rights such as view_rooms_area.")
    properties = models.ManyToManyField(Property, related_name="integrators")
    networks = ArrayField(
        models.CharField(max_length=43),
        default=list,
        blank=True,
        help_text="Where it may come from, such as 203.0.113.0/24; from everywhere if empty.",
    )
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = IntegratorQuerySet.as_manager()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def client_id(self) -> str:
        """What it names itself by."""
        return self.application.client_id
