"""What components show on the pages of others: their panels about a guest or a reservation."""

from dataclasses import dataclass
from typing import Any

from django.utils.module_loading import import_string

from hotel.core.plugs import plugs
from hotel.properties.models import Property
from hotel.properties.scoping import grants_of


@dataclass(frozen=True)
class PanelShown:
    """A panel that has something to show: its template, and what that reads as ``shown``."""

    template: str
    shown: Any


def panels_of(subject: str, subject_id: int, user: Any, place: Property | None = None) -> list[PanelShown]:
    """The panels that a person sees about a guest or a reservation, in order; those with nothing to show are left out.

    Args:
        subject: ``guest`` or ``reservation``.
        place: where one works; without, all properties at which the person holds the right of a panel count.
    """
    grants, found = grants_of(user), []
    panels = sorted((panel for plug in plugs() for panel in plug.panels), key=lambda panel: panel.order)
    for panel in panels:
        held = grants.property_ids(panel.verb, panel.area)
        places = held if place is None else held & {place.pk}
        if panel.subject == subject and places:
            shown = import_string(panel.context)(subject_id, places)
            if shown:
                found.append(PanelShown(panel.template, shown))
    return found
