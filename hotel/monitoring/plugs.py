"""What monitoring gives to the house."""

from hotel.core.plugs import ComponentPlug

PLUG = ComponentPlug(area="monitoring", verbs=("view", "manage"))
