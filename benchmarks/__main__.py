"""Runs the benchmarks: ``./auberge bench [name …] [--size 10k …]``. See README.md for how to read the tables."""

import argparse
import base64
import json
import os
import platform
import secrets
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks.databases import ROOT, database_of, environment, url_of
from benchmarks.day import growth as day_growth
from benchmarks.day import show as show_day
from benchmarks.keys import KEYS, show_keys
from benchmarks.load import closed_loop, open_loop, percentile
from benchmarks.points import MEMBERS, show_points
from benchmarks.programs import helper, talk
from benchmarks.raw import booking_script, counters_script, pgbench
from benchmarks.report import reached, table, verdict
from benchmarks.requests import Requests
from benchmarks.screens import bench_screens, show_screens
from benchmarks.sizes import SIZES
from benchmarks.trail import ENTRIES, show_trail
from benchmarks.walls import ROUNDS as WALLS_ROUNDS
from benchmarks.walls import show_walls
from benchmarks.web import cpu_seconds, postgres_pid, web_servers

Places = list[dict[str, Any]]
Round = tuple[float, float]  # times per second, CPU seconds for each
RATE, LOAD_SECONDS, ALONE_SECONDS = 30, 30, 2
CLIENTS = WRITERS = 32
ROUNDS, ROUND_SECONDS, WARM_SECONDS = 3, 4, 8
INVARIANTS_GOAL = 30
TAX_ROUNDS, TAX_REQUESTS, TAX_GOAL_MS, TAX_GOAL_STATEMENTS = 40, 20, 1.0, 3
LIMITED_REQUESTS, SKETCH_GOAL = 100_000, 5.0


def bench_load(database: str, places: Places) -> dict[str, Any]:
    """A hotel group's day: every kind of request mixed, 30 a second."""
    observed = helper("plans", database, given=places)
    requests = Requests(places)
    with web_servers(database) as (port, web):
        open_loop(port, [draw() for draw in requests.kinds().values() for _ in range(20)], RATE)
        pids = (web, postgres_pid())
        before = cpu_seconds(*pids)
        outcome = open_loop(port, [requests.draw() for _ in range(RATE * LOAD_SECONDS)], RATE)
        mixed = (cpu_seconds(*pids) - before) / max(outcome.count, 1)
        kinds = {}
        for kind, draw in requests.kinds().items():
            times = [cpu_seconds(web), cpu_seconds(postgres_pid())]
            alone = closed_loop(port, draw, 1, ALONE_SECONDS)
            used = [cpu_seconds(web) - times[0], cpu_seconds(postgres_pid()) - times[1]]
            kinds[kind] = {
                "p50_ms": 1000 * percentile(outcome.latencies.get(kind, []), 0.5),
                "p95_ms": 1000 * percentile(outcome.latencies.get(kind, []), 0.95),
                "queries": observed[kind]["queries"],
                "web_cpu_ms": 1000 * used[0] / max(alone.count, 1),
                "postgres_cpu_ms": 1000 * used[1] / max(alone.count, 1),
            }
    rate = outcome.count / outcome.seconds
    return {"kinds": kinds, "cpu_ms": 1000 * mixed, "rate": rate, "failures": outcome.failures}


def show_load(size: str, found: dict[str, Any]) -> str:
    rows = [
        [kind, *(f"{row[key]:.1f}" for key in ("p50_ms", "p95_ms")), row["queries"],
         *(f"{row[key]:.1f}" for key in ("web_cpu_ms", "postgres_cpu_ms"))]
        for kind, row in found["kinds"].items()
    ]  # fmt: skip
    title = (
        f"{size}: mixed load at {RATE} requests a second ({found['rate']:.1f} answered, "
        f"{sum(found['failures'].values())} failed), {found['cpu_ms']:.1f} ms of CPU per request"
    )
    head = ["request", "p50 ms", "p95 ms", "queries", "web CPU ms", "PostgreSQL CPU ms"]
    return table(title, head, rows) + "".join(f"\n  {text}" for text in list(found["failures"])[:3])


def bench_writers(database: str, places: Places) -> dict[str, Any]:
    """Bookings by 32 processes: the service, the naive control, the bare program; one after the other, in rounds."""
    rounds = helper("writers", database, WRITERS, ROUND_SECONDS, ROUNDS, given=places)
    return {"rounds": rounds, "bare": ratios(rounds["service"], rounds["bare"]),
            "naive": ratios(rounds["service"], rounds["naive"])}  # fmt: skip


