"""Codes as lines, and what a sheet would change of them."""

from decimal import Decimal

from moneyed import Money

from hotel.core.sheet_lines import fingerprint_of
from hotel.rates.domain.promo_sheet import TAKEN
from hotel.rates.models import PromoCode
from hotel.rates.selectors.promo_sheet import line_of, lines_compared, promo_lines
from tests.contracts.queries import assert_constant, queries_of
from tests.factories.rates import promo_make, rate_plan_make


def rows_of(*lines, **over):
    return [
        (number, {**dict(zip(TAKEN, line.cells(), strict=True)), **over})
        for number, line in enumerate(lines, 2)
    ]


def test_a_code_is_a_line_with_its_plans_and_uses(cast):
    promo = promo_make(cast.alpha, discount_rate=None, discount_amount=Money("10.5", "EUR"), used_count=4)
    promo.rate_plans.set([rate_plan_make(cast.alpha, "WEEK"), rate_plan_make(cast.alpha, "BAR")])
    promo_make(cast.beta)
    ((line, used),) = promo_lines(cast.alpha)
    assert (line.code, line.amount_off, line.percent_off, line.plans, used) == (
        "SPRING", Decimal("10.5"), None, ("BAR", "WEEK"), 4,
    )  # fmt: skip


def test_each_line_is_added_changed_unchanged_or_refused(cast):
    same = line_of(promo_make(cast.alpha, "SAME"))
    other = line_of(promo_make(cast.alpha, "OTHER", used_count=3))
    rate_plan_make(cast.beta, "THEIRS")
    rows = [
        *rows_of(same),
        (3, {**rows_of(other)[0][1], "name": "New name"}),
        (4, {**rows_of(same)[0][1], "code": "FRESH"}),
        (5, {**rows_of(same)[0][1], "code": "FRESH"}),
        (6, {**rows_of(same)[0][1], "code": "PLAN", "plans": "THEIRS"}),
        (7, {**rows_of(other)[0][1], "code": "OTHER2", "is_active": "?"}),
    ]
    before = list(PromoCode.objects.order_by("pk").values())
    found = lines_compared(cast.alpha, rows)
    assert [(line.number, line.code, line.outcome) for line in found] == [
        (2, "SAME", "unchanged"),
        (3, "OTHER", "changed"),
        (4, "FRESH", "added"),
        (5, "FRESH", "refused"),
        (6, "PLAN", "refused"),
        (7, "OTHER2", "refused"),
    ]
    assert found[1].differences == (("name", other.name, "New name"),)
    assert [line.reasons for line in found[3:]] == [
        ("code: stands in line 4 already",),
        ("plans: the hotel has no plan THEIRS",),
        ("is_active: yes or no",),
    ]
    assert lines_compared(cast.alpha, [(2, {**rows_of(other)[0][1], "max_uses": 2})])[0].reasons == (
        "max_uses: it was used 3 times already",
    )
    assert list(PromoCode.objects.order_by("pk").values()) == before
    assert fingerprint_of(found) == fingerprint_of(lines_compared(cast.alpha, rows))
    assert fingerprint_of(found) != fingerprint_of(found[:-1])


def test_many_lines_cost_what_few_do(cast):
    line = line_of(promo_make(cast.alpha))
    few = queries_of(lambda: lines_compared(cast.alpha, rows_of(line)))
    lines = [line_of(promo_make(cast.alpha, f"C{n}")) for n in range(5)]
    assert_constant(few, queries_of(lambda: lines_compared(cast.alpha, rows_of(line, *lines))))
