"""Vocabulary of rooms: chainable, returns querysets."""

from datetime import datetime
from typing import Self

from hotel.properties.scoping import PropertyScopedQuerySet


class OccupancyQuerySet(PropertyScopedQuerySet):
    """Vocabulary of claims."""

    def touching(self, start: datetime, end: datetime) -> Self:
        """Claims that overlap ``[start, end)``.

        By plain columns on purpose: range operators are not leakproof, so row-level security would keep them from
        using an index.
        """
        return self.filter(starts_at__lt=end, ends_at__gt=start)
