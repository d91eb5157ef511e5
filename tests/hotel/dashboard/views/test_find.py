"""One field for rooms, stays, guests, steps and pages; it works as a plain page."""

from django.utils.translation import override

from hotel.core import access_notes
from hotel.dashboard.selectors.finding import act_of
from tests.factories.guests import guest_make


def text_of(answer):
    return answer.content.decode()


def test_a_name_leads_to_the_stay(house, desk):
    stay = house.reserve(0, 2, primary_guest=guest_make(house.place, first_name="Anna", last_name="Moser"))

    page = text_of(desk.get("/dashboard/find", {"q": "moser"}))

    assert f'<a href="/dashboard/reservations/{stay.pk}">Anna Moser' in page
    assert 'value="moser"' in page


def test_a_name_leads_to_the_guest_too_and_that_he_was_shown_is_noted(house, desk, monkeypatch):
    anna, noted = guest_make(house.place, first_name="Anna", last_name="Moser", city="Graz"), []
    monkeypatch.setattr(access_notes, "_sinks", [noted.extend])

    page = text_of(desk.get("/dashboard/find", {"q": "moser"}))

    assert page.count('href="/dashboard/guests/') == 1
    assert f'href="/dashboard/guests/{anna.pk}"' in page
    assert "0 stays · Graz" in " ".join(page.split())
    assert [(note.kind, note.subjects) for note in noted] == [("search", (anna.pk,))]
    assert "/dashboard/guests/" not in text_of(desk.get("/dashboard/find", {"q": "m"}))
    assert "/dashboard/guests/" not in text_of(desk.get("/dashboard/find", {"q": "check in 101"}))


def test_an_act_is_understood_in_the_language_of_the_reader_and_in_english(house):
    with override("de"):
        assert act_of("> einchecken 101") == ("check in", "101")
        assert act_of("Check in 101") == ("check in", "101")
    assert act_of("einchecken 101") is None
    assert act_of("check in") is None


def test_a_page_of_the_navigation_is_found(house, desk):
    page = text_of(desk.get("/dashboard/find", {"q": "night"}))

    assert page.split('id="hits"')[1].count('href="/dashboard/night-audit"') == 1


def test_nothing_is_said_with_a_hint_and_what_was_typed_is_only_text(house, desk):
    page = text_of(desk.get("/dashboard/find", {"q": "<script>\0"}))

    assert "Nothing is found for “&lt;script&gt;”." in page
    assert "an act such as" in text_of(desk.get("/dashboard/find"))


def test_whoever_works_nowhere_is_refused(cast, signed_in):
    assert signed_in(cast.ida).get("/dashboard/find", {"q": "101"}).status_code == 403


def test_a_role_without_reservations_finds_its_pages_only(house, cast, signed_in):
    stay = house.reserve(0, 2)
    page = text_of(signed_in(cast.di).get("/dashboard/find", {"q": stay.number}))

    assert "Nothing is found" in page
