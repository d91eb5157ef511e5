"""What is served from the dashboard's folders: others' files unchanged, templates without inline code."""

import hashlib
import re
import tomllib
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
STATIC = ROOT / "hotel/dashboard/static/hotel"
VENDOR = tomllib.loads((STATIC / "vendor/vendor.toml").read_text())
# Mails and what a worker prints never reach a browser, which is what the policy is for.
PAGES = [
    path
    for path in sorted((ROOT / "templates").rglob("*.html"))
    if "email" not in path.parts and path.name != "print_base.html"
]
FORBIDDEN = re.compile(
    r"<script(?![^>]*src=)|<style|\sstyle=|\son[a-z]+=|https?://(?!www\.w3\.org)|javascript:"
)


@pytest.mark.parametrize("name", VENDOR)
def test_others_files_are_as_they_were_fetched(name):
    entry = VENDOR[name]

    assert hashlib.sha256((STATIC / "vendor" / name).read_bytes()).hexdigest() == entry["sha256"]
    assert (STATIC / "vendor" / entry["licence_file"]).exists()


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_templates_hold_nothing_that_the_content_policy_forbids(path):
    assert FORBIDDEN.findall(path.read_text()) == []


def luminance(colour: str) -> float:
    full = colour.lstrip("#")
    full = "".join(digit * 2 for digit in full) if len(full) == 3 else full
    parts = (int(full[i : i + 2], 16) / 255 for i in (0, 2, 4))
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def schemes():
    text = (STATIC / "css/tokens.css").read_text()
    light, dark = text.split("@media screen and (prefers-color-scheme: dark)")
    return {
        name: dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{3,6});", part))
        for name, part in (("light", light), ("dark", dark))
    }


PAIRS = [
    *(("ink", ground) for ground in ("bg", "surface", "sunken")),
    *(("ink-2", ground) for ground in ("bg", "surface", "sunken")),
    *(("ink-3", ground) for ground in ("bg", "surface", "sunken")),
    ("brand", "surface"), ("brand", "brand-soft"), ("brand-ink", "brand"),
    *((name, f"{name}-soft") for name in ("ok", "warn", "bad", "info")),
    *((f"s-{name}-ink", f"s-{name}") for name in ("conf", "tent", "house", "done", "bad", "ooo")),
    *((f"hk-{name}-ink", f"hk-{name}") for name in ("dirty", "pickup", "clean", "inspected")),
]  # fmt: skip


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), PAIRS, ids="-".join)
def test_every_pair_of_colours_can_be_read(scheme, text, ground):
    colours = schemes()[scheme]

    assert contrast(colours[text], colours[ground]) >= 4.5
