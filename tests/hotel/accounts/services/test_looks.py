"""How the desk looks to a person: kept for him alone, and only what there is."""

import pytest

from hotel.accounts.models import User
from hotel.accounts.services.looks import look_choose
from hotel.core.exceptions import InvalidInput


def looks(*people):
    rows = User.objects.filter(pk__in=[person.pk for person in people]).order_by("username")
    return list(rows.values_list("username", "theme", "density", "are_keys_on"))


def test_a_look_is_kept_for_the_person_alone(cast):
    look_choose(user=cast.bo, theme="dark", density="compact", are_keys_on=False)

    assert looks(cast.bo, cast.cy) == [("bo", "dark", "compact", False), ("cy", "", "", True)]


@pytest.mark.parametrize(("theme", "density"), [("pink", ""), ("", "tiny")])
def test_a_look_that_is_none_is_refused(cast, theme, density):
    with pytest.raises(InvalidInput) as refused:
        look_choose(user=cast.bo, theme=theme, density=density, are_keys_on=False)

    assert refused.value.code == "look_unknown"
    assert looks(cast.bo) == [("bo", "", "", True)]
