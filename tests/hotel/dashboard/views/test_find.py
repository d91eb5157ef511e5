"""One field for rooms, stays, guests, steps and pages; it works as a plain page."""

from tests.factories.guests import guest_make


def text_of(answer):
    return answer.content.decode()


def test_a_name_leads_to_the_stay(house, desk):
    stay = house.reserve(0, 2, primary_guest=guest_make(house.place, first_name="Anna", last_name="Moser"))

    page = text_of(desk.get("/dashboard/find", {"q": "moser"}))

    assert f'<a href="/dashboard/reservations/{stay.pk}">Anna Moser' in page
    assert 'value="moser"' in page


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
