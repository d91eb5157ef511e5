"""Many simulated hotels: played in groups, on several processes, and noted down so that a run can be taken up again."""

import json
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

import django

from hotel.properties.tenancy import EVERYTHING, tenant_scope
from hotel.stays.simulation.run import simulate
from hotel.stays.simulation.scratch import copied_database

REPORT_SECONDS = 30.0


@dataclass(frozen=True)
class Group:
    """Hotels that are played in step in one database.

    Attributes:
        first: the first seed.
        seeds: how many.
        days: how many each.
    """

    first: int
    seeds: int
    days: int

    def __str__(self) -> str:
        return f"seeds {self.first} to {self.first + self.seeds - 1}"


def groups_of(first: int, seeds: int, days: int, together: int) -> list[Group]:
    """Seeds in groups of so many; the last one may be smaller."""
    past = first + seeds
    return [Group(start, min(together, past - start), days) for start in range(first, past, together)]


def group_play(group: Group, template: str) -> Counter[str]:
    """Play a group in a copy of the template; tells from time to time how far it is.

    Raises:
        SimulationFailed: see ``simulate``.
    """
    told = time.monotonic()

    def watch(day: int) -> None:
        nonlocal told
        if time.monotonic() - told >= REPORT_SECONDS:
            told = time.monotonic()
            sys.stdout.write(f"{group}: {day} of {group.days} days hold\n")
            sys.stdout.flush()

    with copied_database(template, str(group.first)), tenant_scope(EVERYTHING):
        return simulate(range(group.first, group.first + group.seeds), group.days, watch)


def groups_play(
    groups: Iterable[Group], template: str, processes: int
) -> Iterator[tuple[Group, Counter[str]]]:
    """Play groups side by side; gives each as it ends, with how often each command was given.

    Args:
        groups: what to play.
        template: see ``group_play``.
        processes: how many at a time; 1 plays in this process.

    Raises:
        SimulationFailed: of the first group that fails; those that run are waited for, no other is begun.
    """
    if processes == 1:
        for group in groups:
            yield group, group_play(group, template)
        return
    with ProcessPoolExecutor(processes, get_context("spawn"), initializer=django.setup) as pool:
        running = {pool.submit(group_play, group, template): group for group in groups}
        try:
            for future in as_completed(running):
                yield running[future], future.result()
        finally:
            pool.shutdown(cancel_futures=True)


def notes_read(file: Path) -> dict[Group, Counter[str]]:
    """The groups that held, as noted in a file; none when there is no file."""
    if not file.exists():
        return {}
    lines = [json.loads(line) for line in file.read_text().splitlines()]
    return {Group(line["first"], line["seeds"], line["days"]): Counter[str](line["counts"]) for line in lines}


def note_write(file: Path, group: Group, counts: Counter[str]) -> None:
    """Note that a group held."""
    line = {"first": group.first, "seeds": group.seeds, "days": group.days, "counts": counts}
    with file.open("a") as notes:
        notes.write(json.dumps(line, sort_keys=True) + "\n")
