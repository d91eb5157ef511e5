"""What guests tell the house."""

from dataclasses import dataclass

from hotel.core.fact import Fact


@dataclass(frozen=True, kw_only=True)
class GuestChanged(Fact):
    """A guest was made, linked, changed, merged or restored; told to each property that knows him.

    Attributes:
        version: of the profile after the change.
        merged_into_id: the profile that lives on, when this one was merged; None otherwise.
    """

    aggregate_name = "guest"
    aggregate_field = "guest_id"

    guest_id: int
    version: int
    merged_into_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class GuestsMerged(Fact):
    """Two profiles became one. Told once, for the chain: ``property_id`` is None.

    Attributes:
        guest_id: the profile that lives on.
        merged_guest_id: the tombstone that leads to it.
    """

    aggregate_name = "guest"
    aggregate_field = "guest_id"

    guest_id: int
    merged_guest_id: int
    merge_id: int


@dataclass(frozen=True, kw_only=True)
class GuestsUnmerged(Fact):
    """A merge was undone. Told once, for the chain: ``property_id`` is None.

    Attributes:
        guest_id: the profile that was kept.
        restored_guest_id: the profile that lives again.
    """

    aggregate_name = "guest"
    aggregate_field = "guest_id"

    guest_id: int
    restored_guest_id: int
    merge_id: int
