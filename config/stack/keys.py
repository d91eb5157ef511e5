"""Secrets of one installation, made once and kept in `secrets.env`."""

import base64
import secrets
from pathlib import Path

from config.stack.paths import written_privately


def installation_secrets(home: Path) -> dict[str, str]:
    """`SECRET_KEY`, the keys of fields and seals, the demo's password and the simulated card processor's secrets.

    Losing `FIELD_KEYS` means losing what is encrypted with it, so an existing value is never replaced.
    """
    file = home / "secrets.env"
    known = read_assignments(file)
    complete = {
        "SECRET_KEY": known.get("SECRET_KEY") or secrets.token_urlsafe(48),
        "FIELD_KEYS": known.get("FIELD_KEYS") or f"k1:{base64.b64encode(secrets.token_bytes(32)).decode()}",
        "AUDIT_SEAL_KEYS": known.get("AUDIT_SEAL_KEYS")
        or f"s1:{base64.b64encode(secrets.token_bytes(32)).decode()}",
        "DEMO_PASSWORD": known.get("DEMO_PASSWORD") or secrets.token_urlsafe(12),
        "SIMULATOR_API_KEY": known.get("SIMULATOR_API_KEY") or secrets.token_urlsafe(24),
        "SIMULATOR_WEBHOOK_SECRET": known.get("SIMULATOR_WEBHOOK_SECRET") or secrets.token_urlsafe(24),
    }
    if complete != known:
        lines = [f"{name}={value}\n" for name, value in (known | complete).items()]
        written_privately(file, "".join(lines))
    return known | complete


def read_assignments(file: Path) -> dict[str, str]:
    """Lines `NAME=value` of a file; comments and empty lines are skipped; empty when there is no file."""
    try:
        lines = file.read_text().splitlines()
    except FileNotFoundError:
        return {}
    pairs = (line.partition("=") for line in lines if "=" in line and not line.lstrip().startswith("#"))
    return {name.strip(): value.strip() for name, _, value in pairs}
