"""WordedRule: an admin class of rules that say in words what they do, and lead to where they are tried.

How to use it, before ``ScopedAdmin`` or what derives from it::

    @admin.register(PromoCode)
    class PromoCodeAdmin(WordedRule, ScopedAdmin):
        trial_route, trial_words = "dashboard:promo_trial", "Try it on a stay"

        def in_words(self, row):
            return promo_in_words(promo_terms(row))

Words come from ``domain``; the page of the trial runs the rule itself on real rows and writes nothing.
"""

from typing import Any, ClassVar

from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html

from hotel.properties.admin_history import KeptHistory

UNSAVED = "Shown once it is saved."
LINK = "text-primary-600 underline dark:text-primary-500"


class WordedRule(KeptHistory):
    """What a rule says, and where it is tried, stand before its columns; its history leads back to older versions."""

    trial_route: ClassVar[str]
    trial_words: ClassVar[str]

    def in_words(self, row: Any) -> str:
        """The rule as it is saved, in plain words."""
        raise NotImplementedError

    @admin.display(description="What it says")
    def says(self, row: Any) -> str:
        """In plain words, as it is saved."""
        return self.in_words(row) if row.pk else UNSAVED

    @admin.display(description="Test")
    def trial(self, row: Any) -> str:
        """A link to the page of the desk where the rule is tried; the desk must work at its hotel."""
        if not row.pk:
            return UNSAVED
        address = reverse(self.trial_route, args=[row.pk])
        return format_html('<a class="{}" href="{}">{}</a>', LINK, address, self.trial_words)

    def get_fields(self, request: Any, obj: Any = None) -> list[Any]:
        """See Django."""
        first = ["says", "trial"]
        return [*first, *(name for name in super().get_fields(request, obj) if name not in first)]  # type: ignore[misc]

    def get_readonly_fields(self, request: Any, obj: Any = None) -> list[Any]:
        """See Django."""
        return ["says", "trial", *super().get_readonly_fields(request, obj)]  # type: ignore[misc]