def show_writers(size: str, found: dict[str, Any]) -> str:
    rows = [["service", *_middle(found["rounds"]["service"]), "", "", ""]]
    rows += [
        [
            name,
            *_middle(found["rounds"][key]),
            *(f"{ratio:.2f}" for ratio in found[key]),
            verdict(found[key][1], goal),
        ]
        for name, key, goal in (("bare psycopg", "bare", 0.5), ("naive, same ORM", "naive", 1))
    ]
    head = ["way of booking", "per second", "CPU ms", "service ÷ it, by clock", "by CPU", "goal"]
    return table(f"{size}: {WRITERS} writers, medians of {ROUNDS} rounds", head, rows)


def bench_http(database: str, places: Places) -> dict[str, Any]:
    """Through HTTP with 32 clients, against pgbench on the same database."""
    scripts = {"booking": booking_script(database, places), "availability": counters_script(places)}
    rounds: dict[str, dict[str, list[Round]]] = {kind: {"http": [], "raw": []} for kind in scripts}
    failures: dict[str, int] = {}
    with web_servers(database) as (port, web):
        draws = Requests(places).kinds()
        for kind in scripts:
            failures |= closed_loop(port, draws[kind], CLIENTS, WARM_SECONDS).failures

        def through_http(kind: str) -> int:
            outcome = closed_loop(port, draws[kind], CLIENTS, ROUND_SECONDS)
            failures.update(outcome.failures)
            return outcome.count

        for _ in range(ROUNDS):
            for kind, script in scripts.items():
                rounds[kind]["http"].append(timed(lambda kind=kind: through_http(kind), web))
                raw = timed(
                    lambda script=script: pgbench(database, script, CLIENTS, ROUND_SECONDS), os.getpid()
                )
                rounds[kind]["raw"].append(raw)
    found = {kind: ratios(ways["http"], ways["raw"]) for kind, ways in rounds.items()}
    return {"rounds": rounds, "ratios": found, "failures": failures}


def show_http(size: str, found: dict[str, Any]) -> str:
    rows = [
        [kind, *_middle(found["rounds"][kind]["http"]), *_middle(found["rounds"][kind]["raw"]),
         *(f"{ratio:.3f}" for ratio in found["ratios"][kind]), verdict(found["ratios"][kind][1], goal)]
        for kind, goal in (("booking", 0.06), ("availability", 0.02))
    ]  # fmt: skip
    head = ["request", "HTTP/s", "CPU ms", "pgbench/s", "CPU ms", "ratio by clock", "by CPU", "goal"]
    text = table(f"{size}: {CLIENTS} clients, medians of {ROUNDS} rounds", head, rows)
    return text + "".join(f"\n  {failure}" for failure in list(found["failures"])[:3])


def timed(work: Callable[[], int], pid: int) -> Round:
    """How often something was done per second, and the CPU seconds of a process and of PostgreSQL for each time."""
    began, used = time.perf_counter(), cpu_seconds(pid, postgres_pid())
    done = max(work(), 1)
    return done / (time.perf_counter() - began), (cpu_seconds(pid, postgres_pid()) - used) / done


def ratios(ours: list[Round], theirs: list[Round]) -> tuple[float, float]:
    """Medians over the rounds of ours ÷ theirs: by the clock, and by CPU time as an idle machine would show it."""
    pairs = list(zip(ours, theirs, strict=True))
    by_clock = statistics.median(one[0] / other[0] for one, other in pairs)
    return by_clock, statistics.median(other[1] / max(one[1], 1e-9) for one, other in pairs)


def _middle(rounds: list[Round]) -> list[str]:
    per_second, used = (statistics.median(values) for values in zip(*rounds, strict=True))
    return [f"{per_second:.0f}", f"{1000 * used:.1f}"]


def bench_plans(database: str, places: Places) -> dict[str, Any]:
    """Which indexes real requests use."""
    return helper("plans", database, given=places)


def show_plans(size: str, found: dict[str, Any]) -> str:
    rows = []
    for kind, row in found.items():
        by_property = [name for name, column in row["indexes"].items() if column == "property_id"]
        by_key = [name for name, column in row["indexes"].items() if column != "property_id"]
        rows.append(
            [kind, row["queries"], ", ".join(row["whole"]) or "none", ", ".join(sorted(by_property)),
             ", ".join(sorted(by_key)), ", ".join(row["astray"]) or "none"]
        )  # fmt: skip
    head = ["request", "queries", "read whole", "indexes by property", "indexes by key", "others"]
    return table(f"{size}: big tables read by real requests", head, rows)


