"""How the desk looks to a person: kept for him alone, and only what there is."""

import pytest

from hotel.accounts.models import User
from hotel.accounts.services.looks import look_choose
from hotel.core.exceptions import InvalidInput


def looks(*people):
    rows = User.objects.filter(pk__in=[person.pk for person in people]).order_by("username")
    return list(rows.values_list("username", "theme", "density", "are_keys_on", "language"))


def test_a_look_is_kept_for_the_person_alone(cast):
    look_choose(user=cast.bo, theme="dark", density="compact", are_keys_on=False, language="de")

    assert looks(cast.bo, cast.cy) == [("bo", "dark", "compact", False, "de"), ("cy", "", "", True, "en")]


@pytest.mark.parametrize(
    ("theme", "density", "language", "code"),
    [
        ("pink", "", "en", "look_unknown"),
        ("", "tiny", "en", "look_unknown"),
        ("", "", "tlh", "language_unknown"),
    ],
)
def test_a_look_that_is_none_is_refused(cast, theme, density, language, code):
    with pytest.raises(InvalidInput) as refused:
        look_choose(user=cast.bo, theme=theme, density=density, are_keys_on=False, language=language)

    assert refused.value.code == code
    assert looks(cast.bo) == [("bo", "", "", True, "en")]
