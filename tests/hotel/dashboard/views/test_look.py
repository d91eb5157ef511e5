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
    sent = page.post("/account/look", {"theme": "dark", "density": "touch", "language": "en"})
    shown = page.get("/dashboard").content.decode()

    assert (sent.status_code, sent["Location"]) == (302, "/account/look")
    assert 'data-theme="dark" data-density="touch"' in shown
    assert 'aria-labelledby="keys-title" data-off' in shown
    bo, cy = User.objects.get(username="bo"), User.objects.get(username="cy")
    assert (bo.theme, bo.density, bo.are_keys_on) == ("dark", "touch", False)
    assert (cy.theme, cy.density, cy.are_keys_on) == ("", "", True)


def test_the_form_shows_what_is_kept(page):
    page.post(
        "/account/look", {"theme": "light", "density": "compact", "are_keys_on": "on", "language": "en"}
    )
    form = page.get("/account/look").context["form"]

    assert form.initial == {"theme": "light", "density": "compact", "are_keys_on": True, "language": "en"}


def test_what_there_is_not_is_refused_where_it_was_chosen(page):
    refused = page.post("/account/look", {"theme": "pink", "density": "", "language": "en"})

    assert refused.status_code == 200
    assert "pink is not one of the available choices" in refused.content.decode()
    assert User.objects.get(username="bo").theme == ""


def test_pages_speak_the_language_of_the_person_and_of_nobody_else(page, cast):
    page.post("/account/look", {"language": "de"})
    colleague = Client(headers={"Accept-Language": "es"})
    colleague.force_login(cast.cy)
    stranger = Client(headers={"Accept-Language": "de-AT"})

    own, others, door = page.get("/account/look"), colleague.get("/account/look"), stranger.get("/login")

    assert [answer["Content-Language"] for answer in (own, others, door)] == ["de", "en", "de"]
    assert '<html lang="de"' in own.content.decode()
    assert "<h1>Wie es für Sie aussieht</h1>" in own.content.decode()
    assert "How it looks to you" in others.content.decode()


def test_who_is_not_signed_in_is_led_to_the_door(cast):
    assert Client().get("/account/look")["Location"] == "/login?next=/account/look"
