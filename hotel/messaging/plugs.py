"""What messaging gives to the house."""

from hotel.core.plugs import ComponentPlug

PLUG = ComponentPlug(area="messaging", verbs=("view", "manage", "send"))
