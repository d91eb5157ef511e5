"""The answer of a table of commands: allowed, or denied with a reason; shown in ``actions[]`` and raised alike."""

from dataclasses import dataclass, replace
from typing import Self

from hotel.core.exceptions import Conflict


@dataclass(frozen=True)
class Action:
    """A command on a thing as it stands: allowed, or denied with a stable code and a reason.

    Attributes:
        name: as in ``actions[]`` and, with hyphens, in the URL.
        is_allowed: whether it may be given now.
        code: stable word for the reason; empty when allowed.
        reason: for people; empty when allowed.
        verb: the right it needs on ``area``.
        area: what the right is granted on.
        approval: the kind of amount that its giver must be allowed to approve; empty for none.
    """

    name: str
    is_allowed: bool
    code: str = ""
    reason: str = ""
    verb: str = "manage"
    area: str = ""
    approval: str = ""

    def denied(self, code: str, reason: str) -> Self:
        """The same command, denied."""
        return replace(self, is_allowed=False, code=code, reason=reason)

    def refusal(self, status: str) -> Conflict:
        """The error that says what ``actions[]`` shows.

        Args:
            status: of the thing.
        """
        return Conflict(self.reason, code=self.code, extra={"command": self.name, "status": status})
