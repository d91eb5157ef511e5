"""``./auberge mutants [--sample N] [--seed TEXT] [words …]``: each mutant must make its test fail; see README.md.

Exit code 1 when one survives, or cannot be tried.
"""

import argparse
import sys
import time

from tests.mutants import Mutant
from tests.mutants.bench import Bench, bench
from tests.mutants.every import chosen, mutated
from tests.mutants.verdicts import STALE, Run, Verdict, tried, untried

WIDTH = 160


def verdicts(own: Bench, mutants: list[Mutant]) -> list[Verdict]:
    """Of each, printed as they come. First its test is run on the house as it is, once for all who name it."""
    fresh = [mutant for mutant in mutants if mutated(mutant) is not None]
    tests = sorted({mutant.test for mutant in fresh})
    parts = [part for part in (tests[::2], tests[1::2]) if part]
    whole = {
        test: run.of(test) for place, run in own.runs((part, None) for part in parts) for test in parts[place]
    }
    told = {mutant: untried(whole[mutant.test]) if mutant in fresh else STALE for mutant in mutants}
    ready = [mutant for mutant in mutants if told[mutant] is None]
    for mutant, verdict in told.items():
        if verdict:
            say(mutant, verdict)
    for place, run in own.runs(([mutant.test], mutant) for mutant in ready):
        mutant = ready[place]
        told[mutant] = verdict = tried(whole[mutant.test], run)
        say(mutant, verdict, run)
    return [verdict for verdict in told.values() if verdict]


def say(mutant: Mutant, verdict: Verdict, run: Run | None = None) -> None:
    """One line, and where something is to be mended the test."""
    seconds = f"{run.seconds:5.1f} s" if run else " " * 7
    print(f"{verdict.word:<9} {seconds}  {mutant.name} | {verdict.reason}"[:WIDTH], flush=True)
    if not verdict.is_good:
        print(f"{'':<19}{mutant.file}: {mutant.test}", flush=True)


def main() -> int:
    """Try the wanted ones."""
    parser = argparse.ArgumentParser(prog="./auberge mutants")
    parser.add_argument("--sample", type=int, default=0, help="so many only, chosen by --seed")
    parser.add_argument("--seed", default=time.strftime("%Y-%m-%d"), help="the day unless given")
    parser.add_argument("words", nargs="*", help="only those whose name or file holds one of these")
    options = parser.parse_args()
    began = time.monotonic()
    with bench() as own:
        told = verdicts(own, chosen(options.words, options.sample, options.seed))
    killed, good = sum(v.word == "killed" for v in told), sum(v.is_good for v in told)
    of = f" (seed {options.seed})" if options.sample else ""
    print(f"mutants: {killed} of {len(told)} killed in {time.monotonic() - began:.0f} s{of}", flush=True)
    return 0 if good == len(told) > 0 else 1


if __name__ == "__main__":
    sys.exit(main())
