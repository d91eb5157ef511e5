"""What properties give to the house."""

from hotel.core.plugs import AdminGroup, ComponentPlug, Schedule

PLUG = ComponentPlug(
    area="properties",
    verbs=("view", "manage"),
    admin=(AdminGroup("The hotel, its settings and age bands", 40, desk=("dashboard:setup",)),),
    schedules=(
        Schedule("properties: end restraints", "hotel.properties.tasks.restraints_end", every_seconds=60),
    ),
    demo="hotel.properties.services.demo.demo_seed",
    invariants=("hotel.properties.invariants.invariants",),
    impersonal={
        "properties.Property.logo": "of the hotel",
        "properties.Property.address": "of the hotel",
        "properties.Property.phone": "of the hotel",
        "properties.Property.email": "of the hotel",
        "properties.PropertySetting.value": "settings of the hotel, and addresses that its own reports go to",
    },
)
