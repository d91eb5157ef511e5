"""Facts of papers."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from hotel.core.fact import Fact


@dataclass(frozen=True, kw_only=True)
class _PaperFact(Fact):
    """Something about one paper; nothing of what stands on it.

    Attributes:
        kind: such as ``arrivals``.
        business_date: the day it is of.
    """

    aggregate_name: ClassVar[str] = "paper"
    aggregate_field: ClassVar[str] = "paper_id"

    paper_id: int
    kind: str
    business_date: date


@dataclass(frozen=True, kw_only=True)
class PaperAsked(_PaperFact):
    """A paper waits to be made by a worker."""


@dataclass(frozen=True, kw_only=True)
class PaperMade(_PaperFact):
    """The file of a paper is there, or will not be.

    Attributes:
        is_ready: whether it is there.
    """

    is_ready: bool
