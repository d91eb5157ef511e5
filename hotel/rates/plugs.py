"""What rates gives to the house."""

from hotel.core.plugs import ComponentPlug
from hotel.rates.personal import IMPERSONAL, PERSONAL

PLUG = ComponentPlug(
    area="rates",
    verbs=("view", "manage", "override"),
    demo="hotel.rates.services.demo.demo_seed",
    invariants=("hotel.rates.invariants.invariants",),
    personal=PERSONAL,
    impersonal=IMPERSONAL,
)
