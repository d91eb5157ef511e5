"""The demo's people: one for each seeded role, with log-ins that work and rights where they belong."""

import pytest
from django.contrib.auth import authenticate

from hotel.accounts.domain.role_matrix import ROLE_MATRIX
from hotel.accounts.models import ApiToken, RoleAssignment, User
from hotel.accounts.services import demo
from hotel.properties.scoping import grants_of
from hotel.properties.services.demo import demo_places
from hotel.properties.services.demo import demo_seed as properties_seed

PASSWORD = "moonlit-orchard-77"


@pytest.fixture
def seeded(db, settings):
    """What the demo said, with a password from the settings."""
    settings.DEMO_PASSWORD = PASSWORD
    properties_seed(say=lambda text: None)
    said: list[str] = []
    demo.demo_seed(say=said.append)
    return said


def test_every_role_has_somebody_who_can_log_in_and_a_second_run_adds_nobody(seeded):
    assert {person.role for person in demo.PEOPLE} == set(ROLE_MATRIX)
    lines = [line.split(maxsplit=3) for line in seeded[:-1]]
    assert [(mark, password) for mark, _, password, _ in lines] == [("log-in", PASSWORD)] * 18
    assert [name for _, name, _, _ in lines] == ["owner", *(person.username for person in demo.PEOPLE)]
    for _, name, password, _ in lines:
        assert authenticate(username=name, password=password) == User.objects.get(username=name)

    again: list[str] = []
    demo.demo_seed(say=again.append)
    assert again == seeded[:-1]
    assert ApiToken.objects.count() == 1
    assert User.objects.filter(is_staff=True).count() == len(demo.PEOPLE) + 1
    assert RoleAssignment.objects.count() == len(demo.PEOPLE) + 1


def test_rights_are_where_the_role_is_and_the_machine_has_a_token(seeded):
    city, resort = demo_places()

    def places(username, verb, area):
        return set(grants_of(User.objects.get(username=username)).property_ids(verb, area))

    assert places("jonas", "manage", "reservations") == {city.pk}
    assert places("yuki", "manage", "reservations") == {resort.pk}
    assert places("danuta", "status", "rooms") == {city.pk}
    assert places("danuta", "view", "reservations") == set()
    assert places("agnes", "view", "accounts") == {city.pk, resort.pk}
    assert places("agnes", "manage", "accounts") == set()
    assert places("george", "manage", "accounts") == {city.pk, resort.pk}

    mark, secret = seeded[-1].rsplit(maxsplit=1)
    assert mark == "log-in  API token of web-shop:"
    token = ApiToken.objects.get()
    assert secret.startswith(token.prefix)
    assert token.properties.count() == 2
    assert token.user.is_machine
    assert not token.user.has_usable_password()


def test_without_a_password_in_the_settings_one_is_made_and_told_once(db, settings):
    settings.DEMO_PASSWORD = ""
    properties_seed(say=lambda text: None)
    said: list[str] = []
    demo.demo_seed(say=said.append)
    password = said[0].split()[2]
    assert authenticate(username="helena", password=password).get_username() == "helena"
    demo.demo_seed(say=said.append)
    assert len(said) == len(demo.PEOPLE) + 2
