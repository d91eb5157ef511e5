"""Points by partners: once for a reference, taken back once, valued by the price of the day, below the caps."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from hotel.contracts.loyalty import PointsAwarded
from hotel.core.exceptions import InvalidInput, NotFound
from loyalty.models import PartnerAccrual, PointTransaction
from loyalty.selectors.balances import member_balance
from loyalty.services.enrolment import member_set_status
from loyalty.services.partners import MOST, partner_change, partner_create, partner_post, partner_reverse
from loyalty.services.points import points_spend
from tests.cast import TODAY
from tests.factories.loyalty import loyalty_member_make, loyalty_partner_make, points_make
from tests.loyalty.services.test_merges import merge
from tests.loyalty.services.test_points import event
from tests.loyalty.services.unchanged import refused, state, told
from tests.together import together

DAY = timedelta(days=1)


@pytest.fixture
def taxi(cast, member):
    """Two points for a euro."""
    return loyalty_partner_make(cast.alpha)


def ride(taxi, member, **over):
    values = {"reference": "R1", "amount": Decimal("20.70"), "earned_on": TODAY, **over}
    return partner_post(partner=taxi, **{"number": member.number, "actor": None, **values})


def reverse(taxi, reference="R1"):
    return partner_reverse(partner=taxi, reference=reference, actor=None)


def total(member):
    member.refresh_from_db()
    return member_balance(member, TODAY).total


def test_an_amount_earns_by_the_rate_and_is_valued_by_the_price(cast, taxi, member):
    made = ride(taxi, member, actor=cast.bo)
    assert (made.points, made.amount, made.value) == (41, Decimal("20.70"), Decimal("0.205"))
    booked = made.transaction
    assert (booked.kind, booked.points, booked.because, booked.property, booked.actor) == (
        "partner", 41, "Taxi R1", cast.alpha, cast.bo,
    )  # fmt: skip
    assert total(member) == 41
    assert [(fact["points"], fact["reservation_id"]) for fact in told(PointsAwarded)] == [(41, None)]


def test_a_reference_gives_once(taxi, member):
    made = ride(taxi, member)
    partner_change(partner=taxi, changes={"rate": 9, "point_price": 1, "is_active": False})
    before = state()
    assert ride(taxi, member) == made
    assert state() == before
    other = loyalty_member_make(member.home)
    refused("reference_taken", lambda: ride(taxi, member, amount=Decimal(1)))
    refused("reference_taken", lambda: ride(taxi, member, earned_on=TODAY - DAY))
    refused("reference_taken", lambda: ride(taxi, other))


def test_the_database_knows_a_reference_once(taxi, member):
    made = ride(taxi, member)
    made.pk, made.transaction = None, points_make(member, 41)
    with pytest.raises(IntegrityError, match="loyalty_partner_reference_once"), transaction.atomic():
        made.save(force_insert=True)


def test_what_was_posted_is_not_changed(taxi, member):
    made = ride(taxi, member)
    for change in (lambda: PartnerAccrual.objects.update(points=1), made.delete):
        with pytest.raises(IntegrityError, match="not changed"), transaction.atomic():
            change()
    assert PartnerAccrual.objects.get().points == 41


@pytest.mark.parametrize("amount", [Decimal("0.4"), Decimal(MOST)])
def test_what_earns_nothing_or_too_much_is_refused(taxi, member, amount):
    refused("points_invalid", lambda: ride(taxi, member, amount=amount), InvalidInput)


def test_the_most_is_given(taxi, member):
    assert ride(taxi, member, amount=Decimal(MOST) / 2).points == MOST


def test_who_may_not_post_and_whom_nobody_knows(taxi, member):
    refused("member_missing", lambda: ride(taxi, member, number="NOBODY"), NotFound)
    member_set_status(member=member, status="suspended")
    refused("member_not_active", lambda: ride(taxi, member))
    partner_change(partner=taxi, changes={"is_active": False})
    refused("partner_rests", lambda: ride(taxi, member))


def test_a_member_of_another_programme_is_not_known(cast, taxi):
    stranger = loyalty_member_make(cast.beta)
    refused("member_missing", lambda: ride(taxi, stranger), NotFound)


def test_only_the_days_of_the_contract_earn(taxi, member):
    partner_change(partner=taxi, changes={"valid_until": TODAY - DAY})
    refused("partner_not_valid", lambda: ride(taxi, member))
    refused("partner_not_valid", lambda: ride(taxi, member, earned_on=date(2025, 12, 31)))
    refused("earned_on_invalid", lambda: ride(taxi, member, earned_on=TODAY + DAY), InvalidInput)
    assert ride(taxi, member, earned_on=TODAY - DAY).points == 41


def test_a_cap_is_reached_and_not_passed(taxi, member):
    partner_change(partner=taxi, changes={"month_cap": 100})
    ride(taxi, member)
    short = refused("partner_cap_reached", lambda: ride(taxi, member, reference="R2", amount=Decimal(30)))
    assert short.extra == {"left": 59}
    assert ride(taxi, member, reference="R2", amount=Decimal("29.5")).points == 59


def test_what_is_reversed_is_taken_once_and_owed_when_it_was_spent(taxi, member):
    made = ride(taxi, member)
    points_spend(event(member), 30, on=TODAY)
    done = reverse(taxi)
    before = state()
    assert reverse(taxi).reversal == done.reversal
    assert state() == before
    assert (done, done.reversal.points, done.reversal.because, total(member)) == (
        made, -41, "Taxi R1 taken back", -30,
    )  # fmt: skip
    assert PointTransaction.objects.filter(kind="partner").count() == 2
    assert [fact["points"] for fact in told(PointsAwarded)] == [41, -41]


def test_what_was_not_posted_is_not_taken_back(cast, taxi, member):
    other = loyalty_partner_make(cast.alpha, code="bus")
    ride(other, member)
    refused("reference_missing", lambda: reverse(taxi), NotFound)


def test_the_number_of_who_was_merged_earns_for_who_goes_on(taxi, member):
    heir = loyalty_member_make(member.home)
    made = ride(taxi, member)
    merge((heir, member))
    assert ride(taxi, member) == made
    ride(taxi, member, reference="R2")
    reverse(taxi)
    assert (total(heir), total(member)) == (41, 0)


def test_a_contract_is_checked(cast, taxi):
    values = {"property": cast.alpha, "code": "bus", "name": "x", "kind": "other", "unit": "km", "rate": 1}
    values["valid_from"] = TODAY

    def create(**over):
        return lambda: partner_create(program=taxi.program, values={**values, **over})

    refused("partner_code_taken", create(code="taxi"))
    refused("house_invalid", create(property=cast.beta), InvalidInput)
    refused("partner_days_invalid", create(valid_until=TODAY - DAY), InvalidInput)
    early = {"valid_until": date(2025, 1, 1)}
    refused("partner_days_invalid", lambda: partner_change(partner=taxi, changes=early), InvalidInput)


def test_what_was_agreed_for_good_stays(taxi):
    changed = partner_change(partner=taxi, changes={"code": "x", "unit": "x", "kind": "other", "name": "Cab"})
    assert (changed.code, changed.unit, changed.kind, changed.name) == ("taxi", "EUR", "car_hire", "Cab")


@pytest.mark.django_db(transaction=True)
def test_four_who_post_one_reference_at_once_give_once(taxi, member):
    results = together(*[lambda: ride(taxi, member)] * 4)
    assert results == [PartnerAccrual.objects.get()] * 4
    assert total(member) == 41


@pytest.mark.django_db(transaction=True)
def test_of_eight_who_post_at_once_nobody_overruns_the_cap(taxi, member):
    partner_change(partner=taxi, changes={"year_cap": 123})
    results = together(*[lambda n=n: ride(taxi, member, reference=f"R{n}") for n in range(8)])
    codes = [getattr(result, "code", "given") for result in results]
    assert sorted(codes) == ["given"] * 3 + ["partner_cap_reached"] * 5
    assert total(member) == 123
