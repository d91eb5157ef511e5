"""The life of a work order."""

from datetime import UTC, datetime, timedelta

import pytest

from hotel.operations.choices import WORK_ORDER_OVER, TaskPriority, WorkOrderState
from hotel.operations.domain.work_orders import COMMANDS, HOURS, order_commands, order_due_at

AT = datetime(2027, 3, 14, 12, tzinfo=UTC)


@pytest.mark.parametrize(("severity", "hours"), [(1, 2), (2, 8), (3, 48), (4, 168)])
def test_its_severity_says_until_when(severity, hours):
    assert order_due_at(severity, AT) == AT + timedelta(hours=hours)


def test_the_commands_lead_through_all_states_and_one_out_of_those_that_are_over():
    assert HOURS.keys() == set(TaskPriority)
    assert {target for _, target in COMMANDS.values()} == set(WorkOrderState)
    over = {name for name, (states, _) in COMMANDS.items() if not states.isdisjoint(WORK_ORDER_OVER)}
    assert (over, COMMANDS["reopen"]) == ({"reopen"}, (frozenset(WORK_ORDER_OVER), "new"))
    assert COMMANDS["done"] == (frozenset({"doing"}), "done")


@pytest.mark.parametrize(
    ("state", "commands"),
    [
        ("new", {"assign": "assigned", "start": "doing", "cancel": "cancelled"}),
        ("assigned", {"assign": "assigned", "start": "doing", "wait": "waiting", "cancel": "cancelled"}),
        ("doing", {"wait": "waiting", "done": "done", "cancel": "cancelled"}),
        ("waiting", {"assign": "assigned", "start": "doing", "cancel": "cancelled"}),
        ("done", {"reopen": "new"}),
        ("cancelled", {"reopen": "new"}),
    ],
)
def test_what_an_order_takes_in_each_state(state, commands):
    assert order_commands(state) == commands
