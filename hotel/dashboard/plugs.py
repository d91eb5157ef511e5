"""What the staff shell gives to the house."""

from django.utils.translation import gettext_lazy as _

from hotel.core.plugs import ComponentPlug, NavItem, SocketRoute

AREA = "reservations"

PLUG = ComponentPlug(
    area="dashboard",
    verbs=("view",),
    sockets=(SocketRoute("desk/<int:place>", "hotel.dashboard.consumers.LiveSocket"),),
    navigation=(
        NavItem(_("Today"), "dashboard:today", AREA, icon="layout-dashboard", order=10, key="t"),
        NavItem(
            _("New booking"), "dashboard:booking_new", AREA, verb="manage", icon="plus", order=20, key="n"
        ),
        NavItem(_("Walk-in"), "dashboard:walk_in", "stays", verb="manage", icon="log-in", order=25, key="i"),
        NavItem(_("Tape chart"), "dashboard:chart", AREA, icon="calendar-days", order=30, key="c"),
        NavItem(
            _("My rooms"),
            "dashboard:my_rooms",
            "operations",
            verb="work",
            icon="brush-cleaning",
            order=34,
            key="y",
        ),
        NavItem(_("Rooms"), "dashboard:board", "rooms", verb="status", icon="bed-double", order=35, key="h"),
        NavItem(_("Tasks"), "dashboard:task_board", "operations", icon="wrench", order=36, key="k"),
        NavItem(
            _("Rounds"),
            "dashboard:rounds",
            "operations",
            verb="manage",
            icon="clipboard-list",
            order=37,
            key="d",
        ),
        NavItem(_("Handover"), "dashboard:handover", "operations", icon="flag", order=39, is_home=False),
        NavItem(_("Lost & found"), "dashboard:lost", "operations", icon="boxes", order=38, key="o"),
        NavItem(
            _("Reservations"), "dashboard:reservation_list", AREA, icon="clipboard-list", order=40, key="r"
        ),
        NavItem(
            _("Guests"), "dashboard:guests", "guests", icon="user-round", order=42, key="g", is_home=False
        ),
        NavItem(
            _("Messages"),
            "dashboard:messages",
            "messaging",
            icon="message-square",
            order=43,
            key="q",
            is_home=False,
        ),
        NavItem(_("Folios"), "dashboard:folio_list", "folios", icon="wallet", order=45, key="f"),
        NavItem(_("Till"), "dashboard:till", "folios", verb="post", icon="key-round", order=46, key="m"),
        NavItem(_("City ledger"), "dashboard:city_ledger", "folios", icon="building-2", order=47, key="l"),
        NavItem(_("Availability"), "dashboard:availability", AREA, icon="gauge", order=50, key="v"),
        NavItem(_("Revenue"), "dashboard:revenue", "rates", icon="chart-column", order=73, key="s"),
        NavItem(_("Rates"), "dashboard:rates", "rates", icon="tags", order=74, key="e"),
        NavItem(_("Groups"), "dashboard:block_list", AREA, icon="users", order=60, key="b"),
        NavItem(_("Waiting list"), "dashboard:waitlist", AREA, icon="clock", order=70, key="w"),
        NavItem(_("Papers"), "dashboard:papers", "papers", icon="printer", order=75, key="p"),
        NavItem(_("Night audit"), "dashboard:night_audit", "stays", icon="moon-star", order=80, key="u"),
        NavItem(_("People"), "dashboard:people", "accounts", icon="user-round", order=87),
        NavItem(
            _("Set up"),
            "dashboard:setup",
            "properties",
            verb="manage",
            icon="building-2",
            order=88,
        ),
        NavItem(
            _("Administration"), "admin:index", "accounts", verb="manage", icon="settings", order=90, key="a"
        ),
    ),
)
