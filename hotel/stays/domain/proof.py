"""The proof of a day: three books that were kept apart say the same.

Source: docs/algorithms/night_audit.md, "The proof".
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class Claim:
    """One figure, as two books tell it.

    Attributes:
        name: stable word.
        expected: as the first book says it.
        found: as the second says it.
    """

    name: str
    expected: Decimal
    found: Decimal

    @property
    def is_proved(self) -> bool:
        """Both say the same."""
        return self.expected == self.found


def unproved(claims: Iterable[Claim]) -> list[Claim]:
    """The claims that the books contradict, in order."""
    return [claim for claim in claims if not claim.is_proved]
