"""What the staff shell gives to the house."""

from hotel.core.plugs import ComponentPlug, NavItem, SocketRoute

AREA = "reservations"

PLUG = ComponentPlug(
    area="dashboard",
    verbs=("view",),
    sockets=(SocketRoute("desk/<int:place>", "hotel.dashboard.consumers.LiveSocket"),),
    navigation=(
        NavItem("Today", "dashboard:today", AREA, icon="layout-dashboard", order=10),
        NavItem("New booking", "dashboard:booking_new", AREA, verb="manage", icon="plus", order=20),
        NavItem("Walk-in", "dashboard:walk_in", "stays", verb="manage", icon="log-in", order=25),
        NavItem("Tape chart", "dashboard:chart", AREA, icon="calendar-days", order=30),
        NavItem("Reservations", "dashboard:reservation_list", AREA, icon="clipboard-list", order=40),
        NavItem("Folios", "dashboard:folio_list", "folios", icon="wallet", order=45),
        NavItem("Till", "dashboard:till", "folios", verb="post", icon="key-round", order=46),
        NavItem("City ledger", "dashboard:city_ledger", "folios", icon="building-2", order=47),
        NavItem("Availability", "dashboard:availability", AREA, icon="gauge", order=50),
        NavItem("Groups", "dashboard:block_list", AREA, icon="users", order=60),
        NavItem("Waiting list", "dashboard:waitlist", AREA, icon="clock", order=70),
        NavItem("Night audit", "dashboard:night_audit", "stays", icon="moon-star", order=80),
        NavItem("Administration", "admin:index", "accounts", verb="manage", icon="settings", order=90),
    ),
)
