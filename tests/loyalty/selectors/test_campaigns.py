"""Which campaigns a stay meets, and what of them it has."""

from datetime import timedelta

from loyalty.models import StayAccrual
from loyalty.selectors.campaigns import campaign_stay, campaigns_of
from loyalty.services.accrual import stay_settle
from tests.cast import TODAY
from tests.factories.loyalty import Visit, bonus_campaign_make, earning_rule_make


def test_a_stay_meets_those_around_it_and_those_it_has_points_of(cast, member):
    near = bonus_campaign_make(cast.alpha)
    bonus_campaign_make(cast.alpha, code="past", stay_until=TODAY)
    earning_rule_make(cast.alpha, basis="night", rate=500, campaign=near)
    visit = Visit(cast.alpha, member.guest, nights=1)
    visit.nights_pass()
    visit.leave()
    stay_settle(reservation_id=visit.reservation.pk)
    accrual = StayAccrual.objects.get()
    assert campaigns_of(accrual, visit.reservation) == [near.pk]
    near.stay_until = TODAY - timedelta(days=1)
    near.save()
    assert campaigns_of(accrual, visit.reservation) == [near.pk]
    seen = campaign_stay(near, accrual, visit.reservation)
    assert (seen.own, seen.times_before, seen.registered_on, seen.booked_on) == (500, 0, None, TODAY)
