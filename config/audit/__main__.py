"""``python -m config.audit``: each check says good, unknown or failed; exit code 1 when one failed."""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

from packaging.utils import canonicalize_name

from config.audit import advisories, files
from config.audit.excuses import EXCUSED
from config.stack.paths import ROOT

GOOD, UNKNOWN, FAILED = "good", "UNKNOWN", "FAILED"
Verdict = tuple[str, list[str]]
LEAST_PACKAGES = 50


def code() -> Verdict:
    """Bandit: nothing of medium weight or more that is not excused with a reason."""
    packages = sorted(
        {name.split("/")[0] for name in files.committed() if name.endswith("/__init__.py")}
        - {"benchmarks", "tests"}
    )
    run = subprocess.run(
        [sys.executable, "-m", "bandit", "-r", *packages, "-ll", "-q", "-f", "json"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    told = json.loads(run.stdout)
    results = [r for r in told["results"] if (r["filename"], r["test_id"]) not in EXCUSED]
    lines = [f"{r['filename']}:{r['line_number']}: {r['test_id']} {r['issue_text']}" for r in results]
    used = {(r["filename"], r["test_id"]) for r in told["results"]}
    lines += [f"{file}: {rule} is excused, and is not there" for file, rule in sorted(set(EXCUSED) - used)]
    looked = len(told["metrics"]) - 1
    return (FAILED if lines or looked < 100 else GOOD), [*lines, f"{looked} modules were looked at"]


def secrets() -> Verdict:
    """Secrets in committed files."""
    names = files.committed()
    lines = files.secrets_found(names)
    return (FAILED if lines else GOOD), [*lines, f"{len(names)} files were looked at"]


def dependencies() -> Verdict:
    """Known weaknesses of what is installed; unknown when the copy of the advisories is missing or old."""
    known, packages = advisories.advisories_read(), advisories.installed()
    ours = advisories.locked()
    weak = advisories.weaknesses(packages, known)
    found = [w for w in weak if w.package in ours]
    lines = [
        f"{w.package} {w.version}: {w.name} (mended in {w.mended_in or 'none yet'})"
        + ("" if w.package in ours else "; it came with this Python, not by our lock")
        for w in weak
    ]
    table = f"own table of {len(advisories.MINIMUMS)}, checked {advisories.MINIMUMS_CHECKED_ON}"
    lines.append(f"{len(packages)} packages; {table}")
    if not advisories.canary_found(known) or len(packages) < LEAST_PACKAGES:
        return FAILED, [*lines, f"the check is blind: it does not find {'=='.join(advisories.CANARY)}"]
    if known is None:
        return (FAILED if found else UNKNOWN), [*lines, "there is no copy of the advisories"]
    age = known.age_days(datetime.now(UTC).date())
    lines.append(f"the copy of the advisories is of {known.taken_on}, {age} days old; it found the canary")
    verdict = UNKNOWN if weak or age > advisories.FRESH_DAYS else GOOD
    return (FAILED if found else verdict), lines


def parts() -> Verdict:
    """CycloneDX list of everything installed; written to ``sbom.json`` of the data folder when asked."""
    program = str(Path(sys.executable).with_name("cyclonedx-py"))
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "sbom.json"
        subprocess.run(
            [program, "environment", "--of", "JSON", "-o", str(file), sys.executable],
            capture_output=True, check=True,
        )  # fmt: skip
        text = file.read_text(encoding="utf-8")
    if OPTIONS.sbom:
        OPTIONS.sbom.write_text(text, encoding="utf-8")
    listed = {canonicalize_name(part["name"]) for part in json.loads(text)["components"]}
    missing = sorted({name for name, _ in advisories.installed()} - listed)
    return (FAILED if missing else GOOD), [
        *(f"not listed: {name}" for name in missing),
        f"{len(listed)} parts",
    ]


CHECKS = {"risky code": code, "secrets": secrets, "dependencies": dependencies, "parts list": parts}


def main() -> int:
    """Run all checks beside each other and tell."""
    began, worst = time.monotonic(), GOOD
    with ThreadPoolExecutor() as pool:
        for name, verdict in [(name, pool.submit(check)) for name, check in CHECKS.items()]:
            outcome, lines = verdict.result()
            worst = max(worst, outcome, key=(GOOD, UNKNOWN, FAILED).index)
            print(f"{outcome:<8} {name}", *(f"         {line}" for line in lines), sep="\n", flush=True)
    strictly = worst == UNKNOWN and OPTIONS.strict
    print(f"\naudit: {worst} after {time.monotonic() - began:.0f} s", flush=True)
    return 1 if worst == FAILED or strictly else 0


parser = argparse.ArgumentParser(prog="./auberge audit", description=__doc__)
parser.add_argument("--strict", action="store_true", help="also fail on what is unknown")
parser.add_argument("--sbom", type=Path, help="write the CycloneDX list of parts to this file")
OPTIONS = parser.parse_args()
sys.exit(main())
