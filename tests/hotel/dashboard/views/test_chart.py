import pytest

from tests.contracts.queries import queries_of


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
