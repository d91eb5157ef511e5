"""What dashboard gives to the house."""

from hotel.core.plugs import ComponentPlug

PLUG = ComponentPlug(area="dashboard", verbs=("view",))