def bench_invariants(database: str, places: Places) -> dict[str, Any]:
    """How long ``verify_invariants`` takes, after the bookings of this run."""
    began = time.monotonic()
    done = subprocess.run(
        [sys.executable, "manage.py", "verify_invariants"], cwd=ROOT, capture_output=True, text=True, check=False,
        env=environment(database, DB_POOL="off"),
    )  # fmt: skip
    return {
        "seconds": time.monotonic() - began,
        "exit": done.returncode,
        "last": done.stdout.strip().split("\n")[-1],
    }


def show_invariants(size: str, found: dict[str, Any]) -> str:
    goal = f"≤ {INVARIANTS_GOAL} s: {reached(found['seconds'] <= INVARIANTS_GOAL)}"
    row = [f"{found['seconds']:.1f}", found["last"], goal]
    return table(f"{size}: verify_invariants", ["seconds", "result", "goal (1m)"], [row])


def bench_limits(database: str, places: Places) -> dict[str, float]:
    """What counting and limiting a request costs."""
    return helper("limits", database, LIMITED_REQUESTS)


def show_limits(size: str, found: dict[str, float]) -> str:
    nothing = found["nothing"]
    rows = []
    for name, value in found.items():
        is_sketch = name == "usage sketch"
        goal = f"≤ {SKETCH_GOAL:g}: {reached(value - nothing <= SKETCH_GOAL)}" if is_sketch else ""
        rows.append([name, f"{value - nothing:.1f}" if name != "nothing" else f"{value:.2f}", goal])
    return table(f"{size}: limits and usage, CPU of the web process", ["what", "µs a request", "goal"], rows)


def bench_tax(database: str, places: Places) -> dict[str, Any]:
    """Requests with the security layers and without, in turns, by two processes that stay."""
    more = {"RATE_LIMITS_ENFORCED": "off"}
    ways: dict[str, list[dict[str, dict[str, float]]]] = {"with": [], "without": []}
    with (
        talk("tax", database, "with", given=places, **more) as ask,
        talk("tax", database, "without", given=places, DATABASE_URL=superuser_url(database), **more) as other,
    ):
        for _ in range(TAX_ROUNDS):
            ways["with"].append(ask(TAX_REQUESTS))
            ways["without"].append(other(TAX_REQUESTS))
    return ways


def show_tax(size: str, found: dict[str, Any]) -> str:
    rows = []
    for kind in found["with"][0]:
        figures = {
            figure: [[one[kind][figure] for one in found[way]] for way in ("with", "without")]
            for figure in ("cpu_ms", "postgres_cpu_ms", "statements")
        }
        middle = {figure: [*map(statistics.median, both)] for figure, both in figures.items()}
        # The machine is quicker at times: what a layer costs is seen between neighbours in time.
        taxes = sorted(one - other for one, other in zip(*figures["cpu_ms"], strict=True))
        tax, more = statistics.median(taxes), middle["statements"][0] - middle["statements"][1]
        quarter = len(taxes) // 4
        is_kept = tax <= TAX_GOAL_MS and more <= TAX_GOAL_STATEMENTS
        rows.append(
            [kind, *(f"{value:.1f}" for name in ("cpu_ms", "postgres_cpu_ms") for value in middle[name]),
             *(f"{value:.0f}" for value in middle["statements"]), f"{tax:.2f}",
             f"{taxes[quarter]:.2f} to {taxes[-1 - quarter]:.2f}", f"{more:.0f}", reached(is_kept)]
        )  # fmt: skip
    head = ["request", "web CPU ms, with", "without", "PostgreSQL CPU ms, with", "without", "statements, with",
            "without", "tax, ms", "middle half", "statements",
            f"≤ {TAX_GOAL_MS:g} ms and ≤ {TAX_GOAL_STATEMENTS}"]  # fmt: skip
    title = f"{size}: what the security layers cost a request, medians of {TAX_ROUNDS} rounds"
    return table(title, head, rows)


def superuser_url(database: str) -> str:
    """The address as a role that row-level security does not hold for."""
    return url_of(database).replace("://auberge:", "://postgres:", 1)


def bench_walls(database: str, places: Places) -> list[dict[str, Any]]:
    """What row-level security costs the reads of real requests."""
    return helper("walls", database, WALLS_ROUNDS, given=places, BARE_URL=superuser_url(database))


def bench_keys(database: str, places: Places) -> dict[str, Any]:
    """All data keys under another wrapping key, while somebody reads."""
    texts = helper("keys", database, "make", KEYS)
    other = f"bench{secrets.token_hex(4)}:{base64.b64encode(secrets.token_bytes(32)).decode()}"
    return helper("keys", database, "rotate", given=texts, FIELD_KEYS=f"{other},{os.environ['FIELD_KEYS']}")


