"""What the staff shell gives to the house."""

from hotel.core.plugs import ComponentPlug, NavItem, SocketRoute

AREA = "reservations"

PLUG = ComponentPlug(
    area="dashboard",
    verbs=("view",),
    sockets=(SocketRoute("desk/<int:place>", "hotel.dashboard.consumers.LiveSocket"),),
    navigation=(
        NavItem("Today", "dashboard:today", AREA, icon="layout-dashboard", order=10, key="t"),
        NavItem("New booking", "dashboard:booking_new", AREA, verb="manage", icon="plus", order=20, key="n"),
        NavItem("Walk-in", "dashboard:walk_in", "stays", verb="manage", icon="log-in", order=25, key="i"),
        NavItem("Tape chart", "dashboard:chart", AREA, icon="calendar-days", order=30, key="c"),
        NavItem(
            "My rooms",
            "dashboard:my_rooms",
            "operations",
            verb="work",
            icon="brush-cleaning",
            order=34,
            key="y",
        ),
        NavItem("Rooms", "dashboard:board", "rooms", verb="status", icon="bed-double", order=35, key="h"),
        NavItem("Tasks", "dashboard:task_board", "operations", icon="wrench", order=36, key="k"),
        NavItem(
            "Rounds",
            "dashboard:rounds",
            "operations",
            verb="manage",
            icon="clipboard-list",
            order=37,
            key="d",
        ),
        NavItem("Lost & found", "dashboard:lost", "operations", icon="boxes", order=38, key="o"),
        NavItem("Reservations", "dashboard:reservation_list", AREA, icon="clipboard-list", order=40, key="r"),
        NavItem("Guests", "dashboard:guests", "guests", icon="user-round", order=42, key="g"),
        NavItem("Folios", "dashboard:folio_list", "folios", icon="wallet", order=45, key="f"),
        NavItem("Till", "dashboard:till", "folios", verb="post", icon="key-round", order=46, key="m"),
        NavItem("City ledger", "dashboard:city_ledger", "folios", icon="building-2", order=47, key="l"),
        NavItem("Availability", "dashboard:availability", AREA, icon="gauge", order=50, key="v"),
        NavItem("Revenue", "dashboard:revenue", "rates", icon="chart-column", order=73, key="s"),
        NavItem("Rates", "dashboard:rates", "rates", icon="tags", order=74, key="e"),
        NavItem("Groups", "dashboard:block_list", AREA, icon="users", order=60, key="b"),
        NavItem("Waiting list", "dashboard:waitlist", AREA, icon="clock", order=70, key="w"),
        NavItem("Papers", "dashboard:papers", "papers", icon="printer", order=75, key="p"),
        NavItem("Night audit", "dashboard:night_audit", "stays", icon="moon-star", order=80, key="u"),
        NavItem("People", "dashboard:people", "accounts", icon="user-round", order=87),
        NavItem(
            "Set up",
            "dashboard:setup",
            "properties",
            verb="manage",
            icon="building-2",
            order=88,
        ),
        NavItem(
            "Administration", "admin:index", "accounts", verb="manage", icon="settings", order=90, key="a"
        ),
    ),
)
