"""How it looks to you: kept, shown by the next page, and nobody else's."""

import pytest
from django.test import Client

from hotel.accounts.models import User


@pytest.fixture
def page(cast) -> Client:
    client = Client()
    client.force_login(cast.bo)
    return client


def test_what_is_chosen_is_on_every_page(page, cast):
    sent = page.post("/account/look", {"theme": "dark", "density": "touch"})
    shown = page.get("/dashboard").content.decode()

    assert (sent.status_code, sent["Location"]) == (302, "/account/look")
    assert 'data-theme="dark" data-density="touch"' in shown
    assert 'aria-labelledby="keys-title" data-off' in shown
    bo, cy = User.objects.get(username="bo"), User.objects.get(username="cy")
    assert (bo.theme, bo.density, bo.are_keys_on) == ("dark", "touch", False)
    assert (cy.theme, cy.density, cy.are_keys_on) == ("", "", True)


def test_the_form_shows_what_is_kept(page):
    page.post("/account/look", {"theme": "light", "density": "compact", "are_keys_on": "on"})
    form = page.get("/account/look").context["form"]

    assert form.initial == {"theme": "light", "density": "compact", "are_keys_on": True}


def test_what_there_is_not_is_refused_where_it_was_chosen(page):
    refused = page.post("/account/look", {"theme": "pink", "density": ""})

    assert refused.status_code == 200
    assert "pink is not one of the available choices" in refused.content.decode()
    assert User.objects.get(username="bo").theme == ""


def test_who_is_not_signed_in_is_led_to_the_door(cast):
    assert Client().get("/account/look")["Location"] == "/login?next=/account/look"
