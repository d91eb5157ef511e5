"""Each request that changes something of operations has an example in the reference, and each example is one."""

import pytest

from tests.contracts.examples import problems, requests_of

NOT_OURS = {"post status"}  # of rooms
FAMILIES = ("/api/v1/tasks/", "/api/v1/housekeeping/", "/api/v1/maintenance/")
REQUESTS = [one for family in FAMILIES for one in requests_of(family) if one.id not in NOT_OURS]


@pytest.mark.parametrize("body", REQUESTS)
def test_a_request_has_an_example_that_fits(body):
    examples = body.get("examples", {})
    assert examples
    for told in examples.values():
        assert problems(body, told["value"]) == []


def test_all_are_looked_at():
    assert len(REQUESTS) >= 17
