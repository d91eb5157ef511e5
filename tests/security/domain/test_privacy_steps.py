from dataclasses import replace

import pytest

from security.domain.privacy_requests import EDGES
from security.domain.privacy_steps import Standing, possible_acts

ALWAYS = {"hold"}
ACCESS = Standing(kind="access", status="identified")
ERASURE = Standing(kind="erasure", status="identified")


@pytest.mark.parametrize(
    ("standing", "acts"),
    [
        (replace(ACCESS, status="received"), {"identify", "extend", "refuse", "withdraw"}),
        (ACCESS, {"files", "extend", "refuse", "withdraw"}),
        (replace(ACCESS, files="queued"), {"extend", "refuse", "withdraw"}),
        (replace(ACCESS, files="running"), {"extend", "refuse", "withdraw"}),
        (replace(ACCESS, files="failed"), {"files", "extend", "refuse", "withdraw"}),
        (replace(ACCESS, files="ready"), {"files", "download", "carry", "extend", "refuse", "withdraw"}),
        (replace(ACCESS, files="ready", may_read=False), {"files", "carry", "extend", "refuse", "withdraw"}),
        (replace(ACCESS, status="completed", files="ready"), {"download"}),
        (replace(ACCESS, is_late=True), {"files", "refuse", "withdraw"}),
        (replace(ACCESS, is_extended=True), {"files", "refuse", "withdraw"}),
        (Standing(kind="rectification", status="identified"), {"carry", "extend", "refuse", "withdraw"}),
        (ERASURE, {"propose", "extend", "refuse", "withdraw"}),
        (replace(ERASURE, has_obstacles=True), {"extend", "refuse", "withdraw"}),
        (replace(ERASURE, status="proposed"), {"approve", "extend", "refuse", "withdraw"}),
        (replace(ERASURE, status="proposed", is_first=True), {"extend", "refuse", "withdraw"}),
        (replace(ERASURE, status="approved"), {"extend", "refuse"}),
        (replace(ERASURE, has_holds=True, has_obstacles=True), {"extend", "refuse", "withdraw", "lift"}),
    ],
)
def test_what_the_state_allows(standing, acts):
    assert possible_acts(standing) == acts | ALWAYS


def test_of_who_is_erased_nothing_is_held_any_more():
    assert possible_acts(Standing(kind="erasure", status="completed", is_erased=True)) == frozenset()


@pytest.mark.parametrize("status", [name for name, following in EDGES.items() if not following])
def test_a_closed_request_stays_closed(status):
    for kind in ("access", "erasure", "rectification"):
        assert possible_acts(Standing(kind=kind, status=status)) == ALWAYS
