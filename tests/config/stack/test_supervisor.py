import itertools
import os
import signal
import sys

import pytest

from config.stack.processes import Child
from config.stack.supervisor import Supervisor, Watch
from tests.config.stack.observing import start_python, wait_until


class DeadChild:
    """Ends at once, each time it is started."""

    name, log, process = "worker", "worker.log", None

    def __init__(self):
        self.starts = 0

    def running(self):
        return False

    def start(self):
        self.starts += 1


def test_each_restart_within_a_minute_waits_twice_as_long():
    lines, child = [], DeadChild()
    supervisor, watch = Supervisor(say=lines.append), Watch(child, started=0.0)
    starts, now = [], 0.0
    while now < 120:
        before = child.starts
        supervisor.look_at(watch, now)
        if child.starts > before:
            starts.append(now)
        now += 0.5
    assert starts[:6] == [0.0, 1.5, 4.0, 8.5, 17.0, 33.5]
    assert max(b - a for a, b in itertools.pairwise(starts)) == 30.5
    assert "worker ended by itself" in lines[0]
    assert "starting it again now" in lines[0]
    assert "in 1 s" in lines[1]
    assert len(lines) == len(starts) + 1


def test_a_child_that_ran_for_long_is_started_at_once_again():
    child = DeadChild()
    watch = Watch(child, started=0.0, pause=16.0)
    Supervisor(say=lambda text: None).look_at(watch, 61.0)
    assert child.starts == 1
    assert watch.pause == 1.0


def test_children_stop_in_the_opposite_order_of_their_start(tmp_path):
    code = "import signal, sys, time; signal.signal(signal.SIGTERM, lambda *_: print(NAME, flush=True) or sys.exit())"
    lines, order = [], tmp_path / "order.log"
    supervisor = Supervisor(say=lines.append)
    for name in ("database", "web", "worker"):
        ready = tmp_path / name
        argv = [
            sys.executable,
            "-c",
            f"NAME={name!r}; {code}; open({str(ready)!r}, 'w'); time.sleep(60)",
        ]
        child = Child(name, argv, order)
        child.start()
        child.wait_until(ready.exists, 10)
        supervisor.add(child)
    supervisor.stop()
    assert order.read_text().split() == ["worker", "web", "database"]
    assert lines == ["  worker stopped", "  web stopped", "  database stopped"]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_second_signal_does_not_disturb_the_stop(tmp_path, number):
    script = """
import time
from config.stack.supervisor import StopRequested, stop_signals_raise
stop_signals_raise()
try:
    print("ready", flush=True)
    time.sleep(60)
except StopRequested:
    print("stopping", flush=True)
    time.sleep(0.7)
print("done", flush=True)
"""
    process = start_python(script)
    assert process.stdout.readline() == "ready\n"
    os.kill(process.pid, number)
    assert process.stdout.readline() == "stopping\n"
    os.kill(process.pid, number)
    assert process.communicate(timeout=60)[0] == "done\n"
    assert process.returncode == 0


def test_what_dies_is_started_again(tmp_path):
    child = Child("it", ["/bin/sleep", "60"], tmp_path / "log")
    child.start()
    first = child.pid
    supervisor = Supervisor(say=lambda text: None)
    supervisor.add(child)
    os.kill(first, signal.SIGKILL)
    wait_until(lambda: not child.running(), 5)
    supervisor.look_at(supervisor.watches[0], supervisor.watches[0].started + 1)
    assert child.running()
    assert child.pid != first
    supervisor.stop()
