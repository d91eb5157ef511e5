"""All mutants there are, and a few of them."""

import hashlib
from collections.abc import Iterable
from pathlib import Path

from tests.mutants import (
    Mutant,
    access,
    database,
    guests,
    hostile_input,
    matrix,
    points,
    standing,
    trail,
    walls,
)

ROOT = Path(__file__).resolve().parents[2]
MUTANTS: tuple[Mutant, ...] = (
    *access.MUTANTS, *database.MUTANTS, *guests.MUTANTS, *hostile_input.MUTANTS, *matrix.MUTANTS, *points.MUTANTS, *standing.MUTANTS,
    *trail.MUTANTS, *walls.MUTANTS,
)  # fmt: skip


def chosen(words: Iterable[str], sample: int, seed: str) -> list[Mutant]:
    """Those whose name or file holds one of the words, all without words; of them so many, the same with the same seed."""
    found = [m for m in MUTANTS if not words or any(word in m.name + m.file for word in words)]
    return (
        sorted(found, key=lambda m: hashlib.sha256(f"{seed}{m.name}".encode()).digest())[:sample]
        if sample
        else found
    )


def mutated(mutant: Mutant) -> str | None:
    """The text of its file with the control taken away; None when the file has moved on."""
    file = ROOT / mutant.file
    text = file.read_text(encoding="utf-8") if file.is_file() else ""
    return text.replace(mutant.old, mutant.new) if text.count(mutant.old) == 1 else None
