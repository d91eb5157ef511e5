"""Which installed packages have known weaknesses, by a stored copy of public advisories and a table of our own.

The copy is only as good as it is young: its age is told, and an old one makes the answer *unknown*, never good.
"""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from importlib.metadata import distributions
from pathlib import Path

from packaging.utils import canonicalize_name
from packaging.version import Version

from config.stack.paths import ROOT

DATA = Path(__file__).with_name("advisories.json")
LOCK = ROOT / "requirements/test.txt"
FRESH_DAYS = 7
CANARY = ("django", "4.2.0")
MINIMUMS_CHECKED_ON = date(2026, 11, 28)
# package -> (the least version without a weakness we know of, the weakness); kept by hand beside the copy
MINIMUMS = {
    "django": ("5.2.8", "CVE-2025-64459: SQL by crafted keyword arguments"),
    "djangorestframework": ("3.15.2", "CVE-2024-21520: script in the browsable API"),
    "jinja2": ("3.1.6", "CVE-2025-27516: out of the sandbox"),
    "cryptography": ("44.0.1", "CVE-2024-12797: raw public keys"),
    "urllib3": ("2.5.0", "CVE-2025-50181: redirects not switched off"),
    "requests": ("2.32.4", "CVE-2024-47081: credentials of .netrc to others"),
    "pillow": ("11.3.0", "CVE-2025-48379: buffer overflow in DDS"),
    "h11": ("0.16.0", "CVE-2025-43859: chunked encoding read loosely"),
    "gunicorn": ("23.0.0", "CVE-2024-6827: request smuggling"),
    "certifi": ("2024.7.4", "CVE-2024-39689: a root that is trusted no more"),
    "sqlparse": ("0.5.0", "CVE-2024-4340: recursion without end"),
    "setuptools": ("78.1.1", "CVE-2025-47273: path traversal"),
    "tornado": ("6.5", "CVE-2025-47287: log flood by multipart"),
    "werkzeug": ("3.0.6", "CVE-2024-49767: memory by multipart"),
    "starlette": ("0.49.1", "CVE-2025-62727: quadratic Range header"),
    "pyjwt": ("2.4.0", "CVE-2022-29217: algorithm confusion"),
    "oauthlib": ("3.2.2", "CVE-2022-36087: denial of service by redirect URI"),
    "celery": ("5.2.2", "CVE-2021-23727: commands by result metadata"),
    "lxml": ("4.9.1", "CVE-2022-2309: NULL dereference"),
    "pyyaml": ("5.4", "CVE-2020-14343: code by full_load"),
}  # fmt: skip


@dataclass(frozen=True)
class Weakness:
    """A known weakness of an installed package, and the version that mends it (empty: none)."""

    package: str
    version: str
    name: str
    mended_in: str


@dataclass(frozen=True)
class Advisories:
    """The stored copy: when it was taken, and rows of (id, CVE, published, ranges) by package."""

    taken_on: date
    packages: dict[str, list[tuple[str, str, str, list[list[str | None]]]]]

    def age_days(self, today: date) -> int:
        """Days since it was taken."""
        return (today - self.taken_on).days


def advisories_read(path: Path = DATA) -> Advisories | None:
    """The copy; None when there is none that can be read, which is not the same as no weakness."""
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        return Advisories(date.fromisoformat(told["taken_on"]), told["packages"])
    except (OSError, ValueError, KeyError):
        return None


def installed() -> list[tuple[str, str]]:
    """Name and version of every package of this environment, ascending."""
    return sorted({(canonicalize_name(d.metadata["Name"]), d.version) for d in distributions()})


def locked(file: Path = LOCK) -> set[str]:
    """Names of the packages that we chose; others, such as pip, came with the Python of the environment."""
    names = re.findall(r"^([A-Za-z0-9][A-Za-z0-9._-]*)==", file.read_text(encoding="utf-8"), re.MULTILINE)
    return {canonicalize_name(name) for name in names}


def weaknesses(packages: Iterable[tuple[str, str]], known: Advisories | None) -> list[Weakness]:
    """Those of the packages that the copy or our own table knows."""
    found = []
    for package, version in packages:
        for name, cve, _, ranges in known.packages.get(package, []) if known else []:
            for low, high in ranges:
                if Version(low or "0") <= Version(version) and (
                    high is None or Version(version) < Version(high)
                ):
                    found.append(Weakness(package, version, f"{name} {cve}".strip(), high or ""))
        if package in MINIMUMS and Version(version) < Version(MINIMUMS[package][0]):
            found.append(Weakness(package, version, MINIMUMS[package][1], MINIMUMS[package][0]))
    return found


def canary_found(known: Advisories | None) -> bool:
    """Whether the copy and the table, each alone, find a release that everybody knows to be weak."""
    by_copy = known is not None and len(weaknesses([CANARY], known)) > 1
    by_table = len(weaknesses([CANARY], None)) == 1
    return by_table and (known is None or by_copy)
