"""The revenue page: what it shows, to whom, and what it says where nothing is known."""

from datetime import timedelta

import pytest

from tests.cast import TODAY
from tests.hotel.dashboard.selectors.test_revenue import statistic

PATH = "/dashboard/revenue"


@pytest.fixture
def val(cast, signed_in):
    return signed_in(cast.val)


def words(answer):
    return answer.content.decode()


def test_an_empty_house_is_told_what_comes_first(house, val):
    assert "The first booking appears here at once" in words(val.get(PATH))


def test_figures_curve_calendar_and_parts(house, val):
    house.reserve(0, 2)
    page = words(val.get(PATH))
    assert (
        "A comparison with last year needs 14 nights of history; 0 of the nights compared with are known."
        in page
    )
    assert page.count('<svg class="chart"') == 2
    assert page.count('class="line-now" d="M') == 2  # and its sample
    assert 'class="line-last" d=' not in page
    assert f'<a href="/dashboard/availability?from={TODAY}"' in page
    assert "Next 90 nights" in page
    assert "not told" in page
    assert " style=" not in page


def test_last_year_is_drawn_when_it_is_known(house, val):
    house.reserve(0, 2)
    for step in range(90):
        statistic(house.place, TODAY + timedelta(days=step - 364))
    page = words(val.get(PATH))
    assert page.count('class="line-last" d="M') == 2
    assert "Of the 90 nights of last year 90 are known, 90 of them by their night audit here" in page


def test_who_may_not_see_prices_may_not_see_them_here(house, cast, signed_in):
    assert signed_in(cast.di).get(PATH).status_code == 403
    assert signed_in(cast.di).get("/dashboard/rates").status_code == 403
