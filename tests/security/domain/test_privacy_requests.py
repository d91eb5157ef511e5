"""Every pair of states, once."""

import itertools

from security.domain.privacy_requests import EDGES, OPEN, may_become
from security.privacy_choices import RequestStatus

WAYS = {
    ("received", "identified"), ("received", "refused"), ("received", "withdrawn"), ("identified", "proposed"),
    ("identified", "completed"), ("identified", "refused"), ("identified", "withdrawn"), ("proposed", "approved"),
    ("proposed", "identified"), ("proposed", "refused"), ("proposed", "withdrawn"), ("approved", "completed"),
    ("approved", "partly_completed"), ("approved", "refused"),
}  # fmt: skip


def test_only_listed_ways_are_open():
    pairs = itertools.product(RequestStatus.values, repeat=2)
    assert {pair for pair in pairs if may_become(*pair)} == WAYS
    assert set(EDGES) == set(RequestStatus.values)
    assert {"received", "identified", "proposed", "approved"} == OPEN
