"""What security gives to the house."""

from hotel.core.plugs import ComponentPlug

PLUG = ComponentPlug(area="security", verbs=("view", "manage", "respond", "approve"))
