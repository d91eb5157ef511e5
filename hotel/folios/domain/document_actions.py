"""What may be done with a document, and why not: one table, asked by services and shown by the API."""

from dataclasses import dataclass, replace

from hotel.core.actions import Action
from hotel.core.words import _

CREDIT_NOTE = "credit_note"


@dataclass(frozen=True, slots=True)
class DocumentState:
    """What the table needs to know.

    Attributes:
        kind: as ``DocumentKind``.
        is_cancelled: it was taken back whole.
        has_corrections: lines of it were corrected since, and are on no credit note.
    """

    kind: str
    is_cancelled: bool = False
    has_corrections: bool = False


# command -> the right it needs on the area ``folios``
COMMANDS = {"cancel": "invoice", "credit": "invoice", "rebate": "adjust"}


def action(name: str, state: DocumentState) -> Action:
    """Whether a command may be given now.

    Raises:
        KeyError: no such command.
    """
    COMMANDS[name]
    if state.kind == CREDIT_NOTE:
        text = _("A credit note is not taken back; invoice anew.")
        return Action(name, False, "document_is_credit_note", text)
    if state.is_cancelled:
        return Action(name, False, "invoice_cancelled", _("This document is cancelled already."))
    if name == "credit" and not state.has_corrections:
        return Action(name, False, "nothing_to_credit", _("Nothing of this document was corrected since."))
    if name == "rebate" and state.kind != "invoice":
        return Action(name, False, "document_is_no_invoice", _("Only lines of an invoice are let off."))
    return Action(name, True)


def actions(state: DocumentState) -> list[Action]:
    """All commands in the order of the table, each allowed or denied with its reason."""
    return [
        replace(action(name, state), verb=verb, area="folios", approval="rebate" if name == "rebate" else "")
        for name, verb in COMMANDS.items()
    ]