def bench_trail(database: str, places: Places) -> dict[str, Any]:
    """The trail proven, and bookings by bare SQL with its triggers and without, in turns."""
    found = helper("trail", database, ENTRIES)
    script, rates = booking_script(database, places), {"with": [], "without": []}
    for _ in range(ROUNDS):
        for way, rounds in rates.items():
            helper("trail", database, "on" if way == "with" else "off")
            rounds.append(pgbench(database, script, CLIENTS, ROUND_SECONDS) / ROUND_SECONDS)
    helper("trail", database, "on")
    return found | {way: statistics.median(rounds) for way, rounds in rates.items()}


def bench_day(database: str, places: Places) -> dict[str, Any]:
    """Past money, then night audits and the commands of the desk; comes last, because it closes the day."""
    return {"rows": helper("money", database), **helper("day", database)}


def bench_points(database: str, places: Places) -> dict[str, Any]:
    """A programme that grows to a million members, with twenty movements for each."""
    return {
        str(members): {"rows": helper("points_mass", database, members), "costs": helper("points", database)}
        for members in MEMBERS
    }


# The naive control of the writers sells without counting, so the invariants are verified before it; the day is closed
# near the end; what fills the tables of guests comes last.
BENCHES = {
    "plans": (bench_plans, show_plans),
    "load": (bench_load, show_load),
    "screens": (bench_screens, show_screens),
    "http": (bench_http, show_http),
    "limits": (bench_limits, show_limits),
    "tax": (bench_tax, show_tax),
    "walls": (bench_walls, show_walls),
    "invariants": (bench_invariants, show_invariants),
    "writers": (bench_writers, show_writers),
    "trail": (bench_trail, show_trail),
    "keys": (bench_keys, show_keys),
    "day": (bench_day, show_day),
    "points": (bench_points, show_points),
}
ALONE = {"points"}  # has sizes of its own, and is done once


def show_growth(results: dict[str, dict[str, Any]]) -> str:
    """The same figures of all sizes side by side."""
    figures = {
        "service ÷ bare": lambda r: f"{r['writers']['bare'][1]:.2f}",
        "service ÷ naive": lambda r: f"{r['writers']['naive'][1]:.2f}",
        "HTTP booking ÷ pgbench": lambda r: f"{r['http']['ratios']['booking'][1]:.3f}",
        "HTTP availability ÷ pgbench": lambda r: f"{r['http']['ratios']['availability'][1]:.3f}",
        "CPU ms per mixed request": lambda r: f"{r['load']['cpu_ms']:.1f}",
    }
    for kind in ("availability", "quote", "booking", "arrivals", "tape", "guest search"):
        figures[f"CPU ms, {kind}"] = lambda r, kind=kind: "{:.1f}".format(
            sum(r["load"]["kinds"][kind][key] for key in ("web_cpu_ms", "postgres_cpu_ms"))
        )
    rows = []
    for name, figure in figures.items():
        try:
            rows.append([name, *(figure(result) for result in results.values())])
        except KeyError:
            continue  # that benchmark did not run
    days = [day_growth(result["day"]) for result in results.values() if "day" in result]
    rows += [[name, *(day.get(name, "") for day in days)] for name in (days[0] if days else ())]
    return table("Does it grow with the history?", ["figure", *results], rows) if rows else ""


def machine() -> str:
    return f"{os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}"


def main() -> int:
    parser = argparse.ArgumentParser(prog="auberge bench", description=__doc__)
    parser.add_argument(
        "names", nargs="*", metavar="name", help=f"one or more of {', '.join(BENCHES)}; all by default"
    )
    parser.add_argument("--size", nargs="*", choices=list(SIZES), default=list(SIZES), help="all by default")
    asked = parser.parse_args()
    if unknown := set(asked.names) - set(BENCHES):
        parser.error(f"unknown benchmark: {', '.join(sorted(unknown))}")
    results: dict[str, dict[str, Any]] = {}
    for name in asked.size:
        with database_of(SIZES[name]) as database:
            places = helper("access", database)
            results[name] = {}
            for bench, (run, show) in BENCHES.items():  # in this order, however they were named
                if (asked.names and bench not in asked.names) or (bench in ALONE and len(results) > 1):
                    continue
                results[name][bench] = run(database, places)
                print(show(name, results[name][bench]), flush=True)
    print(show_growth(results))
    folder = Path(os.environ["AUBERGE_BENCH"]) / "results"
    folder.mkdir(exist_ok=True)
    file = folder / f"{datetime.now(UTC):%Y%m%dT%H%M%SZ}.json"
    file.write_text(json.dumps({"machine": machine(), "results": results}, indent=1))
    print(f"\n{machine()}. Figures: {file}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
