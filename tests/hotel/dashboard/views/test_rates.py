"""The page of rates: read, reviewed, published, and refused."""

import json
import re
from datetime import timedelta
from decimal import Decimal
from html import unescape

import pytest

from hotel.rates.domain.grid import Edit
from hotel.rates.models import RatePrice, Restriction
from hotel.rates.selectors.grid import rate_grid
from hotel.rates.services.grid import cells_publish
from tests.cast import TODAY
from tests.factories.rates import rate_plan_make

PATH, REVIEW = "/dashboard/rates", "/dashboard/rates/review"
DAY = TODAY + timedelta(days=1)


@pytest.fixture
def val(cast, signed_in):
    return signed_in(cast.val)


def words(answer):
    return answer.content.decode()


def edits(house, *wanted, seen="100.00;;"):
    """Edits of the double from tomorrow on, as the script sends them."""
    return json.dumps(
        [
            [house.plan.pk, house.double.pk, (DAY + timedelta(days=step)).isoformat(), seen, text]
            for step, text in enumerate(wanted)
        ]
    )


def send(client, do, **more):
    return client.post(REVIEW, {"do": do, **more}, follow=True)


def hidden(answer, name):
    return unescape(re.search(rf'name="{name}" value="([^"]*)"', words(answer))[1])


def token(house, step=0):
    night = DAY + timedelta(days=step)
    grid = rate_grid(house.place, night, night + timedelta(days=1))
    return grid.cell(house.plan.pk, house.double.pk, night).token


def bulk(house, **over):
    values = {
        "first": DAY,
        "last": DAY + timedelta(days=6),
        "weekdays": [1, 2, 4, 8, 16, 32, 64],
        "types": [house.double.pk],
        "plans": [house.plan.pk],
        **over,
    }
    return {f"bulk-{name}": value for name, value in values.items()}


def test_an_empty_grid_teaches_what_comes_first(cast, val):
    assert "A plan with a price for each room type comes first" in words(val.get(PATH))


def test_the_grid_shows_prices_formulas_and_what_is_left(house, val):
    rate_plan_make(house.place, "NRF", parent=house.plan, offset_rate=Decimal("-0.1"), floor_amount=60)
    page = words(val.get(PATH))
    assert page.count('data-s="100.00;;"') == 14
    assert "+ 1 derived plan" in page
    assert "NRF" not in page.split("rate-list")[0].split("<tbody>")[1]
    page = words(val.get(f"{PATH}?open={house.double.pk}"))
    assert "<i>NRF</i> <small>BAR −10 % ≥ 60</small>" in page
    assert page.count("<i>90</i>") == 14
    assert f'href="/dashboard/availability/{house.double.pk}/{DAY}"' in page


def test_nights_that_are_over_cannot_be_edited(house, val):
    page = words(val.get(f"{PATH}?from={TODAY - timedelta(days=2)}"))
    assert page.count('data-s="100.00;;"') == 12


def test_who_may_only_look_finds_nothing_to_change(house, desk):
    page = words(desk.get(PATH))
    assert "<b>100</b>" in page
    assert ("rates.js" in page, "/dashboard/rates/review" in page) == (False, False)
    assert send(desk, "review", edits=edits(house, "120.00;;")).status_code == 403


def test_reviewed_then_published(house, val):
    review = send(val, "review", edits=edits(house, "120.00;2;", "120.00;2;"))
    page = words(review)
    assert "2 nights change" in page
    assert "<del>100</del>" in page
    assert "<ins>120, at least 2 nights</ins>" in page
    assert token(house) == "100.00;;"
    done = send(val, "publish", edits=hidden(review, "edits"), **{"from": str(DAY), "days": "30"})
    assert "2 nights are published." in words(done)
    assert done.redirect_chain[-1][0] == f"{PATH}?from={DAY}&days=30&done=1"
    assert (token(house), token(house, 1), token(house, 2)) == ("120.00;2;", "120.00;2;", "100.00;;")
    assert "nothing was changed" in words(send(val, "publish", edits=hidden(review, "edits")))


def test_what_is_odd_takes_a_tick(house, val):
    review = send(val, "review", edits=edits(house, "1200.00;;"))
    assert "Far from the nights around, which cost 100." in words(review)
    again = send(val, "publish", edits=hidden(review, "edits"))
    assert "Some changes look odd" in words(again)
    assert token(house) == "100.00;;"
    send(val, "publish", edits=hidden(again, "edits"), confirm="on")
    assert token(house) == "1200.00;;"


