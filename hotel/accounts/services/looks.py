"""How the desk looks to a person, in which language, and whether single keys do something."""

from django.conf import settings
from django.db import transaction

from hotel.accounts.choices import Density, Theme
from hotel.accounts.models import User
from hotel.core.exceptions import InvalidInput
from hotel.core.words import _


@transaction.atomic
def look_choose(*, user: User, theme: str, density: str, are_keys_on: bool, language: str) -> User:
    """Let all pages of the desk look so to a person, on every computer. Repeatable.

    Args:
        theme: of ``Theme``.
        density: of ``Density``.
        are_keys_on: whether keys without Ctrl lead anywhere.
        language: of ``settings.LANGUAGES``.

    Raises:
        InvalidInput: no such theme, density or language.
    """
    if theme not in Theme.values or density not in Density.values:
        raise InvalidInput(
            _("There is no look '%(theme)s' or '%(density)s'.") % {"theme": theme, "density": density},
            code="look_unknown",
        )
    if language not in dict(settings.LANGUAGES):
        raise InvalidInput(
            _("No page is in the language '%(language)s'.") % {"language": language}, code="language_unknown"
        )
    user.theme, user.density, user.are_keys_on, user.language = theme, density, are_keys_on, language
    user.save(update_fields=["theme", "density", "are_keys_on", "language"])
    return user
