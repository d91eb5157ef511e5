import gc
import subprocess
import sys

import pytest

from config import settled


@pytest.fixture
def collector():
    before = gc.get_threshold()
    gc.unfreeze()
    gc.set_threshold(1, 2, 3)
    yield
    gc.unfreeze()
    gc.set_threshold(*before)


def test_the_program_is_not_looked_through_again(collector):
    settled.settle()
    tracked = len(gc.get_objects())
    assert gc.get_freeze_count() > 100_000
    assert tracked < gc.get_freeze_count() / 100
    assert gc.get_threshold() == settled.THRESHOLDS


def test_what_requests_leave_behind_is_collected_still(collector):
    class Left:
        pass

    settled.settle()
    gone = []
    left = Left()
    left.itself = left
    left.mark = type("Mark", (), {"__del__": lambda mark: gone.append("gone")})()
    del left
    assert gone == []
    gc.collect()
    assert gone == ["gone"]


@pytest.mark.parametrize("door", ["config.wsgi", "config.asgi"])
def test_the_doors_of_the_servers_settle(door):
    told = subprocess.run(  # noqa: S603  (our own interpreter)
        [sys.executable, "-c", f"import gc, {door}; print(gc.get_freeze_count(), gc.get_threshold()[2])"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    assert int(told[-2]) > 100_000
    assert int(told[-1]) == settled.THRESHOLDS[2]
