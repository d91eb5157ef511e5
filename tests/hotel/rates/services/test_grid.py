"""Many cells published at once, or not at all."""

from datetime import timedelta
from decimal import Decimal

import pytest
from moneyed import Money

from hotel.core.exceptions import InvalidInput, RuleBroken
from hotel.core.models import OutboxMessage
from hotel.rates.domain.grid import Edit
from hotel.rates.models import RatePrice, Restriction
from hotel.rates.selectors.grid import rate_grid
from hotel.rates.services.grid import CellsChanged, cells_publish, cells_review
from hotel.rates.services.prices import PriceChange, prices_set
from tests.cast import TODAY
from tests.factories.properties import age_band_make
from tests.factories.rates import price_make, rate_plan_make
from tests.factories.rooms import room_type_make
from tests.together import together


@pytest.fixture
def sold(cast):
    """A double and a suite under one plan, 100 and 250 a night, all year."""
    plan = rate_plan_make(cast.alpha)
    double, suite = room_type_make(cast.alpha), room_type_make(cast.alpha, "SUI")
    price_make(plan, double, 100, single_amount=80, extra_adult_amount=30)
    price_make(plan, suite, 250)
    return plan, double, suite


def night(step):
    return TODAY + timedelta(days=step)


def edit(sold, step, wanted, seen="100.00;;", kind=1):
    return Edit(sold[0].pk, sold[kind].pk, night(step), seen, wanted)


def tokens(sold, steps, kind=1):
    grid = rate_grid(sold[0].property, TODAY, night(30))
    return [grid.cell(sold[0].pk, sold[kind].pk, night(step)).token for step in steps]


def publish(cast, *edits, **more):
    return cells_publish(place=cast.alpha, edits=edits, **more)


def test_prices_and_rules_of_several_cells_are_written_together(cast, sold):
    changes = publish(
        cast,
        *(edit(sold, step, "120.00;2;a") for step in (1, 2, 3)),
        edit(sold, 2, "300.00;;x", "250.00;;", kind=2),
    )
    assert len(changes) == 4
    assert tokens(sold, range(5)) == ["100.00;;", *["120.00;2;a"] * 3, "100.00;;"]
    assert tokens(sold, (1, 2, 3), kind=2) == ["250.00;;", "300.00;;x", "250.00;;"]
    dated = RatePrice.objects.exclude(start_on=None).order_by("amount")
    assert [(row.start_on, row.end_on, row.amount.amount) for row in dated] == [
        (night(1), night(4), 120),
        (night(2), night(3), 300),
    ]
    told = OutboxMessage.objects.filter(topic__endswith="RateChanged").values_list("payload", flat=True)
    assert {(row["room_type_id"], row["first_night"]) for row in told} == {
        (sold[1].pk, night(1).isoformat()),
        (sold[2].pk, night(2).isoformat()),
    }


def test_what_goes_with_a_price_goes_along(cast, sold):
    child = age_band_make(cast.alpha)
    row = RatePrice.objects.get(room_type=sold[1])
    row.by_adults.create(property=cast.alpha, adults=3, amount=Money(125, "EUR"))
    row.by_child.create(property=cast.alpha, age_band=child, method="share", share=Decimal("0.5"))
    publish(cast, edit(sold, 1, "120.00;;"))
    made = RatePrice.objects.get(start_on=night(1))
    assert (made.single_amount.amount, made.extra_adult_amount.amount) == (100, 30)
    assert [(part.adults, part.amount.amount) for part in made.by_adults.all()] == [(3, 145)]
    assert [(part.age_band, part.method, part.share) for part in made.by_child.all()] == [
        (child, "share", Decimal("0.5"))
    ]


def test_a_part_that_would_fall_to_nothing_is_the_price_itself(cast, sold):
    publish(cast, edit(sold, 1, "15.00;;"), is_confirmed=True)
    assert RatePrice.objects.get(start_on=night(1)).single_amount.amount == 15


def test_back_to_the_season_and_rules_lifted(cast, sold):
    publish(cast, *(edit(sold, step, "120.00;3;xad") for step in range(1, 4)))
    publish(cast, edit(sold, 2, ";;", "120.00;3;xad"))
    assert tokens(sold, range(5)) == ["100.00;;", "120.00;3;xad", "100.00;;", "120.00;3;xad", "100.00;;"]
    assert RatePrice.objects.exclude(start_on=None).count() == 2


def test_weekends_become_one_row(cast, sold):
    days = [step for step in range(28) if night(step).weekday() in (4, 5)]
    publish(cast, *(edit(sold, step, "140.00;2;") for step in days))
    row, rule = RatePrice.objects.get(weekdays=48), Restriction.objects.get()
    assert (row.start_on, row.end_on) == (rule.start_on, rule.end_on) == (night(days[0]), night(days[-1] + 1))
    assert tokens(sold, days) == ["140.00;2;"] * 8


