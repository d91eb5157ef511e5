"""What rates gives to the house."""

from hotel.core.plugs import ComponentPlug

PLUG = ComponentPlug(area="rates", verbs=("view", "manage", "override"))
