"""``./auberge mutants [--sample N] [words …]``: each mutant must make its test fail; exit code 1 when one survives."""

import argparse
import hashlib
import importlib
import os
import pkgutil
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import tests.mutants
from config.stack.pytest_cluster import roles_prepare
from config.stack.throwaway import throwaway_servers
from tests.mutants import Mutant

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 300


def mutants() -> list[Mutant]:
    """Those of all files of this folder, in order of files."""
    names = sorted(m.name for m in pkgutil.iter_modules(tests.mutants.__path__) if not m.name.startswith("_"))
    return [mutant for name in names for mutant in importlib.import_module(f"tests.mutants.{name}").MUTANTS]


def sampled(found: list[Mutant], count: int, seed: str) -> list[Mutant]:
    """So many of them, others with each seed, the same with the same."""
    return sorted(found, key=lambda m: hashlib.sha256(f"{seed}{m.name}".encode()).digest())[:count]


def copied(folder: Path) -> None:
    """Copy every committed or new file of the project."""
    told = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    for name in told.splitlines():
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, folder / name)


def is_red(folder: Path, tests: list[str], environment: dict[str, str]) -> bool | None:
    """Whether one of the tests fails; None when they could not be run at all."""
    run = subprocess.run(
        [sys.executable, "-m", "pytest", "-n", "0", "-q", "-x", "-p", "no:randomly", "-p", "no:cacheprovider",
         "--reuse-db", "--no-header", *tests],
        cwd=folder, env=environment, capture_output=True, text=True, check=False, timeout=PATIENCE * len(tests),
    )  # fmt: skip
    if run.returncode not in {0, 1}:
        print(run.stdout[-1_500:], run.stderr[-500:])
    return {0: False, 1: True}.get(run.returncode)


def greens(folder: Path, tests: list[str], environment: dict[str, str]) -> set[str]:
    """Those that pass on the whole copy: together when all do, since starting takes longer than most of them."""
    if is_red(folder, tests, environment) is False:
        return set(tests)
    return {test for test in tests if is_red(folder, [test], environment) is False}


def tried(folder: Path, mutant: Mutant, environment: dict[str, str]) -> str:
    """``killed``, ``SURVIVED``, or why it could not be tried; the copy is whole again afterwards."""
    file = folder / mutant.file
    whole = file.read_text(encoding="utf-8")
    if whole.count(mutant.old) != 1:
        return f"STALE: its text is there {whole.count(mutant.old)} times"
    file.write_text(whole.replace(mutant.old, mutant.new), encoding="utf-8")
    try:
        red = is_red(folder, [mutant.test], environment)
    except subprocess.TimeoutExpired:
        return "killed"  # a control against what takes too long
    finally:
        file.write_text(whole, encoding="utf-8")
    return {True: "killed", False: "SURVIVED", None: "NOT RUN"}[red]


def main() -> int:
    """Try the wanted ones, then the whole copy once more, which must be green."""
    parser = argparse.ArgumentParser(prog="./auberge mutants")
    parser.add_argument("--sample", type=int, default=0, help="so many only, chosen by --seed")
    parser.add_argument("--seed", default=time.strftime("%Y-%m-%d"), help="the day unless given")
    parser.add_argument("words", nargs="*", help="only those whose name or file holds one of these")
    options = parser.parse_args()
    found = [m for m in mutants() if not options.words or any(w in m.name + m.file for w in options.words)]
    chosen = sampled(found, options.sample, options.seed) if options.sample else found
    results: dict[str, str] = {}
    with throwaway_servers() as servers, tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        copied(folder)
        roles = roles_prepare(servers.postgres)
        environment = {
            **os.environ,
            **roles,
            "AUBERGE_TEST_DATABASE_URL": roles["DATABASE_URL"],
            "AUBERGE_TEST_DATABASE_OWNER_URL": roles["DATABASE_OWNER_URL"],
            "AUBERGE_TEST_REDIS_URL": servers.valkey.url,
            "PYTHONPATH": str(folder),
        }
        green = greens(folder, sorted({mutant.test for mutant in chosen}), environment)
        for mutant in chosen:
            outcome = tried(folder, mutant, environment) if mutant.test in green else "NOT GREEN without it"
            results[mutant.name] = outcome
            print(f"{outcome:<9} {mutant.name}", flush=True)
    killed = sum(outcome == "killed" for outcome in results.values())
    print(f"\nmutants: {killed} of {len(results)} killed", flush=True)
    return 0 if killed == len(results) > 0 else 1


if __name__ == "__main__":
    sys.exit(main())
