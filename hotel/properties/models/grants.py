"""Where guardian keeps grants on properties: direct foreign keys, so that one join answers."""

from typing import Self

from django.db import models
from guardian.models import GroupObjectPermissionBase, UserObjectPermissionBase

from hotel.core.clock import now
from hotel.properties.models.properties import Property


class PropertyUserObjectPermission(UserObjectPermissionBase):
    """A right of one person on one property; for exceptions, roles use groups."""

    content_object = models.ForeignKey(Property, on_delete=models.CASCADE)
    valid_until = models.DateTimeField(
        null=True, blank=True, help_text="The right ends at this instant; empty for ever."
    )

    @classmethod
    def held(cls) -> models.QuerySet[Self]:
        """Those that have not ended."""
        return cls.objects.filter(models.Q(valid_until=None) | models.Q(valid_until__gt=now()))


class PropertyGroupObjectPermission(GroupObjectPermissionBase):
    """A right of a role's group on one property."""

    content_object = models.ForeignKey(Property, on_delete=models.CASCADE)
