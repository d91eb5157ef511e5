"""The demo's words: the standard templates at every property."""

from collections.abc import Callable

from hotel.messaging.services.templates import templates_seed
from hotel.properties.models import Property


def demo_seed(*, say: Callable[[str], None]) -> None:
    """Add the standard templates wherever they are missing. Repeatable."""
    for place in Property.objects.order_by("code"):
        say(f"{place.code}: {templates_seed(place=place)} message templates added")
