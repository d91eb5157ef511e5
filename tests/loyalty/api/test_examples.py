"""Each request that changes something of loyalty has an example in the reference, and each example is one."""

import pytest

from tests.contracts.examples import problems, requests_of

FILES = frozenset({("post", "imports")})  # whose body is a file
REQUESTS = requests_of("/loyalty/", FILES)


@pytest.mark.parametrize("body", REQUESTS)
def test_a_request_has_an_example_that_fits(body):
    examples = body.get("examples", {})
    assert examples
    for told in examples.values():
        assert problems(body, told["value"]) == []


def test_all_are_looked_at_and_a_wrong_example_is_told():
    assert len(REQUESTS) >= 49
    (adjust,) = (one.values[0] for one in REQUESTS if one.id == "post members/{id}/adjust")
    assert problems(adjust, {"property": 1, "points": "many", "why": "None"}) == [
        "'many' is not of type 'integer'",
        "'reason' is a required property",
        "why is not asked for",
    ]
