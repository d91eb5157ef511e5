"""When a backup counts as proven, and what proves that a record of it was not changed afterwards."""

import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from hotel.core.health_checks import DEGRADED, FAILED, OK

FRESH_DAYS = 35


def standing(*, is_proven: bool, age_days: int) -> str:
    """The state of the last drill: ``failed`` when it proved nothing, ``degraded`` when a month has gone by since.

    Args:
        is_proven: of the last drill.
        age_days: whole days since it began.
    """
    if not is_proven:
        return FAILED
    return DEGRADED if age_days > FRESH_DAYS else OK


def proof_of(values: Mapping[str, Any]) -> str:
    """SHA-256, in hex, of a drill's values as JSON with sorted keys and no spaces; moments and numbers as text."""
    written = json.dumps({**values}, sort_keys=True, separators=(",", ":"), default=str)
    return sha256(written.encode()).hexdigest()
