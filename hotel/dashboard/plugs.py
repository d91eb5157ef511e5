"""What the staff shell gives to the house."""

from hotel.core.plugs import ComponentPlug, NavItem

PLUG = ComponentPlug(
    area="dashboard",
    verbs=("view",),
    navigation=(
        NavItem("Today", "dashboard:today", "reservations", icon="layout-dashboard", order=10),
        NavItem("New booking", "dashboard:booking_new", "reservations", verb="manage", icon="plus", order=20),
        NavItem(
            "Reservations", "dashboard:reservation_list", "reservations", icon="clipboard-list", order=30
        ),
        NavItem("Rack", "dashboard:rack", "reservations", icon="calendar-days", order=40),
        NavItem("Availability", "dashboard:availability", "reservations", icon="gauge", order=50),
        NavItem("Administration", "admin:index", "accounts", verb="manage", icon="settings", order=90),
    ),
)
