"""Fetch others' files anew, as the manifest names them."""

import hashlib
import subprocess
import tarfile
import tomllib
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.core.management.base import BaseCommand

VENDOR = Path(__file__).resolve().parents[2] / "static/hotel/vendor"


class Command(BaseCommand):
    """``manage.py vendor_assets``: a developer's act after a version was changed; an installer never needs it.

    It writes the files, their licences and their hashes; whoever runs it reads the difference.
    """

    help = "Fetch the files of vendor.toml by npm pack and write their hashes into it."

    def handle(self, *args: Any, **options: Any) -> None:
        """Fetch each package once, and say which files have changed."""
        manifest = VENDOR / "vendor.toml"
        text = manifest.read_text()
        entries = tomllib.loads(text)
        with TemporaryDirectory() as folder:
            packages = {f"{entry['package']}@{entry['version']}" for entry in entries.values()}
            packed = {package: pack(package, Path(folder)) for package in sorted(packages)}
            for name, entry in entries.items():
                source = packed[f"{entry['package']}@{entry['version']}"]
                content = member(source, entry["file"])
                (VENDOR / name).write_bytes(content)
                if "licence_in" in entry:
                    (VENDOR / entry["licence_file"]).write_bytes(member(source, entry["licence_in"]))
                found = hashlib.sha256(content).hexdigest()
                if found != entry["sha256"]:
                    head, mark, part = text.partition(f'["{name}"]')
                    text = head + mark + part.replace(f'"{entry["sha256"]}"', f'"{found}"', 1)
                    self.stdout.write(f"{name} has changed.")
        manifest.write_text(text)


def pack(package: str, folder: Path) -> Path:
    """The tarball of a package, fetched by npm."""
    argv = ["npm", "pack", "--silent", "--pack-destination", str(folder), package]
    done = subprocess.run(argv, check=True, capture_output=True, text=True)  # noqa: S603  (packages of our own manifest)
    return folder / done.stdout.split()[-1]


def member(tarball: Path, path: str) -> bytes:
    """One file of a package.

    Raises:
        KeyError: the package has no such file.
    """
    with tarfile.open(tarball) as opened:
        return opened.extractfile(f"package/{path}").read()  # type: ignore[union-attr]
