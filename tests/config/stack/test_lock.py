import os
import subprocess

import pytest

from config.stack.lock import HomeLock, Owner
from tests.config.stack.observing import start_python

HOLD = """
import sys, time
from pathlib import Path
from config.stack.lock import HomeLock
assert HomeLock(Path(sys.argv[1])).acquire("up")
print("held", flush=True)
time.sleep(60)
"""


@pytest.fixture
def holder(tmp_path):
    process = start_python(HOLD, tmp_path)
    assert process.stdout.readline() == "held\n"
    yield process
    process.kill()
    process.wait()
    process.stdout.close()


def test_only_one_owner_and_others_learn_who(tmp_path, holder):
    lock = HomeLock(tmp_path)
    assert not lock.acquire("manage")
    assert lock.owner() == Owner(holder.pid, "up")


def test_a_killed_owner_leaves_no_lock(tmp_path, holder):
    holder.kill()
    holder.wait()
    lock = HomeLock(tmp_path)
    assert lock.owner() is None
    assert lock.acquire("up")
    lock.tell(Owner(os.getpid(), "up", "http://127.0.0.1:8000"))
    assert HomeLock(tmp_path).owner() == Owner(os.getpid(), "up", "http://127.0.0.1:8000")
    lock.release()
    assert HomeLock(tmp_path).owner() is None
    assert not lock.note.exists()


def test_an_owner_without_a_note_is_starting(tmp_path):
    lock = HomeLock(tmp_path)
    assert lock.acquire("up")
    lock.note.unlink()
    assert HomeLock(tmp_path).owner() == Owner(0, "starting")
    lock.release()


def test_asking_does_not_take_the_lock(tmp_path):
    assert HomeLock(tmp_path).owner() is None
    lock = HomeLock(tmp_path)
    assert lock.acquire("up")
    lock.release()


def test_a_command_waits_for_its_guests(tmp_path):
    script = (
        "import sys\nfrom pathlib import Path\nfrom config.stack.lock import HomeLock\n"
        "HomeLock(Path(sys.argv[1])).wait_for_guests()\nprint('alone')"
    )
    with HomeLock(tmp_path).as_guest():
        waiting = start_python(script, tmp_path)
        with pytest.raises(subprocess.TimeoutExpired):
            waiting.wait(1.5)
    assert waiting.communicate(timeout=60)[0] == "alone\n"
