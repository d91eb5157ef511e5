"""Mutants: for each control a patch of one line that removes it, and the test that must go red for it.

A file of this folder holds ``MUTANTS``; ``./auberge mutants`` applies each to a copy of the house.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Mutant:
    """A control taken away.

    Attributes:
        name: what is taken away, in words; unique.
        file: path in the project.
        old: text of the file, there exactly once.
        new: what stands there instead.
        test: node id of the test that must fail.
    """

    name: str
    file: str
    old: str
    new: str
    test: str
