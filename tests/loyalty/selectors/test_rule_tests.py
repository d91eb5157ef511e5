"""A rule tried on real stays writes nothing, and gives what it would have given."""

import pytest

from loyalty.models import PointTransaction
from loyalty.selectors.rule_tests import rule_tested
from tests.factories.loyalty import Visit, earning_rule_make, loyalty_member_make
from tests.factories.reservations import house_make


@pytest.fixture
def stay(cast, drain):
    house_make(cast.alpha)
    earning_rule_make(cast.alpha, code="night", basis="night", rate=500)
    visit = Visit(cast.alpha, loyalty_member_make(cast.alpha).guest, nights=2)
    visit.nights_pass()
    found = visit.leave()
    drain()
    cast.alpha.refresh_from_db()
    return found


@pytest.mark.parametrize(
    ("over", "points", "because"),
    [
        ({"basis": "stay", "rate": 70}, 70, "70 for the stay"),
        ({"basis": "percent", "rate": 25}, 250, "25 % of 1000 points"),
        ({"basis": "stay", "rate": 70, "min_nights": 3}, 0, "nights 2 of 3"),
        ({"basis": "stay", "rate": 70, "valid_from": "2028-01-01"}, 70, "70 for the stay"),
    ],
)
def test_what_it_would_give(cast, stay, over, points, because):
    rule = earning_rule_make(cast.alpha, code="new", **over)
    rule.refresh_from_db()
    before = PointTransaction.objects.count()

    rows = rule_tested(rule, cast.alpha, 30)

    assert [(row.accrual.reservation, row.points, row.because) for row in rows] == [(stay, points, because)]
    assert PointTransaction.objects.count() == before


def test_only_of_the_last_days(cast, stay):
    rule = earning_rule_make(cast.alpha, code="new", basis="stay", rate=70)
    assert rule_tested(rule, cast.alpha, 0) == []
