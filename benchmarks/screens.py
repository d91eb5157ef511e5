"""Screens as people meet them: what the server takes, what crosses the wire, and when the browser has painted.

The main process drives a real Chromium against the production servers; as a program this module counts the statements
of each screen. The slow computer of a front desk is the same browser with a quarter of the processor.
"""

import gzip
import json
import shutil
import statistics
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from benchmarks.load import percentile
from benchmarks.programs import helper
from benchmarks.report import reached, table
from benchmarks.web import web_servers

SCREENS = {
    "today": "/dashboard",
    "tape chart, 30 days": "/dashboard/chart?days=30",
    "tape chart, 60 days": "/dashboard/chart?days=60",
    "reservations": "/dashboard/reservations",
    "new booking": "/dashboard/bookings/new",
    "rooms": "/dashboard/rooms",
    "folios": "/dashboard/folios",
    "rates": "/dashboard/rates",
    "revenue": "/dashboard/revenue",
    "night audit": "/dashboard/night-audit",
}
LOADS, SLOW, WARM = 12, 4, 6
# Budgets of the brief: milliseconds and kilobytes.
SERVER_MS = {"tape chart, 30 days": 150}
FIRST_KB, REPEAT_KB, PAINT_MS, SLOW_PAINT_MS, DRAWER_MS, FRAME_MS, NEXT_PAINT_MS = (
    110,
    30,
    600,
    1200,
    150,
    34,
    200,
)
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--disable-sync"]
TIMES = """() => new Promise((done) => {
    const look = () => {
        const [page] = performance.getEntriesByType("navigation");
        const paint = performance.getEntriesByName("first-contentful-paint")[0];
        if (!paint) { requestAnimationFrame(look); return; }
        const all = [page, ...performance.getEntriesByType("resource")];
        done({ server: page.responseStart - page.requestStart, paint: paint.startTime,
               sent: all.filter((one) => one.transferSize > 0).map((one) => one.name) });
    };
    look();
})"""
DRAWER = """() => new Promise((done) => {
    const began = performance.now(), drawer = document.getElementById("drawer");
    new MutationObserver((all, self) => {
        if (!drawer.open) return;
        self.disconnect();
        requestAnimationFrame(() => setTimeout(() => done(performance.now() - began)));
    }).observe(drawer, { attributes: true });
    document.querySelector("a[data-drawer]").click();
})"""
FRAMES = """() => {
    let last = performance.now();
    window.frames_ = [];
    const step = (now) => {
        window.frames_.push(now - last);
        last = now;
        window.counting_ = requestAnimationFrame(step);
    };
    requestAnimationFrame(step);
}"""
COUNTED = "() => { cancelAnimationFrame(window.counting_); return window.frames_.slice(1); }"
WATCHED = """() => {
    window.waits_ = [];
    const keep = (list) => list.getEntries().forEach((one) => window.waits_.push(one.duration));
    new PerformanceObserver(keep).observe({ type: "event", durationThreshold: 16 });
}"""


def bench_screens(database: str, places: list[dict[str, Any]]) -> dict[str, Any]:
    """Every screen by a browser at full speed and at a quarter, and the hands on the chart and the drawer."""
    place = places[0]
    statements = helper("screens", database, given=place)
    with web_servers(database) as (port, _), _browser() as open_context:
        address = f"http://127.0.0.1:{port}"
        _warm(open_context, address, place)
        pages = {
            name: _screen(open_context, address, place, path) | {"statements": statements[name]}
            for name, path in SCREENS.items()
        }
        return {"pages": pages, "hands": _hands(open_context, address, place)}


@contextmanager
def _browser() -> Iterator[Callable[[], Any]]:
    """Gives what opens a fresh context: nothing kept from before."""
    from playwright.sync_api import sync_playwright

    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    assert program is not None, "There is no Chromium; `apt-get install chromium` gets it."  # noqa: S101
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield lambda: browser.new_context(viewport={"width": 1280, "height": 900}, locale="en-GB")
        browser.close()


def _warm(open_context: Callable[[], Any], address: str, place: dict[str, Any]) -> None:
    """Every web process has answered before: a house is not measured in the minute after its start."""
    context = _signed_in(open_context, address, place)
    page = context.new_page()
    for path in SCREENS.values():
        for _ in range(WARM):
            _visited(page, address + path)
    context.close()


def _signed_in(open_context: Callable[[], Any], address: str, place: dict[str, Any]) -> Any:
    context = open_context()
    context.add_cookies([{"name": place["cookie"], "value": place["session"], "url": address}])
    return context


