from datetime import UTC, datetime

from django.utils import timezone


def test_times_are_those_of_the_property_and_the_servers_zone_is_back_afterwards(house, desk):
    stay = house.reserve(1, 1, status="option", hold_until=datetime(2099, 1, 1, 23, 30, tzinfo=UTC))

    page = desk.get(f"/dashboard/reservations/{stay.pk}").content.decode()

    assert "Fri 2 Jan 2099 00:30" in page
    assert timezone.get_current_timezone_name() == "UTC"


def test_someone_without_any_property_is_refused_and_a_visitor_asked_to_log_in(cast, signed_in, client):
    assert signed_in(cast.ida).get("/dashboard").status_code == 403
    assert client.get("/dashboard/rack")["Location"] == "/login?next=/dashboard/rack"


def refreshed(desk, path, place):
    """What a page gets that asks by itself for what has changed on it."""
    return desk.get(path, headers={"HX-Request": "true", "X-Refresh": str(place.pk)})


def test_a_page_that_asks_by_itself_gets_its_part_and_no_frame(house, desk):
    page = refreshed(desk, "/dashboard", house.place).content.decode()

    assert page.count('id="page"') == 1
    assert '<strong id="bizdate" hx-swap-oob="true">Sun 14 Mar 2027</strong>' in page
    assert "Arrivals due" in page
    assert not any(frame in page for frame in ("<!doctype", "<nav", "</main>", "</html>"))


def test_a_refresh_uses_up_no_words_that_somebody_is_owed(house, desk):
    desk.post("/dashboard/property", {"property": "0"})
    assert "You hold no right" not in refreshed(desk, "/dashboard", house.place).content.decode()

    assert "You hold no right at that property." in desk.get("/dashboard").content.decode()


def test_a_page_of_another_property_is_told_to_load_anew(house, desk, cast):
    answer = refreshed(desk, "/dashboard", cast.beta)

    assert (answer.status_code, answer["HX-Refresh"], answer.content) == (200, "true", b"")


def test_pages_name_their_topics(house, desk):
    stay = house.reserve(1, 2)
    pages = {
        "/dashboard": "rooms availability reservations tasks",
        "/dashboard/rack": "rooms availability reservations",
        f"/dashboard/reservations/{stay.pk}": f"reservation:{stay.pk}",
        "/dashboard/night-audit": "audit reservations folios papers",
        "/dashboard/waitlist": "",
    }
    for path, topics in pages.items():
        assert f'data-live="{topics}"' in desk.get(path).content.decode(), path
