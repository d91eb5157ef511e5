"""What rates gives to the house."""

from hotel.core.plugs import ComponentPlug

PLUG = ComponentPlug(
    area="rates",
    verbs=("view", "manage", "override"),
    demo="hotel.rates.services.demo.demo_seed",
    invariants=("hotel.rates.invariants.invariants",),
)
