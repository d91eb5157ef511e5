"""What holds in the tables of the hotel day whatever code does; SQL that returns the violations."""

from collections.abc import Iterator

from hotel.core.invariants import Invariant


def invariants() -> Iterator[Invariant]:
    """The invariants of the hotel day."""
    yield from _days()
    yield from _guests()


def _days() -> Iterator[Invariant]:
    """Audits, business days and figures agree."""
    yield Invariant(
        "inv_audit_closes_its_day",
        "An audit is finished exactly when its business date is closed, and then every step of it is done.",
        """
        SELECT audit.id, audit.business_date, audit.status, place.business_date AS open
          FROM stays_nightaudit AS audit
          JOIN properties_property AS place ON place.id = audit.property_id
         WHERE (audit.status = 'finished' AND audit.business_date >= place.business_date)
            OR (audit.status = 'running' AND audit.business_date <> place.business_date)
            OR audit.business_date > place.business_date
            OR (audit.status = 'finished'
                AND EXISTS (SELECT FROM stays_nightauditstep AS step
                             WHERE step.audit_id = audit.id AND step.status <> 'done'))
        """,
    )
    yield Invariant(
        "inv_audited_day_has_figures",
        "A day that an audit has closed has its figures, and no day after the open one has any.",
        """
        SELECT audit.property_id, audit.business_date
          FROM stays_nightaudit AS audit
          LEFT JOIN stays_dailystatistic AS figures
            ON figures.property_id = audit.property_id AND figures.business_date = audit.business_date
         WHERE audit.status = 'finished' AND figures.id IS NULL
         UNION ALL
        SELECT figures.property_id, figures.business_date
          FROM stays_dailystatistic AS figures
          JOIN properties_property AS place ON place.id = figures.property_id
         WHERE figures.business_date > place.business_date
        """,
    )
    yield Invariant(
        "inv_figures_are_the_ledger",
        "The frozen revenue and tax of an audited day are those of the ledger, and its entries add up to zero.",
        """
        SELECT figures.property_id, figures.business_date, figures.room_revenue + figures.other_revenue AS frozen,
               ledger.revenue, figures.tax, ledger.tax AS ledger_tax, ledger.balance
          FROM stays_dailystatistic AS figures
          JOIN stays_nightaudit AS audit
            ON audit.property_id = figures.property_id AND audit.business_date = figures.business_date
           AND audit.status = 'finished'
         CROSS JOIN LATERAL (
               SELECT coalesce(-sum(entry.amount) FILTER (WHERE entry.ledger = 'revenue'), 0) AS revenue,
                      coalesce(-sum(entry.amount) FILTER (WHERE entry.ledger = 'tax'), 0) AS tax,
                      coalesce(sum(entry.amount), 0) AS balance
                 FROM folios_ledgerentry AS entry
                WHERE entry.property_id = figures.property_id AND entry.business_date = figures.business_date
               ) AS ledger
         WHERE (figures.room_revenue + figures.other_revenue, figures.tax, 0::numeric)
               IS DISTINCT FROM (ledger.revenue, ledger.tax, ledger.balance)
        """,
    )
    yield Invariant(
        "inv_rooms_sold_fit",
        "No more rooms were sold on an audited night than the counters of the night say.",
        """
        SELECT figures.property_id, figures.business_date, figures.rooms_sold, night.sold
          FROM stays_dailystatistic AS figures
          JOIN rooms_inventorynight AS night
            ON night.property_id = figures.property_id AND night.night = figures.business_date
           AND night.room_type_id IS NULL
         WHERE figures.rooms_sold + figures.rooms_complimentary + figures.rooms_house_use > night.sold
        """,
    )


def _guests() -> Iterator[Invariant]:
    """Guests in house are where their rooms say, and their nights are on the bill."""
    yield Invariant(
        "inv_one_guest_in_a_room",
        "No two guests in house have the same room on the open business date, unless they share it.",
        """
        SELECT held.property_id, held.room_id, count(DISTINCT coalesce(stay.share_id, -stay.id)) AS parties
          FROM reservations_roomassignment AS held
          JOIN reservations_reservation AS stay ON stay.id = held.reservation_id AND stay.status = 'in_house'
          JOIN properties_property AS place ON place.id = held.property_id
         WHERE held.released_at IS NULL AND held.arrival <= place.business_date AND held.departure > place.business_date
         GROUP BY 1, 2 HAVING count(DISTINCT coalesce(stay.share_id, -stay.id)) > 1
        """,
    )
    yield Invariant(
        "inv_slept_nights_are_posted",
        "Every night that a guest slept on an audited date was posted on a folio, once.",
        """
        SELECT night.reservation_id, night.night
          FROM reservations_reservationnight AS night
          JOIN reservations_reservation AS stay
            ON stay.id = night.reservation_id AND stay.status IN ('in_house', 'checked_out')
          JOIN stays_nightaudit AS audit
            ON audit.property_id = night.property_id AND audit.business_date = night.night
           AND audit.status = 'finished'
          LEFT JOIN folios_posting AS posting
            ON posting.property_id = night.property_id AND posting.source = 'night'
           AND posting.source_key = night.reservation_id || ':' || night.night || ':room'
         WHERE posting.id IS NULL
        """,
    )
