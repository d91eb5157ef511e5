"""What a change of the wrapping key costs: data keys wrapped anew while another process reads what they encrypt.

Run as ``python -m benchmarks.keys make <keys>`` (prints texts sealed under some of them, as JSON), then, with another
first entry of ``FIELD_KEYS``, as ``… rotate`` with those texts on standard input.
"""

import json
import signal
import subprocess
import sys
import time
from typing import Any

import django
from django.conf import settings

from benchmarks.report import reached, table
from hotel.properties.tenancy import EVERYTHING, narrow

KEYS, GOAL_SECONDS = 100_000, 60
SAMPLES, CONTEXT = 500, "benchmarks.keys"


def make(count: int) -> list[str]:
    """Make data keys for so many subjects; texts sealed under ``SAMPLES`` of them."""
    from hotel.core.crypto import key_ring

    subjects = [f"benchmark:{number}" for number in range(count)]
    key_ring().prepare(subjects)
    step = max(1, count // SAMPLES)
    return [key_ring().encrypt(subject, context=CONTEXT, subject=subject) for subject in subjects[::step]]


def rotate(texts: list[str]) -> dict[str, Any]:
    """Wrap every data key under the first key, beside a process that reads; seconds, keys, and what was read."""
    from hotel.core.models import DataKey
    from security.key_choices import RotationKind, RotationStatus
    from security.services.key_rotations import rotation_start, rotation_step

    reader = subprocess.Popen(
        [sys.executable, "-m", "benchmarks.keys", "read"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )  # fmt: skip
    assert reader.stdin is not None  # noqa: S101
    assert reader.stdout is not None  # noqa: S101
    reader.stdin.write(json.dumps(texts) + "\n")
    reader.stdin.flush()
    reader.stdout.readline()  # it reads
    began, row = time.perf_counter(), rotation_start(kind=RotationKind.WRAPPING, by=None)
    while rotation_step(rotation=row):
        pass
    seconds = time.perf_counter() - began
    row.refresh_from_db()
    reader.terminate()
    target = settings.FIELD_KEYS[0].partition(":")[0]
    return {
        "seconds": seconds,
        "keys": row.done,
        "is_done": row.status == RotationStatus.DONE,
        "left": DataKey.objects.filter(wrapped__isnull=False).exclude(kek=target).count(),
        **json.loads(reader.stdout.readline()),
    }


def read(texts: list[str]) -> dict[str, int]:
    """Open the texts again and again until SIGTERM, each time from the database; how many, and how many failed."""
    from hotel.core.crypto import DecryptionFailed, key_ring

    asked = []
    signal.signal(signal.SIGTERM, lambda number, frame: asked.append(number))
    print("reading", flush=True)
    found = {"reads": 0, "failed": 0}
    while not asked:
        key_ring().opened.clear()
        for text in texts:
            try:
                key_ring().decrypt(text, context=CONTEXT)
            except DecryptionFailed:
                found["failed"] += 1
            found["reads"] += 1
    return found


def show_keys(size: str, found: dict[str, Any]) -> str:
    """A table for people."""
    is_kept = (
        found["is_done"] and found["seconds"] <= GOAL_SECONDS and not found["failed"] and not found["left"]
    )
    row = [
        f"{found['keys']:,}", f"{found['seconds']:.1f}", f"{found['left']:,}", f"{found['reads']:,}",
        found["failed"], f"≤ {GOAL_SECONDS} s, 0 failed: {reached(is_kept)}",
    ]  # fmt: skip
    head = ["keys wrapped anew", "seconds", "left", "read meanwhile", "failed", "goal (100,000 keys)"]
    return table(f"{size}: another wrapping key", head, [row])


def main(way: str, *words: str) -> Any:
    """One of the three programs."""
    django.setup()
    narrow(EVERYTHING)
    if way == "make":
        return make(int(words[0]))
    if way == "rotate":
        return rotate(json.load(sys.stdin))
    return read(json.loads(sys.stdin.readline()))


if __name__ == "__main__":
    print(json.dumps(main(*sys.argv[1:])), flush=True)
