"""What may be done with a guest's request now, and by whom."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from security.domain.privacy_requests import OPEN, may_become

FILE_KINDS = frozenset({"access", "portability"})


@dataclass(frozen=True)
class Standing:
    """Where a request stands, for the person who looks at it.

    Attributes:
        kind: such as ``access`` or ``erasure``.
        status: one of the states of ``privacy_requests``.
        files: state of the newest files, such as ``running`` or ``ready``; empty for none.
        is_extended: the two months more were taken.
        is_late: the last day to answer is over.
        has_obstacles: something forbids to erase the guest now.
        has_holds: legal holds of this property stand on him.
        is_erased: nothing of him is left.
        is_first: this person wrote the request down or proposed the erasure, so that another must approve it.
        may_read: this person may know who the guest is.
    """

    kind: str
    status: str
    files: str = ""
    is_extended: bool = False
    is_late: bool = False
    has_obstacles: bool = False
    has_holds: bool = False
    is_erased: bool = False
    is_first: bool = False
    may_read: bool = True


def possible_acts(standing: Standing) -> frozenset[str]:
    """The acts that the state of the request allows; whether the person holds the right is asked elsewhere."""
    return frozenset(name for name, rule in _RULES.items() if rule(standing))


def _may_carry(one: Standing) -> bool:
    is_ready = one.kind not in FILE_KINDS or one.files == "ready"
    return one.status == "identified" and one.kind != "erasure" and is_ready


_RULES: Mapping[str, Callable[[Standing], bool]] = {
    "identify": lambda one: one.status == "received",
    "files": lambda one: (
        one.kind in FILE_KINDS and one.status == "identified" and one.files not in ("queued", "running")
    ),
    "download": lambda one: one.may_read and one.files == "ready",
    "carry": _may_carry,
    "propose": lambda one: one.kind == "erasure" and one.status == "identified" and not one.has_obstacles,
    "approve": lambda one: one.status == "proposed" and not one.is_first,
    "extend": lambda one: one.status in OPEN and not one.is_extended and not one.is_late,
    "refuse": lambda one: may_become(one.status, "refused"),
    "withdraw": lambda one: may_become(one.status, "withdrawn"),
    "hold": lambda one: not one.is_erased,
    "lift": lambda one: one.has_holds,
}
