"""The sheet of nights, read: what it costs does not depend on its size."""

from datetime import timedelta
from decimal import Decimal

from hotel.rates.domain.grid import Cell
from hotel.rates.selectors.grid import grid_plans, rate_grid
from tests.cast import TODAY
from tests.factories.rates import price_make, rate_plan_make, restriction_make, season_make
from tests.factories.rooms import room_type_make

TOMORROW = TODAY + timedelta(days=1)


def test_cells_are_what_was_stored(cast, django_assert_num_queries):
    plan, double = rate_plan_make(cast.alpha), room_type_make(cast.alpha)
    season = season_make(cast.alpha, (TOMORROW, TODAY + timedelta(days=30)))
    price_make(plan, double, 100)
    price_make(plan, double, 130, season=season)
    restriction_make(cast.alpha, "min_los", TODAY, TOMORROW, 3, rate_plan=plan, room_type=double)
    with django_assert_num_queries(13):
        grid = rate_grid(cast.alpha, TODAY, TODAY + timedelta(days=60), is_kept=False)
    assert grid.cell(plan.pk, double.pk, TODAY) == Cell(Decimal("100.00"), 3)
    assert grid.cell(plan.pk, double.pk, TOMORROW) == Cell(Decimal("130.00"))
    assert len(grid.nights) == 60
    rate_grid(cast.alpha, TODAY, TODAY + timedelta(days=60))
    with django_assert_num_queries(1):
        kept = rate_grid(cast.alpha, TODAY, TODAY + timedelta(days=60))
    assert [kept.cell(plan.pk, double.pk, night) for night in kept.nights] == [
        grid.cell(plan.pk, double.pk, night) for night in grid.nights
    ]


def test_retired_plans_and_day_use_have_no_row(cast):
    kept = rate_plan_make(cast.alpha)
    rate_plan_make(cast.alpha, "OLD", is_active=False)
    rate_plan_make(cast.alpha, "DAY", day_use_hours=8)
    assert [plan.id for plan in grid_plans(rate_grid(cast.alpha, TODAY, TOMORROW))] == [kept.pk]
