"""The cards that components put on the first page of a shift."""

from collections.abc import Callable, Iterator
from typing import Any

from django.utils.module_loading import import_string

from hotel.core.plugs import plugs
from hotel.properties.models import Property


def cards_of(place: Property, may: Callable[[str, str], bool]) -> Iterator[tuple[str, Any]]:
    """Template and contents of each card that somebody may see, in order; who may not see one costs no query.

    Args:
        may: whether the person holds a verb on an area at the property.
    """
    widgets = sorted((widget for plug in plugs() for widget in plug.widgets), key=lambda widget: widget.order)
    for widget in widgets:
        if may(widget.verb, widget.area):
            card = import_string(widget.context)(place)
            if card is not None:
                yield widget.template, card
