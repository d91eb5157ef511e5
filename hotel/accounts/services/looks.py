"""How the desk looks to a person, and whether single keys do something."""

from django.db import transaction

from hotel.accounts.choices import Density, Theme
from hotel.accounts.models import User
from hotel.core.exceptions import InvalidInput


@transaction.atomic
def look_choose(*, user: User, theme: str, density: str, are_keys_on: bool) -> User:
    """Let all pages of the desk look so to a person, on every computer. Repeatable.

    Args:
        theme: of ``Theme``.
        density: of ``Density``.
        are_keys_on: whether keys without Ctrl lead anywhere.

    Raises:
        InvalidInput: no such theme or density.
    """
    if theme not in Theme.values or density not in Density.values:
        raise InvalidInput(f"There is no look '{theme}' or '{density}'.", code="look_unknown")
    user.theme, user.density, user.are_keys_on = theme, density, are_keys_on
    user.save(update_fields=["theme", "density", "are_keys_on"])
    return user
