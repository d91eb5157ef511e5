"""Mutants: for each control a patch that removes it, and the test that must go red for it. See README.md."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Mutant:
    """A control taken away.

    Attributes:
        name: what is taken away, in words; unique.
        file: path in the project: a module, or the SQL of a function.
        old: text of the file, there exactly once.
        new: what stands there instead.
        test: node id of the test that must fail, or of a file of tests.
    """

    name: str
    file: str
    old: str
    new: str
    test: str
