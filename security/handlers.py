"""What security does when something happens elsewhere."""

from hotel.contracts.properties import PropertyOpened
from hotel.contracts.security import AccessRequested, EmergencyAccessOpened
from hotel.core.facts import subscribe
from hotel.properties.models import Chain
from security.services.catalogue import catalogue_seed
from security.services.notices import access_request_tell, emergency_tell


@subscribe(PropertyOpened)
def on_property_opened(fact: PropertyOpened) -> None:
    """The chain gets its catalogue of rights and its policy with the first property. Repeatable."""
    catalogue_seed(chain=Chain.objects.get(pk=fact.chain_id))


@subscribe(EmergencyAccessOpened)
def on_emergency_access_opened(fact: EmergencyAccessOpened) -> None:
    """Everybody who may agree to rights there is told. Repeatable: a message is queued once."""
    emergency_tell(emergency_id=fact.emergency_id)


@subscribe(AccessRequested)
def on_access_requested(fact: AccessRequested) -> None:
    """Everybody who may agree is asked. Repeatable: a message is queued once."""
    access_request_tell(request_id=fact.request_id)
