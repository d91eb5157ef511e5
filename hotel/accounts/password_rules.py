"""The house's own rules for passwords, in the form that Django asks."""

from typing import Any

from django.core.exceptions import ValidationError

from hotel.accounts.adapters.stolen_passwords import times_stolen
from hotel.accounts.domain.passwords import (
    HOUSE_WORDS,
    LEAST_COUNTED,
    counted_length,
    names_split,
)
from hotel.core.words import _
from hotel.properties.models import Property


class HouseWordsRule:
    """Words of the house, its hotels and its trade do not count towards the length of a password."""

    def validate(self, password: str, user: Any = None) -> None:
        """Refuse what is too short without them (``password_house_words``).

        Raises:
            ValidationError: fewer than twelve characters are left.
        """
        if counted_length(password, {*HOUSE_WORDS, *_names(user)}) < LEAST_COUNTED:
            raise ValidationError(
                _(
                    "Names of the hotel and words like “hotel” or “welcome” are guessed first and do not "
                    "count: add %(least_counted)s other characters, such as three more words."
                )
                % {"least_counted": LEAST_COUNTED},
                code="password_house_words",
            )

    def get_help_text(self) -> str:
        """See Django."""
        return _(
            "Without names of the hotel and words like “hotel”, %(least_counted)s characters must be left."
        ) % {"least_counted": LEAST_COUNTED}


class StolenRule:
    """Passwords on the lists of stolen ones are refused, when there is somebody to ask."""

    def validate(self, password: str, user: Any = None) -> None:
        """Refuse what was stolen (``password_stolen``).

        Raises:
            ValidationError: it is on the lists.
        """
        if times_stolen(password):
            raise ValidationError(
                _(
                    "This password is on lists of stolen ones that attackers try first. Choose another, and change it "
                    "wherever else you use it."
                ),
                code="password_stolen",
            )

    def get_help_text(self) -> str:
        """See Django."""
        return _("It must not be on the lists of stolen passwords.")


def _names(user: Any) -> set[str]:
    """Words in the names of the person's chain and its hotels."""
    chain_id = getattr(user, "chain_id", None)
    if chain_id is None:
        return set()
    rows = Property.objects.filter(chain=chain_id).values_list("chain__name", "name", "brand_name", "code")
    return names_split(name for row in rows for name in row)
