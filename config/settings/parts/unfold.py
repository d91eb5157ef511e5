"""The look of the admin: our colours and, for the strict content security policy, Alpine without eval."""

from django.templatetags.static import static

UNFOLD = {
    "SITE_TITLE": "Auberge",
    "SITE_HEADER": "Auberge",
    "SITE_SUBHEADER": "Administration",
    "SITE_SYMBOL": "hotel",
    "SITE_URL": "/dashboard",
    "SITE_FAVICONS": [
        {"rel": "icon", "type": "image/svg+xml", "href": lambda request: static("hotel/img/favicon.svg")}
    ],
    "DASHBOARD_CALLBACK": "hotel.dashboard.administration.by_deed",
    "SHOW_HISTORY": True,
    "STYLES": [lambda request: static("hotel/css/admin.css")],
    "SCRIPTS": [lambda request: static("hotel/js/admin_csp.js")],
    "SIDEBAR": {"show_search": True, "command_search": True, "show_all_applications": False},
    "COMMAND": {"search_models": False},
}
