import pytest

from hotel.accounts.services.roles import role_assign
from hotel.folios.models import Folio
from hotel.stays.services.check_in import check_in
from tests.contracts.queries import queries_of
from tests.factories.accounts import role_make, user_make
from tests.factories.folios import charge_make


def test_the_chart_begins_yesterday_for_those_who_leave_today(house, desk):
    page = desk.get("/dashboard/chart").content.decode()
    assert 'data-first="2027-03-13" data-days="14" data-may-move>' in page
    assert page.count('<div class="dh') == 14
    assert '<div class="dh we now">' in page


@pytest.mark.parametrize(("asked", "shown"), [("7", 7), ("60", 60), ("28", 14), ("x", 14)])
def test_only_some_lengths_are_drawn(house, desk, asked, shown):
    page = desk.get(f"/dashboard/chart?days={asked}").content.decode()
    assert page.count('<div class="dh') == shown


def test_who_may_not_assign_sees_it_and_gets_no_hands(house, cast, signed_in):
    page = signed_in(cast.cy).get("/dashboard/chart").content.decode()
    assert "data-may-move" not in page
    assert "js/chart.js" not in page
    assert "chart-form" not in page
    assert "Room 101" in page


def test_the_list_is_one_step_away_and_stays_without_a_room_are_counted(house, desk):
    house.reserve(1, 2)
    page = desk.get("/dashboard/chart").content.decode()
    assert 'href="/dashboard/rack?from=2027-03-13"' in page
    assert "1 stay without a room" in page


def test_the_page_costs_few_queries(house, desk):
    desk.get("/dashboard/chart")
    assert len(queries_of(lambda: desk.get("/dashboard/chart"))) <= 14


def test_only_the_rooms_asked_for_are_drawn_and_the_links_keep_asking(house, desk):
    page = desk.get("/dashboard/chart?number=10&days=7&status=clean").content.decode()
    assert "Room 101" in page
    assert "Room 901" not in page
    assert 'href="?number=10&amp;days=30&amp;status=clean&amp;from=2027-03-13"' in page
    assert '<input type="hidden" name="number" value="10">' in page


def test_no_room_like_that_leads_back_to_all(house, desk):
    page = desk.get("/dashboard/chart?number=77&days=7").content.decode()
    assert "No room is like that." in page
    assert 'href="?days=7&amp;view=all"' in page
    assert "js/chart" not in page


def test_the_card_tells_the_stay_and_what_it_owes_to_those_who_may_see_it(house, desk, cast, signed_in):
    stay = house.reserve(0, 2)
    check_in(reservation=stay, actor=None, room=house.rooms[0])
    charge_make(Folio.objects.get(reservation=stay), 11)
    stay.notes.create(property=house.place, kind="alert", text="Allergic to feathers")

    card = desk.get(f"/dashboard/chart/stays/{stay.pk}").content.decode()
    assert stay.number in card
    assert "EUR 11.00" in card
    assert "Allergic to feathers" in card
    assert "<html" not in card
    looker, role = user_make(house.place, username="looker"), role_make(cast.chain, "reservations.view")
    role_assign(user=looker, role=role, place=house.place)
    told = signed_in(looker).get(f"/dashboard/chart/stays/{stay.pk}").content.decode()
    assert stay.number in told
    assert "EUR 11.00" not in told
    assert signed_in(cast.eve).get(f"/dashboard/chart/stays/{stay.pk}").status_code == 404
