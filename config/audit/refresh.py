"""Makes the stored copy of advisories anew: ``python -m config.audit.refresh <clone of the PyPA advisory database>``.

Only packages that requirements/test.txt names are kept. The database is under CC BY 4.0.
"""

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import yaml
from packaging.utils import canonicalize_name

from config.audit.advisories import DATA
from config.stack.paths import ROOT


def ranges_of(entry: dict[str, Any]) -> list[list[str | None]]:
    """``[from, before]`` of each range of versions; ``before`` is None where nothing mends it."""
    found: list[list[str | None]] = []
    for told in (r for a in entry["affected"] for r in a.get("ranges", []) if r["type"] == "ECOSYSTEM"):
        begun: str | None = None
        for event in told["events"]:
            if "introduced" in event:
                found += [[begun, None]] if begun is not None else []
                begun = str(event["introduced"])
            elif "fixed" in event and begun is not None:
                found.append([begun, str(event["fixed"])])
                begun = None
        found += [[begun, None]] if begun is not None else []
    return found


def main(clone: Path) -> None:
    """Read every advisory of our packages and write the copy, dated by the clone's last commit."""
    named = re.findall(
        r"^([A-Za-z0-9][A-Za-z0-9._-]*)", (ROOT / "requirements/test.txt").read_text(), re.MULTILINE
    )
    packages: dict[str, list[Any]] = {}
    for name in sorted({canonicalize_name(name) for name in [*named, "django"]}):
        rows = []
        for path in sorted((clone / "vulns" / name).glob("*.yaml")):
            entry = yaml.safe_load(path.read_text(encoding="utf-8"))
            if not entry.get("withdrawn"):
                cve = next((alias for alias in entry.get("aliases", []) if alias.startswith("CVE")), "")
                rows.append((entry["id"], cve, str(entry.get("published", ""))[:10], ranges_of(entry)))
        packages |= {name: rows} if rows else {}
    taken_on = subprocess.run(
        ["git", "-C", str(clone), "log", "-1", "--format=%cs"], capture_output=True, text=True, check=True
    ).stdout.strip()
    source = "PyPA advisory database, CC BY 4.0, reduced to the packages of requirements/test.txt"
    told = {"taken_on": taken_on, "source": source, "packages": packages}
    DATA.write_text(json.dumps(told, indent=0, sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
