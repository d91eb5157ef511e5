"""What may be done with a folio, and why not: one table, asked by services and shown by the API.

Source: features reference §1.2.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from hotel.core.actions import Action
from hotel.core.words import _, gettext_noop

OPEN, CLOSED = "open", "closed"


@dataclass(frozen=True)
class Situation:
    """What the table needs to know of a folio; ``has_balance``: some window is not settled."""

    status: str
    has_balance: bool = False


# command -> (the right it needs on the area ``folios``, the status it starts from)
COMMANDS: Mapping[str, tuple[str, str]] = {
    "charge": ("post", OPEN),
    "pay": ("post", OPEN),
    "transfer": ("adjust", OPEN),
    "window": ("manage", OPEN),
    "route": ("manage", OPEN),
    "close": ("manage", OPEN),
    "reopen": ("manage", CLOSED),
}
_REFUSALS = {
    OPEN: ("folio_closed", gettext_noop("The folio is closed. Reopen it first.")),
    CLOSED: ("folio_open", gettext_noop("The folio is open.")),
}


def action(name: str, situation: Situation) -> Action:
    """Whether a command may be given now.

    Raises:
        KeyError: no such command.
    """
    _verb, source = COMMANDS[name]
    if situation.status != source:
        code, reason = _REFUSALS[source]
        return Action(name, False, code, _(reason))
    if name == "close" and situation.has_balance:
        return Action(name, False, "balance_open", _("The folio is not settled: some window has a balance."))
    return Action(name, True)


def actions(situation: Situation) -> list[Action]:
    """All commands in the order of the table, each allowed or denied with its reason."""
    return [
        replace(action(name, situation), verb=verb, area="folios")
        for name, (verb, _source) in COMMANDS.items()
    ]
