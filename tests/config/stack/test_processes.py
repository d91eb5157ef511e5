import signal
import sys
import time

import pytest

from config.stack.errors import StackError
from config.stack.processes import Child, processes_in
from tests.config.stack.observing import is_alive, start_python, wait_until

STUBBORN = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('up', flush=True); time.sleep(60)"


def child_of(tmp_path, code, **options):
    return Child("it", [sys.executable, "-c", code], tmp_path / "it.log", **options)


def test_a_child_writes_its_log_and_ends(tmp_path):
    child = child_of(tmp_path, "print('hello')")
    child.start()
    wait_until(lambda: not child.running(), 10)
    assert child.log.read_text() == "hello\n"


def test_stop_asks_first(tmp_path):
    code = (
        "import signal, time; signal.signal(signal.SIGTERM, lambda *_: print('asked', flush=True) or exit())"
    )
    child = child_of(tmp_path, f"{code}; print('up', flush=True); time.sleep(60)")
    child.start()
    child.wait_until(lambda: "up" in child.log.read_text(), 10)
    child.stop()
    assert child.log.read_text().splitlines() == ["up", "asked"]
    assert child.process.returncode == 0


def test_stop_kills_what_does_not_listen_and_all_it_started(tmp_path):
    grandchild = f"print(subprocess.Popen([sys.executable, '-c', {STUBBORN!r}]).pid, flush=True)"
    child = child_of(tmp_path, f"import subprocess, sys; {grandchild}; {STUBBORN}", stop_seconds=0.3)
    child.start()
    child.wait_until(lambda: child.log.read_text().count("up") == 2, 10)
    pid = int(child.log.read_text().split()[0])
    child.stop()
    assert child.process.returncode == -signal.SIGKILL
    wait_until(lambda: not is_alive(pid), 5)


def test_a_child_that_dies_while_starting_shows_its_log(tmp_path):
    child = child_of(tmp_path, "import sys; sys.exit('the reason')")
    child.start()
    with pytest.raises(StackError, match=r"stopped while starting(.|\n)*the reason"):
        child.wait_until(lambda: False, 10)


def test_a_child_that_is_never_ready_is_an_error(tmp_path):
    child = child_of(tmp_path, "import time; time.sleep(60)")
    child.start()
    with pytest.raises(StackError, match="not ready after"):
        child.wait_until(lambda: False, 0.2)
    child.stop()


def test_a_missing_program_is_named(tmp_path):
    with pytest.raises(StackError, match="it cannot be started"):
        Child("it", ["/no/such/program"], tmp_path / "log").start()


@pytest.mark.skipif(sys.platform != "linux", reason="the parent-death signal is Linux only")
def test_a_child_does_not_outlive_a_killed_parent(tmp_path):
    parent = start_python(
        "import sys, time; from pathlib import Path; from config.stack.processes import Child\n"
        "child = Child('it', ['/bin/sleep', '60'], Path(sys.argv[1]) / 'log'); child.start()\n"
        "print(child.pid, flush=True); time.sleep(60)",
        tmp_path,
    )
    pid = int(parent.stdout.readline())
    assert is_alive(pid)
    parent.kill()
    parent.wait()
    parent.stdout.close()
    wait_until(lambda: not is_alive(pid), 5)


@pytest.mark.skipif(sys.platform != "linux", reason="needs /proc")
def test_processes_are_found_by_their_folder(tmp_path):
    child = Child("it", ["/bin/sleep", "60"], tmp_path / "log", cwd=tmp_path)
    child.start()
    assert processes_in(tmp_path) == [child.pid]
    child.stop()
    time.sleep(0.05)
    assert processes_in(tmp_path) == []
