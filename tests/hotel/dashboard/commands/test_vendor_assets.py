"""Fetching others' files: what the manifest names, their licences, and their hashes."""

import io
import tarfile
import tomllib
from pathlib import Path

import pytest
from django.core.management import call_command
from fontTools.ttLib import TTFont

from hotel.dashboard.management.commands import vendor_assets

MANIFEST = """# Kept as it is.
["a.js"]
package = "a"
version = "1.0.0"
file = "dist/a.js"
licence_file = "a.LICENSE"
licence_in = "LICENSE"
sha256 = "old"

["b.js"]
package = "b"
version = "2.0.0"
file = "b.js"
licence_file = "b.LICENSE"
sha256 = "8b1a9953c4611296a827abf8c47804d7"
"""


def packed(package: str, folder: Path) -> Path:
    """A tarball as npm makes them."""
    path = folder / f"{package}.tgz"
    with tarfile.open(path, "w:gz") as made:
        for name in ("dist/a.js", "b.js", "LICENSE"):
            content = f"{package} {name}".encode()
            row = tarfile.TarInfo(f"package/{name}")
            row.size = len(content)
            made.addfile(row, io.BytesIO(content))
    return path


@pytest.fixture
def vendor(tmp_path, monkeypatch) -> Path:
    (tmp_path / "vendor.toml").write_text(MANIFEST)
    monkeypatch.setattr(vendor_assets, "VENDOR", tmp_path)
    monkeypatch.setattr(vendor_assets, "pack", packed)
    return tmp_path


def test_files_licences_and_hashes_are_written(vendor):
    said = io.StringIO()
    call_command("vendor_assets", stdout=said)

    assert said.getvalue() == "a.js has changed.\nb.js has changed.\n"
    assert (vendor / "a.js").read_text() == "a@1.0.0 dist/a.js"
    assert (vendor / "a.LICENSE").read_text() == "a@1.0.0 LICENSE"
    assert not (vendor / "b.LICENSE").exists()
    found = tomllib.loads((vendor / "vendor.toml").read_text())
    assert found["a.js"]["sha256"] == "f585ebb15bf871f79e3e4545ffdbd363da214cade6149ec49bd52489cc73c1b2"
    assert (vendor / "vendor.toml").read_text().startswith("# Kept as it is.\n")


def test_a_second_time_nothing_changes(vendor):
    call_command("vendor_assets", stdout=io.StringIO())
    before = (vendor / "vendor.toml").read_text()
    said = io.StringIO()
    call_command("vendor_assets", stdout=said)

    assert (said.getvalue(), (vendor / "vendor.toml").read_text()) == ("", before)


def test_a_file_that_a_package_has_not_is_told(vendor):
    (vendor / "vendor.toml").write_text(MANIFEST.replace("dist/a.js", "dist/other.js"))

    with pytest.raises(KeyError, match="other"):
        call_command("vendor_assets")


def test_a_font_is_cut_to_its_letters_weights_and_features():
    font = (Path(vendor_assets.VENDOR) / "inter-latin.woff2").read_bytes()

    made = vendor_assets.cut(font, (400, 600), ["tnum"])

    before, after = (TTFont(io.BytesIO(one)) for one in (font, made))
    assert after.getBestCmap().keys() == before.getBestCmap().keys()
    assert [(axis.minValue, axis.maxValue) for axis in after["fvar"].axes] == [(400, 600)]
    assert {record.FeatureTag for record in after["GSUB"].table.FeatureList.FeatureRecord} == {"tnum"}
    assert len(made) < len(font)
    assert vendor_assets.cut(font, (400, 600), ["tnum"]) == made