def test_who_comes_second_is_told_which_cells_and_writes_nothing(cast, sold):
    publish(cast, edit(sold, 1, "120.00;;"))
    with pytest.raises(CellsChanged) as refused:
        publish(cast, edit(sold, 1, "130.00;;"), edit(sold, 2, "130.00;;"))
    assert [(one.edit.night, one.before.token) for one in refused.value.changes] == [(night(1), "120.00;;")]
    assert tokens(sold, (1, 2)) == ["120.00;;", "100.00;;"]


def test_a_second_click_changes_nothing_and_is_no_conflict(cast, sold):
    publish(cast, edit(sold, 1, "120.00;;"))
    assert publish(cast, edit(sold, 1, "120.00;;")) == []
    assert RatePrice.objects.exclude(start_on=None).count() == 1


def test_what_is_odd_must_be_meant(cast, sold):
    with pytest.raises(RuleBroken) as refused:
        publish(cast, edit(sold, 1, "1.00;;"), edit(sold, 2, "110.00;;"))
    assert refused.value.code == "unconfirmed"
    assert tokens(sold, (1, 2)) == ["100.00;;", "100.00;;"]
    publish(cast, edit(sold, 1, "1.00;;"), edit(sold, 2, "110.00;;"), is_confirmed=True)
    assert tokens(sold, (1, 2)) == ["1.00;;", "110.00;;"]


def test_nights_that_are_over_stay_whatever_is_confirmed(cast, sold):
    with pytest.raises(RuleBroken) as refused:
        publish(cast, edit(sold, -1, "120.00;;"), is_confirmed=True)
    assert refused.value.code == "night_over"
    assert not RatePrice.objects.exclude(start_on=None).exists()


def test_only_cells_that_there_are(cast, sold):
    plan, double, _ = sold
    derived = rate_plan_make(cast.alpha, "NRF", parent=plan, offset_rate=Decimal("-0.1"))
    other = rate_plan_make(cast.beta, "BETA")
    for wrong in (
        [edit(sold, 1, "120.005;;")],
        [edit(sold, 1, "no")],
        [Edit(derived.pk, double.pk, night(1), ";;", "90.00;;")],
        [Edit(other.pk, double.pk, night(1), ";;", "90.00;;")],
        [edit(sold, 1, "120.00;;"), edit(sold, 1, "130.00;;")],
        [edit(sold, 5_000, "120.00;;")],
        [],
    ):
        with pytest.raises(InvalidInput):
            publish(cast, *wrong)
    assert not RatePrice.objects.exclude(start_on=None).exists()


def test_the_review_shows_what_would_change_and_writes_nothing(cast, sold):
    found = cells_review(place=cast.alpha, edits=[edit(sold, 1, "120.00;;"), edit(sold, 2, "100.00;;")])
    assert [(one.before.token, one.after.token) for one in found] == [("100.00;;", "120.00;;")]
    assert not RatePrice.objects.exclude(start_on=None).exists()


@pytest.mark.django_db(transaction=True)
def test_of_two_who_publish_the_same_cell_at_once_one_is_refused_whole(cast, sold):
    results = together(
        lambda: publish(cast, edit(sold, 1, "120.00;;"), edit(sold, 2, "120.00;;")),
        lambda: publish(cast, edit(sold, 2, "130.00;;"), edit(sold, 3, "130.00;;")),
    )
    assert sorted(isinstance(one, CellsChanged) for one in results) == [False, True]
    first_won = isinstance(results[1], CellsChanged)
    assert tokens(sold, (1, 2, 3)) == (
        ["120.00;;", "120.00;;", "100.00;;"] if first_won else ["100.00;;", "130.00;;", "130.00;;"]
    )
    (refused,) = (one for one in results if isinstance(one, CellsChanged))
    assert [one.edit.night for one in refused.changes] == [night(2)]


@pytest.mark.django_db(transaction=True)
def test_who_sets_prices_by_the_api_meanwhile_is_not_overwritten(cast, sold):
    plan, double, _ = sold
    change = PriceChange(room_types=[double], start=night(1), end=night(2), amount=Money(150, "EUR"))
    results = together(
        lambda: prices_set(plan=plan, changes=[change]),
        lambda: publish(cast, edit(sold, 1, "120.00;;")),
    )
    if isinstance(results[1], CellsChanged):
        assert tokens(sold, (1,)) == ["150.00;;"]
    else:  # published first, the API's word is the newer one
        assert [len(results[1]), tokens(sold, (1,))] == [1, ["150.00;;"]]
