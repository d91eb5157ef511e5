"""What holds in the tables of operations whatever code does; SQL that returns the violations."""

from collections.abc import Iterator

from hotel.core.invariants import Invariant


def invariants() -> Iterator[Invariant]:
    """The rules."""
    yield Invariant(
        "inv_task_change_is_state",
        "What happened last to a task that was begun or ended is the state that it is in.",
        """
        SELECT task.property_id, task.id, task.state, last.kind
          FROM operations_task AS task
          LEFT JOIN LATERAL (SELECT kind FROM operations_taskchange AS change
                              WHERE change.property_id = task.property_id AND change.task_id = task.id
                                AND change.kind IN ('started', 'done', 'skipped', 'cancelled', 'failed', 'reopened')
                              ORDER BY id DESC LIMIT 1) AS last ON true
         WHERE CASE coalesce(last.kind, 'open') WHEN 'failed' THEN 'done' WHEN 'reopened' THEN 'open'
                    WHEN 'open' THEN 'open' ELSE last.kind END <> task.state
        """,
    )
    yield Invariant(
        "inv_discrepancy_differs",
        "What an open discrepancy says was found differs from what it says the front office has.",
        """
        SELECT property_id, id, kind FROM operations_discrepancy
         WHERE kind <> CASE WHEN office_occupied AND NOT is_occupied THEN 'skip'
                            WHEN is_occupied AND NOT office_occupied THEN 'sleep'
                            WHEN is_occupied AND persons <> office_persons THEN 'person' ELSE '' END
        """,
    )
    yield Invariant(
        "inv_task_of_today",
        "No task is for a stay that has not begun and does not begin on its day.",
        """
        SELECT task.property_id, task.id, stay.arrival
          FROM operations_task AS task
          JOIN reservations_reservation AS stay ON stay.id = task.reservation_id
         WHERE task.source = 'day' AND task.state IN ('started', 'done') AND stay.arrival > task.business_date
        """,
    )
    yield Invariant(
        "inv_work_order_change_is_state",
        "What happened last to a work order is the state that it is in.",
        """
        SELECT orders.property_id, orders.id, orders.state, last.state AS told
          FROM operations_workorder AS orders
          LEFT JOIN LATERAL (SELECT state FROM operations_workorderchange AS change
                              WHERE change.property_id = orders.property_id AND change.order_id = orders.id
                              ORDER BY id DESC LIMIT 1) AS last ON true
         WHERE last.state IS DISTINCT FROM orders.state
        """,
    )
    yield Invariant(
        "inv_work_order_holds",
        "A work order holds its own room, and none when it is over.",
        """
        SELECT orders.property_id, orders.id, block.room_id
          FROM operations_workorder AS orders
          JOIN rooms_roomblock AS block ON block.id = orders.hold_id
         WHERE block.room_id <> orders.room_id OR (orders.ended_at IS NOT NULL AND block.released_at IS NULL)
        """,
    )
