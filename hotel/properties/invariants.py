"""What must hold of properties whatever code does."""

from collections.abc import Iterator

from hotel.core.invariants import Invariant
from hotel.properties.selectors.ties import ties_unmet_sql
from hotel.properties.selectors.walls import pairs_apart_sql


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
    yield Invariant(
        "inv_ties",
        "Every foreign key of rows of a property stands in the database, within the property, and all rows keep to it.",
        ties_unmet_sql(),
    )
    yield Invariant(
        "inv_pairs_of_one_property",
        "Rows that are joined as a pair belong to one property.",
        pairs_apart_sql(),
    )
