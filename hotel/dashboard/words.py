"""What the commands on a reservation are called on its page: on the button, and once they are done."""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hotel.reservations.choices import Guarantee

# command -> (the button, what has been done)
WORDS: dict[str, tuple[str | Promise, str | Promise]] = {
    "amend": (_("Change dates or party"), _("the stay was changed.")),
    "assign": (_("Assign room"), _("a room was assigned.")),
    "cancel": (_("Cancel stay"), _("the stay was cancelled.")),
    "check-in": (_("Check in"), _("the guest is in house.")),
    "check-out": (_("Check out"), _("the guest has left.")),
    "combine": (_("Combine with other stays"), _("the stays are one.")),
    "confirm": (_("Confirm"), _("the stay is confirmed.")),
    "copy": (_("Book once more"), _("booked once more.")),
    "early-departure": (_("Leaves early"), _("the guest leaves today.")),
    "extend": (_("Extend stay"), _("the stay was extended.")),
    "guests": (_("Change guests"), _("the guests were changed.")),
    "late-check-out": (_("Late check-out"), _("a late check-out is agreed.")),
    "link": (_("Link with other stays"), _("the stays are linked.")),
    "lock": (_("Lock room"), _("the room is locked.")),
    "move-room": (_("Move to another room"), _("the guest has another room.")),
    "no-show": (_("Mark as no-show"), _("marked as no-show.")),
    "option": (_("Put on option"), _("the stay is on option.")),
    "reinstate": (_("Reinstate"), _("the stay is reinstated.")),
    "reinstate-check-out": (_("Undo check-out"), _("the guest is in house again.")),
    "revert-check-in": (_("Undo check-in"), _("the guest is expected again.")),
    "share": (_("Share the room"), _("the room is shared.")),
    "split": (_("Split stay"), _("the stay was split in two.")),
    "unassign": (_("Take room away"), _("the room was taken away.")),
    "unlock": (_("Unlock room"), _("the room is unlocked.")),
    "unshare": (_("Share the room no longer"), _("the stay has a room of its own.")),
    "waitlist": (_("Put on the waiting list"), _("the stay is on the waiting list.")),
}


def guarantees_asked(policies: Mapping[str, Any]) -> list[tuple[str, str]]:
    """What is enough to stand behind a stay under its policies, as choices, weakest first; all when none is asked."""
    asked = policies.get("guarantee")
    names = asked["allowed"] if asked else Guarantee.values
    return [(name, str(Guarantee(name).label)) for name in names]


def button_words(command: str) -> str:
    """The text of a command's button."""
    return str(WORDS[command][0])


def done_words(command: str) -> str:
    """What the message says afterwards."""
    return str(WORDS[command][1])


# code of an obstacle -> what to do about it, where the reason does not say so already
HINTS: dict[str, str | Promise] = {
    "no_room_assigned": _("Choose one below."),
    "not_registered": _("Record what is missing below."),
    "room_occupied": _("Check that guest out first, or choose another room."),
    "room_not_ready": _("Choose a ready room, or wait for housekeeping."),
    "not_settled": _("Open the folio to settle it."),
    "nights_left": _("See “Leaves early” below."),
}


def obstacle_hint(code: str) -> str:
    """What to do about an obstacle; empty when its reason says it."""
    return str(HINTS.get(code, ""))


# claim of the night audit's proof -> what both books say
CLAIMS: dict[str, str | Promise] = {
    "nights": _("Nights, sold and posted"),
    "nights_amount": _("Price of the nights, sold and posted"),
    "revenue": _("Revenue, figures and ledger"),
    "tax": _("Taxes, figures and ledger"),
    "trial_balance": _("Debits less credits"),
}
