"""What a command on a stay makes due, or takes back."""

from dataclasses import dataclass

from moneyed import Money


@dataclass(frozen=True)
class Fee:
    """A fee that a command makes due, or takes back when negative; posted by a higher floor.

    Attributes:
        kind: cancellation, no_show or early_departure.
        text: which step of which policy, for people.
    """

    kind: str
    amount: Money
    text: str
