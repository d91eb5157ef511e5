"""What becomes of the lines of a sheet that comes back: told first, and known again when they are taken."""

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256

ADDED, CHANGED, UNCHANGED, REFUSED = "added", "changed", "unchanged", "refused"


@dataclass(frozen=True)
class SheetLine:
    """A line of a sheet and what becomes of it.

    Attributes:
        number: in the sheet, the header being 1.
        code: what the line is about; as it stands there when it cannot be read.
        outcome: one of the four above.
        differences: of a change: column, old and new.
        reasons: why it is refused.
    """

    number: int
    code: str
    outcome: str
    differences: tuple[tuple[str, str, str], ...] = ()
    reasons: tuple[str, ...] = ()

    @property
    def summary(self) -> str:
        """What a line that is added says, in short."""
        return ""


def fingerprint_of(lines: Iterable[SheetLine]) -> str:
    """By which what was told of a sheet is known again."""
    return sha256(repr(list(lines)).encode()).hexdigest()
