"""How the programme does."""

from decimal import Decimal

from loyalty.domain.repeat_stays import Cohort, repeat_stays
from tests.factories.loyalty import loyalty_member_make, loyalty_program_make, points_make
from tests.loyalty.views.pages import text_of

PAGE = "/dashboard/loyalty/overview"


def test_empty_it_teaches(cast, signed_in):
    client = signed_in(cast.bo)
    assert "This hotel takes part in no programme." in text_of(client.get(PAGE))
    loyalty_program_make(cast.alpha)
    assert "Nobody is a member yet." in text_of(client.get(PAGE))
    assert signed_in(cast.di).get(PAGE).status_code == 403


def test_members_worth_and_months(cast, signed_in):
    loyalty_program_make(cast.alpha, point_cost=Decimal("0.005"))
    points_make(loyalty_member_make(cast.alpha), 12_600)

    text = text_of(signed_in(cast.bo).get(PAGE))

    assert "<b>12,600</b>" in text
    assert "<b>EUR 63.00</b>" in text
    assert '<th scope="row">Mar 2027</th><td class="num">1</td><td class="num">12,600</td>' in text
    assert "Not known yet" in text


def test_the_difference_is_told_with_its_interval(cast, signed_in, monkeypatch):
    points_make(loyalty_member_make(cast.alpha))
    found = repeat_stays([Cohort(100, 38, 400, 112)])
    monkeypatch.setattr("loyalty.views.overview.repeat_stays_at", lambda place, program: found)

    text = text_of(signed_in(cast.bo).get(PAGE))

    assert "<strong>38.0%</strong> of 100 members" in text
    assert "The difference is 10.0%; with 95 % between -0.5% and 20.5%." in text
    assert "That may be chance" in text