def _screen(
    open_context: Callable[[], Any], address: str, place: dict[str, Any], path: str
) -> dict[str, float]:
    """Of one screen: kilobytes of a first visit and of the next, milliseconds of server and paint."""
    context = _signed_in(open_context, address, place)
    page = context.new_page()
    visits = [_visited(page, address + path) for _ in range(LOADS + 1)]
    first, again = visits[0], visits[1:]
    context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOW})
    slow = [_visited(page, address + path)["paint"] for _ in range(LOADS // 2)]
    context.close()
    servers = [one["server"] for one in again]
    return {
        "p50_ms": percentile(servers, 0.5),
        "p95_ms": percentile(servers, 0.95),
        "first_kb": first["kb"],
        "repeat_kb": statistics.median(one["kb"] for one in again),
        "paint_ms": statistics.median(one["paint"] for one in again),
        "slow_paint_ms": statistics.median(slow),
    }


def _visited(page: Any, url: str) -> dict[str, float]:
    """Milliseconds of a visit, and kilobytes as a proxy sends them: what was not kept from before, compressed."""
    answers: dict[str, Any] = {}

    def keep(answer: Any) -> None:
        answers[answer.url] = answer

    page.on("response", keep)
    answer = page.goto(url, wait_until="load")
    page.remove_listener("response", keep)
    assert answer.status == 200, f"{url}: {answer.status}"  # noqa: S101
    found: dict[str, Any] = page.evaluate(TIMES)
    bodies = [(name, answers[name].body()) for name in found.pop("sent") if name in answers]
    return found | {"kb": sum(_squeezed(*one) for one in bodies) / 1000}


def _squeezed(name: str, body: bytes) -> int:
    """Bytes on the wire; a font is compressed already."""
    return len(body) if name.endswith(".woff2") else len(gzip.compress(body))


def _hands(
    open_context: Callable[[], Any], address: str, place: dict[str, Any]
) -> dict[str, dict[str, float]]:
    """Milliseconds at full speed and at a quarter: the drawer opens, a bar is dragged, keys walk the chart."""
    found: dict[str, dict[str, float]] = {"drawer": {}, "frame": {}, "key": {}}
    context = _signed_in(open_context, address, place)
    page = context.new_page()
    speed = context.new_cdp_session(page)
    for name, rate in (("full", 1), ("quarter", SLOW)):
        speed.send("Emulation.setCPUThrottlingRate", {"rate": rate})
        page.goto(f"{address}/dashboard")
        opened = []
        for _ in range(6):
            opened.append(page.evaluate(DRAWER))
            page.keyboard.press("Escape")
        found["drawer"][name] = statistics.median(opened[1:])
        page.goto(f"{address}/dashboard/chart?days=30")
        found["frame"][name] = percentile(_dragged(page), 0.95)
        found["key"][name] = percentile(_walked(page), 0.95)
    context.close()
    return found


def _dragged(page: Any) -> list[float]:
    """Milliseconds between the frames while a bar is led over the chart and put back."""
    box = page.locator("#tape .row:not(.un) a[data-movable]").first.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.evaluate(FRAMES)
    for step in range(60):
        page.mouse.move(x + 6 * (step % 20), y + 4 * (step % 30))
    frames: list[float] = page.evaluate(COUNTED)
    page.keyboard.press("Escape")
    page.mouse.move(x, y)
    page.mouse.up()
    return frames


def _walked(page: Any) -> list[float]:
    """Milliseconds from a key to the next paint, while arrows walk over the bars; those below 16 count as 16."""
    page.locator("#tape .row:not(.un) a[data-stay]").first.focus()
    page.evaluate(WATCHED)
    for key in ["ArrowDown", "ArrowRight"] * 12:
        page.keyboard.press(key)
    page.wait_for_timeout(300)
    return page.evaluate("window.waits_") or [16.0]


def show_screens(size: str, found: dict[str, Any]) -> str:
    rows = []
    for name, row in found["pages"].items():
        budget = SERVER_MS.get(name, 200)
        is_kept = (
            row["p95_ms"] <= budget
            and row["first_kb"] <= FIRST_KB
            and row["repeat_kb"] <= REPEAT_KB
            and row["paint_ms"] <= PAINT_MS
            and row["slow_paint_ms"] <= SLOW_PAINT_MS
        )
        figures = ("p50_ms", "p95_ms", "first_kb", "repeat_kb", "paint_ms", "slow_paint_ms")
        rows.append([name, row["statements"], *(f"{row[key]:.0f}" for key in figures), reached(is_kept)])
    head = ["screen", "statements", "server p50 ms", "p95", "first visit kB", "repeat kB", "painted ms", "at a quarter",
            f"≤ 200 (tape 150) / {FIRST_KB} / {REPEAT_KB} / {PAINT_MS} / {SLOW_PAINT_MS}"]  # fmt: skip
    hands = found["hands"]
    goals = {
        "drawer": (DRAWER_MS, 4 * DRAWER_MS),
        "frame": (17, FRAME_MS),
        "key": (NEXT_PAINT_MS, NEXT_PAINT_MS),
    }
    words = {"drawer": "drawer open, median", "frame": "frame of a drag, p95", "key": "key to paint, p95"}
    moved = [
        [words[name], f"{row['full']:.0f}", f"{row['quarter']:.0f}", f"≤ {goals[name][0]} and {goals[name][1]}: "
         + reached(row["full"] <= goals[name][0] and row["quarter"] <= goals[name][1])]
        for name, row in hands.items()
    ]  # fmt: skip
    title = f"{size}: screens in Chromium against the production servers, {LOADS} loads each"
    return (
        table(title, head, rows)
        + "\n"
        + table("hands, milliseconds", ["what", "full speed", "a quarter", "goal"], moved)
    )


def statements(place: dict[str, Any]) -> dict[str, int]:
    """Statements of each screen, when it was asked for before."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client, found = Client(), {}
    client.cookies[place["cookie"]] = place["session"]
    for name, path in SCREENS.items():
        client.get(path, HTTP_HOST="127.0.0.1")
        with CaptureQueriesContext(connection) as captured:
            assert client.get(path, HTTP_HOST="127.0.0.1").status_code == 200, path  # noqa: S101
        found[name] = len(captured)
    return found


if __name__ == "__main__":
    import django

    django.setup()
    json.dump(statements(json.load(sys.stdin)), sys.stdout)
