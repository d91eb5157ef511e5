"""What folios do when something happens below."""

from hotel.contracts.properties import PropertyOpened
from hotel.core.facts import subscribe
from hotel.folios.services.codes import codes_seed
from hotel.properties.models import Property


@subscribe(PropertyOpened)
def on_property_opened(fact: PropertyOpened) -> None:
    """A new property gets the standard transaction codes. Repeatable."""
    codes_seed(place=Property.objects.get(pk=fact.property_id))
