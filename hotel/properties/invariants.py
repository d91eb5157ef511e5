"""What must hold of properties whatever code does."""

from collections.abc import Iterator

from hotel.core.invariants import Invariant


def invariants() -> Iterator[Invariant]:
    """The rules of properties as SQL that returns violations."""
    yield Invariant(
        "inv_business_day_open",
        "A property works on its one open business day; all days before are closed.",
        """
        SELECT place.id, place.business_date, day.business_date AS open_day
          FROM properties_property AS place
          LEFT JOIN properties_businessday AS day ON day.property_id = place.id AND day.closed_at IS NULL
         WHERE day.business_date IS DISTINCT FROM place.business_date
         UNION ALL
        SELECT place.id, place.business_date, later.business_date
          FROM properties_property AS place
          JOIN properties_businessday AS later
            ON later.property_id = place.id AND later.business_date > place.business_date
        """,
    )
