"""What is served from the dashboard's folders: others' files unchanged, templates without inline code."""

import gzip
import hashlib
import re
import tomllib
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

ROOT = Path(settings.BASE_DIR)
STATIC = ROOT / "hotel/dashboard/static/hotel"
VENDOR = tomllib.loads((STATIC / "vendor/vendor.toml").read_text())
LICENCES = {
    "0BSD": "Permission to use, copy, modify, and/or distribute this software for any purpose",
    "MIT": "Permission is hereby granted, free of charge",
    "OFL-1.1": "SIL OPEN FONT LICENSE Version 1.1",
}
# Mails and what a worker prints never reach a browser, which is what the policy is for.
PAGES = [
    path
    for path in sorted((ROOT / "templates").rglob("*.html"))
    if not {"email", "papers"} & set(path.relative_to(ROOT).parts) and path.name != "print_base.html"
]
FORBIDDEN = re.compile(
    r"<script(?![^>]*(?:src=|type=\"application/json\"))|<style|\sstyle=|\son[a-z]+=|https?://(?!www\.w3\.org)"
    # What htmx would have to evaluate; the policy refuses it where people no longer see why.
    r"|javascript:|hx-on|hx-(?:vals|headers)=[\"']\s*js:|hx-trigger=[\"'][^\"']*\[|morph:\{"
)


@pytest.mark.parametrize("name", VENDOR)
def test_others_files_are_as_they_were_fetched(name):
    entry = VENDOR[name]

    assert hashlib.sha256((STATIC / "vendor" / name).read_bytes()).hexdigest() == entry["sha256"]
    assert LICENCES[entry["licence"]] in " ".join(
        (STATIC / "vendor" / entry["licence_file"]).read_text().split()
    )


def test_every_file_of_others_stands_in_the_manifest():
    licences = {entry["licence_file"] for entry in VENDOR.values()}

    assert {path.name for path in (STATIC / "vendor").iterdir()} == {*VENDOR, *licences, "vendor.toml"}


@pytest.mark.parametrize(
    "text",
    [
        '<a hx-on:click="x">', """<a hx-vals="js:{a: 1}">""", """<a hx-headers='js:{a: 1}'>""", '<a hx-swap="morph:{}">',
        '<a hx-trigger="click[ctrlKey]">', '<a onclick="x">', '<p style="x">', "<script>x</script>",
        '<script src="https://elsewhere.example/x.js">',
    ],
)  # fmt: skip
def test_the_look_at_templates_sees_what_it_looks_for(text):
    assert FORBIDDEN.search(text)
    assert not FORBIDDEN.search('<a hx-get="/x" hx-trigger="news" hx-swap="morph:outerHTML">')


def squeezed(*paths: Path) -> int:
    """Bytes on the wire; a font is squeezed already."""
    return sum(
        path.stat().st_size if path.suffix == ".woff2" else len(gzip.compress(path.read_bytes(), mtime=0))
        for path in paths
    )


def test_the_first_visit_stays_small(cast):
    client = Client()
    client.force_login(cast.ada)
    page = client.get("/dashboard").content
    named = {name.decode() for name in re.findall(rb'(?:href|src)="/static/hotel/([^"#]+)', page)}
    files = [STATIC / name for name in named]
    scripts = [path for path in files if path.suffix == ".js"]

    assert {"vendor/htmx.min.js", "css/desk.css", "img/icons.svg"} <= named
    assert squeezed(*scripts) <= 45_000
    font = STATIC / "vendor/inter-latin.woff2"
    assert squeezed(*files, font) + len(gzip.compress(page)) <= 95_000


def test_the_letters_come_from_here_and_never_keep_the_words_waiting():
    faces = re.findall(r"@font-face \{(.*?)\n  \}", (STATIC / "css/tokens.css").read_text(), re.S)

    assert [re.findall(r"vendor/([\w-]+\.woff2)", face) for face in faces] == [
        ["inter-latin-ext.woff2"],
        ["inter-latin.woff2"],
    ]
    assert all("font-display: swap" in face and "unicode-range: U+" in face for face in faces)


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
    same = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{3,6});", text))
    both = re.findall(r"--([\w-]+): light-dark\((#[0-9a-f]{3,6}), (#[0-9a-f]{3,6})\);", text)
    assert len(both) > 40
    return {
        "light": {**same, **{name: light for name, light, _ in both}},
        "dark": {**same, **{name: dark for name, _, dark in both}},
    }


PAIRS = [
    *(("ink", ground) for ground in ("bg", "surface", "sunken")),
    *(("ink-2", ground) for ground in ("bg", "surface", "sunken")),
    *(("ink-3", ground) for ground in ("bg", "surface", "sunken")),
    ("brand", "surface"), ("brand", "brand-soft"), ("brand-ink", "brand"),
    *((name, f"{name}-soft") for name in ("ok", "warn", "bad", "info")),
    *((f"s-{name}-ink", f"s-{name}") for name in ("conf", "tent", "house", "done", "bad", "ooo")),
    *((f"heat-{step}-ink", f"heat-{step}") for step in range(7)),
    *((f"hk-{name}-ink", f"hk-{name}") for name in ("dirty", "pickup", "clean", "inspected")),
]  # fmt: skip


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), PAIRS, ids="-".join)
def test_every_pair_of_colours_can_be_read(scheme, text, ground):
    colours = schemes()[scheme]

    assert contrast(colours[text], colours[ground]) >= 4.5
