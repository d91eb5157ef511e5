"""Secrets in committed files: what detect-secrets finds beyond the excused, and keys of known forms everywhere."""

import json
import re
import subprocess
from pathlib import Path

from detect_secrets import SecretsCollection
from detect_secrets.settings import default_settings

from config.stack.paths import ROOT

EXCUSED = Path(__file__).with_name("excused_secrets.json")
_NO_TEXT = (".png", ".jpg", ".woff2", ".mo", ".gz", ".xlsx", ".pdf", ".ico", ".lock")
# Tests, benchmarks and made files are looked at for real keys only: they are full of made-up ones.
_KEYS_ONLY = ("tests/", "benchmarks/", "requirements/", "config/openapi.yml", "config/audit/")
_REAL = re.compile(
    r"-----BEGIN (?:RSA |EC |OPENSSH |DSA |PGP )?PRIVATE KEY|\bAKIA[0-9A-Z]{16}\b|\bsk_live_[0-9A-Za-z]{16,}"
    r"|\brk_live_[0-9A-Za-z]{16,}|\bgh[pousr]_[0-9A-Za-z]{36}\b|\bxox[baprs]-[0-9A-Za-z-]{20,}|\bAIza[0-9A-Za-z_-]{35}\b"
    r"|\bpms_live_[0-9A-Za-z_]{24,}|\bpypi-[0-9A-Za-z_-]{80,}|\bglpat-[0-9A-Za-z_-]{20}\b"
)


def committed() -> list[str]:
    """Every text file of the project, by name."""
    told = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [name for name in told.splitlines() if not name.endswith(_NO_TEXT) and (ROOT / name).is_file()]


def secrets_found(names: list[str]) -> list[str]:
    """``file: kind`` of each secret that nobody has excused; the excuse names file, kind and hash."""
    excused = {tuple(row[:3]) for row in json.loads(EXCUSED.read_text(encoding="utf-8"))}
    found = [
        f"{name}: a key of a known form"
        for name in names
        if _REAL.search((ROOT / name).read_text(encoding="utf-8", errors="replace"))
    ]
    collection = SecretsCollection(root=str(ROOT))
    with default_settings():
        for name in names:
            if not name.startswith(_KEYS_ONLY):
                collection.scan_file(name)
    for name, secret in collection:
        if (name, secret.type, secret.secret_hash) not in excused:
            found.append(f"{name}:{secret.line_number}: {secret.type} ({secret.secret_hash})")
    return found