def test_who_comes_second_is_told_and_may_publish_the_others(house, val):
    mine = edits(house, "120.00;;", "120.00;;")
    theirs = Edit(house.plan.pk, house.double.pk, DAY, "100.00;;", "130.00;;")
    cells_publish(place=house.place, edits=[theirs])
    refused = send(val, "publish", edits=mine)
    page = words(refused)
    assert "Somebody changed these nights meanwhile; nothing of yours was published." in page
    assert "Changed by somebody else meanwhile" in page
    assert "<td>130</td><td>120</td>" in page
    assert (token(house), token(house, 1)) == ("130.00;;", "100.00;;")
    send(val, "publish", edits=hidden(refused, "edits"))
    assert (token(house), token(house, 1)) == ("130.00;;", "120.00;;")


def test_many_nights_without_scripts(house, val):
    days = [16, 32]
    review = send(
        val, "bulk", **bulk(house, weekdays=days, price="percent", value="10", min_los="2", cta="yes")
    )
    assert "2 nights change" in words(review)
    send(val, "publish", edits=hidden(review, "edits"))
    row, rules = RatePrice.objects.get(weekdays=48), Restriction.objects.order_by("kind")
    assert row.amount.amount == 110
    assert [(rule.kind, rule.value, rule.weekdays) for rule in rules] == [
        ("cta", None, 48),
        ("min_los", 2, 48),
    ]


@pytest.mark.parametrize(
    ("over", "told"),
    [
        ({}, "all is left as it is"),
        ({"price": "set"}, "How much?"),
        ({"price": "set", "value": "-1"}, "A price is 0 or more."),
        ({"first": TODAY - timedelta(days=1), "closed": "yes"}, "Nights that are over keep their prices."),
        ({"last": TODAY - timedelta(days=1), "closed": "yes"}, "The last night follows the first"),
        ({"types": [0], "closed": "yes"}, "Select a valid choice"),
    ],
)
def test_many_nights_filled_in_wrongly(house, val, over, told):
    page = words(send(val, "bulk", **bulk(house, **over)))
    assert told in page
    assert '<details class="card" id="bulk" open>' in page
    assert not Restriction.objects.exists()


def test_many_nights_that_say_so_already(house, val):
    assert "nothing would change" in words(send(val, "bulk", **bulk(house, price="set", value="100")))


def test_a_list_of_nights_without_scripts(house, val):
    page = words(val.get(f"{PATH}?as=list"))
    assert f'name="price-{DAY}" value="100.00"' in page
    sent = {"plan": house.plan.pk, "type": house.double.pk}
    for step, (price, least) in enumerate([("110,50", "3"), ("100.00", "")]):
        night = DAY + timedelta(days=step)
        sent |= {f"seen-{night}": "100.00;;", f"price-{night}": price, f"min-{night}": least}
    review = send(val, "list", **sent, **{f"closed-{DAY}": "on"})
    assert "1 night changes" in words(review)
    send(val, "publish", edits=hidden(review, "edits"))
    assert (token(house), token(house, 1)) == ("110.50;3;x", "100.00;;")
    wrong = send(val, "list", **(sent | {f"price-{DAY}": "cheap"}))
    assert "give a price such as 129.00" in words(wrong)


@pytest.mark.parametrize(
    "sent",
    ["", "x", "{}", "[1]", "[[1,2,3]]", '[["a","b","c","d","e"]]', "[[1,1,\"2027-03-15\",\"\",\"\"]]", "[" * 5_000, "null"],
)  # fmt: skip
def test_anything_else_is_told_and_changes_nothing(house, val, sent):
    answer = send(val, "publish", edits=sent)
    assert answer.status_code == 200
    assert 'class="notice error"' in words(answer)
    assert not RatePrice.objects.exclude(start_on=None).exists()


@pytest.mark.parametrize(
    "query", ["days=7", "days=x", "open=x&open=9", "plan=x&type=9999999999999999999", "from=x"]
)
def test_any_address_is_survived(house, val, query):
    assert val.get(f"{PATH}?{query}").status_code == 200


def test_there_is_nothing_to_review_without_changes(val):
    assert val.get(REVIEW)["Location"] == PATH
