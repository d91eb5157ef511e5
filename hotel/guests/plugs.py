"""What guests gives to the house."""

from hotel.core.plugs import ComponentPlug

PLUG = ComponentPlug(area="guests", verbs=("view", "manage", "merge"))
