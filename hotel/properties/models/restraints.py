"""What is held back at a property for a while, such as all changes while an attack goes on."""

from typing import Self

from django.db import models
from django.db.models import F, Q

from hotel.core.clock import now
from hotel.properties.choices import RestraintKind, RestraintSource
from hotel.properties.scoping import PropertyScopedModel, PropertyScopedQuerySet


class PropertyRestraintQuerySet(PropertyScopedQuerySet):
    """Vocabulary of restraints."""

    def standing(self) -> Self:
        """Those that hold now: nobody has ended them, and their time is not over."""
        return self.open().filter(until__gt=now())

    def over(self) -> Self:
        """Those that hold no more, and whose end is not written down yet."""
        return self.open().filter(until__lte=now())

    def open(self) -> Self:
        """Those whose end is not written down, whether they hold or not."""
        return self.filter(ended_at=None)


class PropertyRestraint(PropertyScopedModel):
    """Something that is held back at a property, until somebody ends it or its time is over.

    While one that forbids changes stands, the trail refuses every change of the property's rows.
    """

    kind = models.CharField(max_length=12, choices=RestraintKind)
    source = models.CharField(
        max_length=8, choices=RestraintSource, default=RestraintSource.INCIDENT, help_text="Who ends it."
    )
    reason = models.CharField(max_length=400, help_text="Told to whoever is refused.")
    placed_at = models.DateTimeField(default=now)
    until = models.DateTimeField(help_text="Ends by itself then.")
    ended_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = PropertyRestraintQuerySet.as_manager()

    class Meta:
        ordering = ["property_id", "-placed_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["property", "kind", "source"],
                condition=Q(ended_at=None),
                name="restraint_stands_once",
            ),
            models.CheckConstraint(condition=Q(kind__in=RestraintKind.values), name="restraint_kind"),
            models.CheckConstraint(condition=Q(source__in=RestraintSource.values), name="restraint_source"),
            models.CheckConstraint(condition=Q(until__gt=F("placed_at")), name="restraint_has_time"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.property}"
