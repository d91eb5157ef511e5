"""The answer of a table of commands: allowed, or denied with a reason; shown in ``actions[]`` and raised alike."""

from dataclasses import dataclass

from hotel.core.exceptions import Conflict


@dataclass(frozen=True)
class Action:
    """A command on a thing as it stands: allowed, or denied with a stable code and a reason."""

    name: str
    is_allowed: bool
    code: str = ""
    reason: str = ""

    def refusal(self, status: str) -> Conflict:
        """The error that says what ``actions[]`` shows.

        Args:
            status: of the thing.
        """
        return Conflict(self.reason, code=self.code, extra={"command": self.name, "status": status})
