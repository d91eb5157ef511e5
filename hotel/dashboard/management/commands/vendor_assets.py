"""Fetch others' files anew, as the manifest names them."""

import hashlib
import io
import subprocess
import tarfile
import tomllib
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.core.management.base import BaseCommand
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

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
                if "weights" in entry:
                    content = cut(content, tuple(entry["weights"]), entry["features"])
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


def cut(font: bytes, weights: tuple[int, int], features: list[str]) -> bytes:
    """A variable font with the same letters, but only the weights and features that pages use.

    Args:
        font: WOFF2.
        weights: the lightest and the boldest, such as 400 and 700.
        features: OpenType tags, such as ``kern`` and ``tnum``.

    Returns:
        WOFF2, the same for the same font and version of fontTools.
    """
    made = TTFont(io.BytesIO(font), recalcTimestamp=False)
    options = Options()
    options.layout_features, options.hinting = features, False
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=made.getBestCmap())
    subsetter.subset(made)
    # Written out and read again: what was cut away is still in parts that were read before.
    made.flavor = None
    made.save(whole := io.BytesIO())
    made = instantiateVariableFont(TTFont(whole, recalcTimestamp=False), {"wght": weights})
    made.flavor = "woff2"
    made.save(written := io.BytesIO())
    return written.getvalue()
