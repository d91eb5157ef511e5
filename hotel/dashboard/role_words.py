"""Rights in plain words: what somebody may do, area by area in the order of the house."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hotel.core.plugs import plugs

AREAS: Mapping[str, str | Promise] = {
    "system": _("Workings of the installation"),
    "properties": _("Hotel and its settings"),
    "accounts": _("People and roles"),
    "messaging": _("Letters and messages"),
    "rooms": _("Rooms"),
    "guests": _("Guests"),
    "rates": _("Prices and rules"),
    "reservations": _("Reservations"),
    "folios": _("Folios and payments"),
    "stays": _("Check-in, check-out, night audit"),
    "operations": _("Housekeeping and repairs"),
    "papers": _("Lists on paper"),
    "dashboard": _("Staff pages"),
    "monitoring": _("Health and use of the API"),
    "security": _("Security and privacy"),
    "loyalty": _("Loyalty"),
}
VERBS: Mapping[str, str | Promise] = {
    "view": _("see"),
    "manage": _("change"),
    "act_as": _("see the house as a colleague"),
    "send": _("send"),
    "status": _("say how clean a room is"),
    "block": _("hold rooms for repairs"),
    "merge": _("merge two into one"),
    "override": _("set rules aside"),
    "assign": _("give rooms"),
    "post": _("charge and take payments"),
    "adjust": _("correct charges"),
    "invoice": _("issue invoices"),
    "write_off": _("write off debts"),
    "audit": _("close the day"),
    "work": _("do tasks"),
    "respond": _("answer incidents"),
    "approve": _("agree as the second person"),
    "break_glass": _("take emergency rights"),
    "enrol": _("enrol members"),
}


def right_words(rights: Iterable[Any]) -> list[tuple[str, list[str]]]:
    """Areas with what may be done there, in the order of the floors.

    Args:
        rights: rows with ``area`` and ``verb``. A right without words of its own is named by its verb.
    """
    held: dict[str, set[str]] = {}
    for right in rights:
        held.setdefault(right.area, set()).add(right.verb)
    return [
        (
            str(AREAS.get(plug.area, plug.area.capitalize())),
            [str(VERBS.get(verb, verb.replace("_", " "))) for verb in plug.verbs if verb in held[plug.area]],
        )
        for plug in plugs()
        if plug.area in held
    ]
