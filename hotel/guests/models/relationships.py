"""Who belongs to whom."""

from django.db import models
from django.db.models import F, Q

from hotel.core.models_base import TimeStamped
from hotel.guests.choices import RelationshipKind
from hotel.guests.querysets import ThroughProfiles


class GuestRelationship(TimeStamped):
    """A guest works for a company, or lives with or acts for another guest."""

    guest = models.ForeignKey("guests.Guest", on_delete=models.CASCADE, related_name="relationships")
    kind = models.CharField(max_length=16, choices=RelationshipKind.choices)
    company = models.ForeignKey("guests.Company", on_delete=models.CASCADE, null=True, related_name="people")
    other = models.ForeignKey("guests.Guest", on_delete=models.CASCADE, null=True, related_name="related_by")

    objects = ThroughProfiles.as_manager()

    class Meta:
        ordering = ["guest_id", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="works_for", company__isnull=False, other=None)
                | (~Q(kind="works_for") & Q(company=None, other__isnull=False)),
                name="relationship_has_partner",
            ),
            models.CheckConstraint(condition=~Q(other=F("guest")), name="relationship_not_to_oneself"),
            models.UniqueConstraint(
                fields=["guest", "kind", "company", "other"],
                nulls_distinct=False,
                name="relationship_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.guest} {self.get_kind_display().lower()} {self.company or self.other}"
