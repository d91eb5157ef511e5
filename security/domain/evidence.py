"""Evidence as bytes that hash the same wherever they are made again."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any


def canonical(rows: Sequence[Mapping[str, Any]]) -> bytes:
    """Rows as JSON with sorted keys and no blanks, one way only; values must be JSON's."""
    return json.dumps(rows, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def digest(content: bytes) -> str:
    """SHA-256, hexadecimal."""
    return hashlib.sha256(content).hexdigest()
