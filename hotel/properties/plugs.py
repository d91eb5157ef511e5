"""What properties give to the house."""

from hotel.core.plugs import ComponentPlug

PLUG = ComponentPlug(
    area="properties",
    verbs=("view", "manage"),
    demo="hotel.properties.services.demo.demo_seed",
    invariants=("hotel.properties.invariants.invariants",),
)
