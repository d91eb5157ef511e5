"""The page that tries a rule."""

from loyalty.models import StayAccrual
from tests.cast import TODAY
from tests.factories.loyalty import earning_rule_make, stay_accrual_make


def test_it_says_the_rule_and_each_stay(cast, signed_in):
    rule = earning_rule_make(cast.alpha, basis="stay", rate=70)
    page, client = f"/dashboard/loyalty/rules/{rule.pk}/test", signed_in(cast.bo)
    assert "No member's stay ended here" in client.get(page).content.decode()
    made = stay_accrual_make(cast.alpha)
    StayAccrual.objects.filter(pk=made.pk).update(departure=TODAY)
    text = client.get(page).content.decode()
    assert "70 points for the stay, rounded down." in text
    assert made.reservation.number in text
    assert (
        "Ensure this value is less than or equal to 365." in client.get(page + "?days=999").content.decode()
    )


def test_another_hotels_rule_is_not_there(cast, signed_in):
    rule = earning_rule_make(cast.beta)
    assert signed_in(cast.bo).get(f"/dashboard/loyalty/rules/{rule.pk}/test").status_code == 404
