"""What rooms gives to the house."""

from hotel.core.plugs import ComponentPlug

PLUG = ComponentPlug(area="rooms", verbs=("view", "manage", "status", "block"))
