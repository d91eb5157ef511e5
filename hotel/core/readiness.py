"""What a process needs to serve: tables of its own code, and a disk that takes writes."""

import shutil
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

_seen = {"is_current": False}


def migrations_missing() -> int:
    """How many migrations of this code the database lacks; once there are none, no more is asked by this process."""
    if _seen["is_current"]:
        return 0
    executor = MigrationExecutor(connection)
    missing = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    _seen["is_current"] = not missing
    return missing


def disk_free() -> tuple[int, int]:
    """How much of the disk of uploads is free: per cent, rounded down, and bytes."""
    folder = Path(settings.MEDIA_ROOT)
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    usage = shutil.disk_usage(folder)
    return 100 * usage.free // usage.total, usage.free
