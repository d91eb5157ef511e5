"""The page of one group block."""

from datetime import UTC, datetime, time, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hotel.accounts.models import Role
from hotel.accounts.services.roles import role_assign
from hotel.dashboard.selectors.blocks import PickUpDay
from hotel.dashboard.views.groups import pick_up_curve
from hotel.reservations.models import Reservation
from hotel.reservations.services.blocks import block_cut_off
from hotel.reservations.services.pick_up import RoomingRow, rooming_list_pick_up
from tests.cast import TODAY
from tests.factories.reservations import group_block_make, house_make


@pytest.fixture
def block(house):
    return group_block_make(house.place, rooms=2)


def words(answer):
    return answer.content.decode()


def test_the_list_leads_to_the_grid(block, desk):
    assert f'href="/dashboard/blocks/{block.pk}"' in words(desk.get("/dashboard/blocks"))
    page = words(desk.get(f"/dashboard/blocks/{block.pk}"))
    assert "<h1>Wedding</h1>" in page
    assert page.count("<td>2</td>") == 4  # two nights, and their sums
    assert "Left to pick up" in page


def test_rates_are_for_those_who_may_view_them(block, cast, desk, signed_in):
    path = f"/dashboard/blocks/{block.pk}?lens=rate"
    assert page_of(desk, path).count("<td>80.00</td>") == 2
    role = Role.objects.get(chain=cast.chain, code="food_beverage")
    role_assign(user=cast.ida, role=role, place=cast.alpha)
    other = page_of(signed_in(cast.ida), path)
    assert ("80.00" in other, "Rate</a>" in other) == (False, False)


def page_of(client, path):
    return words(client.get(path))


def picked_up(block, days_ago=0, count=1):
    rows = [
        RoomingRow(line, "", f"Guest {days_ago} {line}", "DBL", block.arrival, block.departure)
        for line in range(count)
    ]
    made = rooming_list_pick_up(block=block, rows=rows, actor=None)
    Reservation.objects.filter(pk__in=[stay.pk for stay in made]).update(
        booked_on=TODAY - timedelta(days=days_ago)
    )


def test_the_pick_up_is_drawn_against_the_contract_with_its_cut_off(house, desk):
    block = group_block_make(house.place, rooms=2, cutoff_on=TODAY + timedelta(days=2))
    assert "Pick-up by booking day" not in page_of(desk, f"/dashboard/blocks/{block.pk}")
    picked_up(block, 2)
    answer = desk.get(f"/dashboard/blocks/{block.pk}")
    curve = answer.context["curve"]
    # From the day before the first pick-up to the cut-off: what is to come is not drawn.
    assert [(tick.text) for tick in curve.columns] == [
        "11 Mar",
        "12 Mar",
        "13 Mar",
        "14 Mar",
        "15 Mar",
        "16 Mar",
    ]
    assert [path.path.count("L") for path in curve.lines] == [3, 5]
    assert [(mark.text, mark.at) for mark in curve.marks] == [("Cut-off 16 Mar", curve.columns[-1].at)]
    page = words(answer)
    assert "2 of 4 room nights" in page
    assert (
        '<th scope="row">Fri 12 Mar 2027</th><td class="num">2</td><td class="num">0</td><td class="num">2</td>'
        in page
    )


def test_a_long_history_is_drawn_by_several_days_a_column(block):
    days = [PickUpDay(TODAY - timedelta(days=399), 2, 0, 2), PickUpDay(TODAY, 2, 0, 4)]
    curve = pick_up_curve(block, 4, days, TODAY)
    assert curve.lines[0].path.count("L") == curve.lines[1].path.count("L") == 134
    assert curve.lines[0].path.startswith(f"M{curve.columns[0].at} 196L")
    assert curve.marks == []


def test_a_block_that_was_cut_off_shows_the_day_it_was(house, desk):
    block = group_block_make(house.place, rooms=2, cutoff_on=TODAY + timedelta(days=2))
    picked_up(block, 2)
    with time_machine.travel(datetime.combine(TODAY, time(12), UTC)):
        block_cut_off(block=block)
    curve = desk.get(f"/dashboard/blocks/{block.pk}").context["curve"]
    assert [mark.text for mark in curve.marks] == ["Cut-off 14 Mar"]
    assert curve.columns[-1].text == "14 Mar"


def test_the_page_asks_as_often_for_a_long_history(house, desk, django_assert_num_queries):
    block = group_block_make(house.place, rooms=2)
    path = f"/dashboard/blocks/{block.pk}"
    desk.get(path)
    with CaptureQueriesContext(connection) as few:
        desk.get(path)
    picked_up(block, 5)
    picked_up(block, 3)
    with django_assert_num_queries(len(few)):
        desk.get(path)


def test_a_block_of_another_property_is_none(cast, house, desk):
    theirs = group_block_make(house_make(cast.beta).place, rooms=1)
    assert desk.get(f"/dashboard/blocks/{theirs.pk}").status_code == 404
