"""What reservations gives to the house."""

from hotel.core.plugs import ComponentPlug

PLUG = ComponentPlug(area="reservations", verbs=("view", "manage", "override", "assign"))
