"""The first page of the administration, by what a person does: groups in the hotel's words, and the way to the desk."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from hotel.core.plugs import AdminGroup, NavItem, plugs, plugs_by_component
from hotel.dashboard.shell import shell_of


def by_deed(request: HttpRequest, context: dict[str, Any]) -> dict[str, Any]:
    """Regroup what Django lists by app; called by Unfold for the first page only.

    Only models that the person may see are listed, as Django says; a group of which nothing is left is absent. Where
    the desk has the real flow, its page stands first in the group, for who may open it.
    """
    apps = context["app_list"]
    rows = {f"{app['app_label']}.{row['object_name']}": (app, row) for app in apps for row in app["models"]}
    found = []
    for group, labels in groups(list(rows)):
        models = [rows[label][1] for label in labels]
        if models:
            app = rows[labels[0]][0]
            found.append(
                {
                    **app,
                    "name": str(group.title),
                    "models": [*_desk(request, group), *models],
                }
            )
    return {**context, "app_list": found, "title": _("Administration")}


def groups(labels: list[str]) -> list[tuple[AdminGroup, list[str]]]:
    """Each group in order with those of the labels that stand in it, in their own order.

    A group that names no models has those of its app that no other names; the last group has what is nobody's, such as
    the tables of other people's packages.
    """
    by_app = [
        (component.rpartition(".")[2], group)
        for component, plug in plugs_by_component().items()
        for group in plug.admin
    ]
    named = {label for _app, group in by_app for label in group.models}
    left = [label for label in labels if label not in named]
    whole = {app for app, group in by_app if not group.models}
    found = []
    for app, group in sorted(by_app, key=lambda pair: pair[1].order):
        mine = [label for label in labels if label in group.models] if group.models else []
        if not group.models:
            mine = [label for label in left if label.partition(".")[0] == app]
        if group.takes_others:
            mine += [label for label in left if label.partition(".")[0] not in whole]
        found.append((group, mine))
    return found


def _desk(request: HttpRequest, group: AdminGroup) -> list[dict[str, Any]]:
    """The pages of the desk of a group, as rows of Django's list."""
    items: dict[str, NavItem] = {item.route: item for plug in plugs() for item in plug.navigation}
    may = shell_of(request).may
    return [
        {
            "name": _("%(page)s, at the desk") % {"page": items[route].title},
            "object_name": "desk",
            "admin_url": reverse(route),
            "add_url": None,
            "view_only": True,
            "perms": {"view": True},
        }
        for route in group.desk
        if may(items[route].verb, items[route].area)
    ]
