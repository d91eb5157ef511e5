"""What accounts do when something happens below."""

from hotel.accounts.services.roles import roles_seed
from hotel.contracts.properties import PropertyOpened
from hotel.core.facts import subscribe
from hotel.properties.models import Chain


@subscribe(PropertyOpened)
def on_property_opened(fact: PropertyOpened) -> None:
    """The chain gets its roles with the first property, and limits in each new currency. Repeatable."""
    roles_seed(chain=Chain.objects.get(pk=fact.chain_id))
