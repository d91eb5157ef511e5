"""What properties give to the house."""

from hotel.core.plugs import ComponentPlug

PLUG = ComponentPlug(
    area="properties",
    verbs=("view", "manage"),
    demo="hotel.properties.services.demo.demo_seed",
    invariants=("hotel.properties.invariants.invariants",),
    impersonal={
        "properties.Property.logo": "of the hotel",
        "properties.Property.address": "of the hotel",
        "properties.Property.phone": "of the hotel",
        "properties.Property.email": "of the hotel",
        "properties.PropertySetting.value": "settings of the hotel",
    },
)
