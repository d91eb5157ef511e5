"""What the protection of data tells the house."""

from dataclasses import dataclass
from typing import ClassVar

from hotel.core.fact import Fact


@dataclass(frozen=True, kw_only=True)
class _GuestPrivacyFact(Fact):
    """Something about the data of one guest. Told once, for the chain: ``property_id`` is None.

    Attributes:
        guest_id: the profile.
        request_id: the request it was done for.
    """

    aggregate_name: ClassVar[str] = "guest"
    aggregate_field: ClassVar[str] = "guest_id"

    guest_id: int
    request_id: int


@dataclass(frozen=True, kw_only=True)
class GuestErased(_GuestPrivacyFact):
    """A guest was erased: whoever keeps something of him erases it, too (GDPR 17, 19).

    Attributes:
        profile_ids: the profile and those that were merged into it.
    """

    profile_ids: tuple[int, ...] = ()


@dataclass(frozen=True, kw_only=True)
class GuestRectified(_GuestPrivacyFact):
    """What the house knew of a guest was wrong; recipients are told (GDPR 16, 19).

    Attributes:
        fields: names of what was put right, in alphabetical order; no values.
    """

    fields: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class GuestProcessingRestricted(_GuestPrivacyFact):
    """A guest's data are kept, and used for nothing else (GDPR 18)."""


@dataclass(frozen=True, kw_only=True)
class GuestObjected(_GuestPrivacyFact):
    """A guest objected to a purpose (GDPR 21).

    Attributes:
        purpose: ``marketing`` or ``profiling``.
    """

    purpose: str
