"""Runs simulated hotels side by side, and asks for all invariants each night."""

from collections import Counter
from collections.abc import Callable, Sequence

from hotel.core.exceptions import PmsError
from hotel.core.invariants import invariants_verify
from hotel.stays.simulation.hotel import Hotel
from hotel.stays.simulation.house import FIRST_DAY, house_build


class SimulationFailed(PmsError):
    """Something does not hold; ``extra`` says which seeds and how many days show it again."""

    code = "simulation_failed"


def simulate(
    seeds: Sequence[int], days: int, watch: Callable[[int], None] = lambda day: None
) -> Counter[str]:
    """Play a hotel for each seed, all in step.

    Args:
        seeds: one hotel each.
        days: how many.
        watch: told the number of each day that held.

    Returns:
        How often each command was given, was refused or was broken off, in all hotels.

    Raises:
        SimulationFailed: at the end of the first day on which anything does not hold.
    """
    hotels = [Hotel(house_build(f"SIM-{seed}", days), seed) for seed in seeds]
    for day in range(1, days + 1):
        faults = []
        for hotel in hotels:
            try:
                faults += [f"seed {hotel.seed}: {text}" for text in hotel.day()]
            except Exception as error:
                text = f"seed {hotel.seed}: {type(error).__name__}: {error}"
                raise _failed(seeds, day, [*faults, text]) from error
        broken = [found for found in invariants_verify(limit=3) if found.violations]
        faults += [f"{found.invariant.name}: {found.violations}" for found in broken]
        if faults:
            raise _failed(seeds, day, faults)
        watch(day)
    return sum((hotel.counts for hotel in hotels), Counter())


def _failed(seeds: Sequence[int], day: int, faults: Sequence[str]) -> SimulationFailed:
    again = f"manage.py hotelsim --first {seeds[0]} --seeds {len(seeds)} --days {day}"
    told = "\n  ".join(faults)
    return SimulationFailed(
        f"Day {day} ({FIRST_DAY} is the first) of seeds {seeds[0]} to {seeds[-1]}:\n  {told}\nRun it again: {again}",
        extra={"first": seeds[0], "seeds": len(seeds), "days": day},
    )
