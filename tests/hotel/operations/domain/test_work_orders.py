"""The life of a work order."""

from datetime import UTC, datetime, timedelta

import pytest

from hotel.operations.choices import WORK_ORDER_OVER, TaskPriority, WorkOrderState
from hotel.operations.domain.work_orders import COMMANDS, HOURS, order_due_at

AT = datetime(2027, 3, 14, 12, tzinfo=UTC)


@pytest.mark.parametrize(("severity", "hours"), [(1, 2), (2, 8), (3, 48), (4, 168)])
def test_its_severity_says_until_when(severity, hours):
    assert order_due_at(severity, AT) == AT + timedelta(hours=hours)


def test_the_commands_lead_through_all_states_and_out_of_none_that_is_over():
    assert HOURS.keys() == set(TaskPriority)
    assert {target for _, target in COMMANDS.values()} == set(WorkOrderState) - {WorkOrderState.NEW}
    assert all(states.isdisjoint(WORK_ORDER_OVER) for states, _ in COMMANDS.values())
    assert COMMANDS["done"] == (frozenset({"doing"}), "done")
