"""A workbook of codes goes out and comes back: whole or not at all, and only as it was looked at."""

from decimal import Decimal
from io import BytesIO

import pytest
from moneyed import Money
from openpyxl import load_workbook

from hotel.core.exceptions import Conflict, InvalidInput
from hotel.core.sheet_lines import fingerprint_of
from hotel.rates.domain.promo_sheet import COLUMNS
from hotel.rates.models import PromoCode
from hotel.rates.selectors.promo_sheet import lines_compared
from hotel.rates.services.promo_sheet import promo_workbook, promos_take
from hotel.rates.services.promos import promo_change
from tests.factories.rates import promo_make, rate_plan_make


def rows_of(content: bytes):
    header, *lines = load_workbook(BytesIO(content))["Promotion codes"].iter_rows(values_only=True)
    assert header == tuple(COLUMNS)
    return [(number, dict(zip(header, line, strict=True))) for number, line in enumerate(lines, 2)]


def seen(place, rows):
    return fingerprint_of(lines_compared(place, rows))


def all_codes():
    return list(PromoCode.objects.order_by("pk").values())


def test_what_was_given_out_changes_nothing_when_it_comes_back(cast):
    promo = promo_make(cast.alpha, name="=1+1", discount_rate=Decimal("0.125"), discount_amount=None)
    promo.rate_plans.set([rate_plan_make(cast.alpha, "BAR")])
    promo_make(cast.alpha, "TEN", discount_rate=None, discount_amount=Money("10", "EUR"), max_uses=5)
    rows = rows_of(promo_workbook(place=cast.alpha))
    assert rows[0][1]["name"] == "'=1+1"
    assert (rows[0][1]["percent_off"], rows[1][1]["amount_off"], rows[1][1]["max_uses"]) == (12.5, 10, 5)
    assert [line.outcome for line in lines_compared(cast.alpha, rows)] == ["unchanged", "unchanged"]


def test_lines_are_added_and_changed_together(cast):
    bar = rate_plan_make(cast.alpha, "BAR")
    promo, left = promo_make(cast.alpha, used_count=2), promo_make(cast.alpha, "LEFT")
    (_, cells), _ = rows_of(promo_workbook(place=cast.alpha))[::-1]
    rows = [
        (2, {**cells, "name": "Changed", "plans": "BAR"}),
        (3, {**cells, "code": "FRESH", "percent_off": "", "amount_off": "7.5"}),
    ]
    assert promos_take(place=cast.alpha, rows=rows, seen=seen(cast.alpha, rows)) == (1, 1)
    promo.refresh_from_db()
    assert (promo.name, promo.version, promo.used_count, list(promo.rate_plans.all())) == (
        "Changed",
        2,
        2,
        [bar],
    )
    fresh = PromoCode.objects.get(code="FRESH")
    assert (fresh.property, fresh.discount_amount, fresh.discount_rate) == (
        cast.alpha,
        Money("7.5", "EUR"),
        None,
    )
    left.refresh_from_db()
    assert (left.version, PromoCode.objects.count()) == (1, 3)


@pytest.mark.parametrize(
    ("second", "code"), [({"code": "FRESH", "is_active": "?"}, "sheet_refused"), ({}, "sheet_empty")]
)
def test_one_refused_line_takes_none_of_them(cast, second, code):
    promo_make(cast.alpha)
    ((_, cells),) = rows_of(promo_workbook(place=cast.alpha))
    first = {**cells, "name": "Changed"} if second else cells
    rows = [(2, first), *([(3, {**cells, **second})] if second else [])]
    before = all_codes()
    with pytest.raises(InvalidInput) as refused:
        promos_take(place=cast.alpha, rows=rows, seen=seen(cast.alpha, rows))
    assert (refused.value.code, all_codes()) == (code, before)


def test_what_was_changed_since_it_was_looked_at_is_not_written_over(cast):
    promo = promo_make(cast.alpha)
    ((_, cells),) = rows_of(promo_workbook(place=cast.alpha))
    rows = [(2, {**cells, "name": "Mine"})]
    looked = seen(cast.alpha, rows)
    promo_change(promo=promo, values={"name": "Theirs"})
    before = all_codes()
    with pytest.raises(Conflict) as refused:
        promos_take(place=cast.alpha, rows=rows, seen=looked)
    assert (refused.value.code, all_codes()) == ("sheet_stale", before)
