"""Rounds: the tasks of a day split over attendants, by credits and so that each walks little."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class Load:
    """A task to be given to somebody.

    Attributes:
        where: what tasks near one another are sorted by: section, building, floor, number.
    """

    task_id: int
    credits: Decimal
    where: tuple[str, ...]


@dataclass(frozen=True)
class Sheet:
    """An attendant's round.

    Attributes:
        target: credits of a full round; more than nothing.
        held: credits that he has already.
    """

    attendant_id: int
    target: Decimal
    held: Decimal = Decimal(0)


@dataclass(frozen=True)
class Split:
    """Who does what.

    Attributes:
        attendants: tasks to attendants.
        credits: attendants to what they have with it.
        spread: the fullest round less the emptiest, each as a share of its target; 0 is even.
    """

    attendants: Mapping[int, int]
    credits: Mapping[int, Decimal]
    spread: Decimal


def rounds_split(loads: Iterable[Load], sheets: Sequence[Sheet]) -> Split:
    """Give each task to an attendant: neighbours together, rounds as full as one another.

    First the tasks are walked in order of place and each round is filled up to its share; then single tasks go from the
    fullest round to the emptiest while that evens them. With equal targets the rounds differ by the largest task at
    most. The same tasks and rounds in any order give the same split.

    Args:
        sheets: one an attendant; without any, nobody has anything.
    """
    if not sheets:
        return Split({}, {}, Decimal(0))
    sheets = sorted(sheets, key=lambda one: one.attendant_id)
    walk = sorted(loads, key=lambda one: (one.where, one.task_id))
    given: dict[int, list[Load]] = {sheet.attendant_id: [] for sheet in sheets}
    target = sum((sheet.target for sheet in sheets), Decimal(0))
    weight = sum((one.credits for one in walk), Decimal(0)) + sum((one.held for one in sheets), Decimal(0))
    share = weight / target
    queue = list(sheets)
    filled = queue[0].held
    for one in walk:
        # A task belongs to the round that has room for half of it.
        while len(queue) > 1 and filled + one.credits / 2 > share * queue[0].target:
            queue.pop(0)
            filled = queue[0].held
        given[queue[0].attendant_id].append(one)
        filled += one.credits
    _even(given, {sheet.attendant_id: sheet for sheet in sheets})
    credits = {sheet.attendant_id: _credits(given, sheet) for sheet in sheets}
    fullness = [credits[sheet.attendant_id] / sheet.target for sheet in sheets]
    attendants = {one.task_id: who for who, found in given.items() for one in found}
    return Split(attendants, credits, (max(fullness) - min(fullness)).quantize(Decimal("0.01")))


def _credits(given: Mapping[int, list[Load]], sheet: Sheet) -> Decimal:
    return sheet.held + sum((one.credits for one in given[sheet.attendant_id]), Decimal(0))


def _even(given: dict[int, list[Load]], sheets: Mapping[int, Sheet]) -> None:
    """Move single tasks from the fullest round to the emptiest while the fuller of the two becomes less full."""
    while True:
        full = {pk: _credits(given, sheet) / sheet.target for pk, sheet in sheets.items()}
        most, least = max(full, key=lambda pk: (full[pk], pk)), min(full, key=lambda pk: (full[pk], pk))
        moves = [
            (
                max(
                    full[most] - one.credits / sheets[most].target,
                    full[least] + one.credits / sheets[least].target,
                ),
                one,
            )
            for one in given[most]
            if one.credits
        ]
        best = min(moves, key=lambda move: (move[0], move[1].where, move[1].task_id), default=None)
        if best is None or best[0] >= full[most]:
            return
        given[most].remove(best[1])
        given[least].append(best[1])
