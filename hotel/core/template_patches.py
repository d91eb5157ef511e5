"""Other people's templates, a few lines put otherwise: what our policy forbids, and what screen readers miss.

Unfold's templates hold Alpine statements that need ``eval``, and inline styles; one gets the banner of who looks as
another. Copies of whole templates would go stale in silence; a text that is looked for and not found fails loudly, with
the name of the template.
"""

from django.template import Origin
from django.template.loaders import app_directories

# template -> (what it says, what it shall say)
PATCHES: dict[str, list[tuple[str, str]]] = {
    "unfold/layouts/skeleton.html": [
        ("unfold/js/alpine/alpine.js", "hotel/vendor/alpine-csp.min.js"),
        (
            "    <head>\n",
            '    <head>\n        <meta name="htmx-config" content=\'{"allowEval":false,"allowScriptTags":false,'
            '"includeIndicatorStyles":false}\'>\n',
        ),
        (
            """x-data="{
                  {% if opts %}activeTab: '{% tabs_primary_active inline_admin_formsets %}',{% endif %}
                  sidebarMobileOpen: false,
                  sidebarDesktopOpen: (localStorage.getItem('sidebarDesktopOpen') !== null) ? (localStorage.getItem('sidebarDesktopOpen') == '1') : true
                  }"
          x-init="
                  activeTab = {% if opts %}getCurrentTab() || '{% tabs_primary_active inline_admin_formsets %}'{% else %}''{% endif %};
                  $watch('sidebarDesktopOpen', value => localStorage.setItem('sidebarDesktopOpen', value ? '1' : '0'));
                 "
""",  # noqa: E501
            """x-data="house" data-tab="{% if opts %}{% tabs_primary_active inline_admin_formsets %}{% endif %}"
""",
        ),
        ("{% if colors %}\n            <style", "{% if False %}\n            <style"),
    ],
    "admin/base.html": [
        ("{% block header %}\n", '{% include "partials/acting.html" %}{% block header %}\n'),
        ('<div id="main" class=', '<div id="main" role="main" class='),  # readers jump to it
    ],
    "admin/change_form.html": [
        (
            "x-bind:action=\"activeTab && activeTab !== 'general' ? window.location.pathname + window.location.search"
            " + '#' + activeTab : window.location.pathname + window.location.search\"",
            'x-bind:action="formAction()"',
        ),
    ],
    "admin/change_list.html": [
        (
            "{% if not actions_on_top and not actions_on_bottom %}\n        <style>",
            "{% if False %}\n        <style>",
        ),
    ],
    "admin/actions.html": [
        (
            "x-bind:style=\"'width: ' + changeListWidth + 'px'\"",
            "x-bind:style=\"{ width: changeListWidth + 'px' }\"",
        ),
    ],
    "unfold/helpers/welcomemsg.html": [
        (
            "sidebarDesktopOpen = !sidebarDesktopOpen; localStorage.setItem('sidebarDesktopOpen', sidebarDesktopOpen ?"
            " '1' : '0');",
            "toggleSidebar()",
        ),
    ],
    "unfold/helpers/command.html": [
        (
            "if (!$event.metaKey && !$event.ctrlKey) selectItem({% if command_show_history %}true{% else %}false"
            "{% endif %}, false)",
            "handleEnter($event, {% if command_show_history %}true{% else %}false{% endif %})",
        ),
    ],
}


class PatchMissed(Exception):
    """A template does not say any more what a patch looks for: read its new version and renew the patch."""


class Loader(app_directories.Loader):
    """Django's loader of the apps' templates, with ``PATCHES`` applied."""

    def get_contents(self, origin: Origin) -> str:
        """See Django.

        Raises:
            PatchMissed: a text to be replaced is not there, or more than once.
        """
        contents = super().get_contents(origin)
        if "/unfold/" not in str(origin.name):
            return contents
        return patched(str(origin.template_name), contents)


def patched(name: str, contents: str) -> str:
    """The text of a template with its patches.

    Raises:
        PatchMissed: a text to be replaced is not there, or more than once.
    """
    for old, new in PATCHES.get(name, ()):
        if contents.count(old) != 1:
            raise PatchMissed(f"{name}: {old[:60]!r} stands there {contents.count(old)} times, not once.")
        contents = contents.replace(old, new)
    return contents
