"""Faults that the house must bear: what is done, what is promised, and the tests that show it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """What is measured, by the name under which a test records it.

    Attributes:
        name: of the recorded property.
        at_most: what it may be; None when it is only shown.
        exactly: what it must be; None when it is only bounded.
    """

    name: str
    at_most: float | None = None
    exactly: float | None = None

    def holds(self, value: float) -> bool:
        """Whether a measured value keeps the promise."""
        if self.exactly is not None:
            return value == self.exactly
        return self.at_most is None or value <= self.at_most


@dataclass(frozen=True)
class Fault:
    """One line of the fault matrix.

    Attributes:
        name: as in the security reference §5.10.
        title: what is done.
        promise: what the house promises then.
        shown_by: paths of tests from the root, with ``::name`` when not the whole file.
        figures: what these tests measure.
        missing: what of the reference's line no test shows.
    """

    name: str
    title: str
    promise: str
    shown_by: tuple[str, ...]
    figures: tuple[Figure, ...] = ()
    missing: str = ""
