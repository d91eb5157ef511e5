"""One member's page: card, balance, way up, ledger, and what may be done."""

from datetime import date, timedelta
from uuid import uuid4

from django.test import Client

from hotel.messaging.models import Message
from hotel.messaging.services.templates import templates_seed
from loyalty.models import PointAdjustment, PointTransaction
from loyalty.services.adjustments import points_adjust
from loyalty.services.enrolment import member_set_status
from tests.factories.loyalty import (
    Visit,
    earning_rule_make,
    loyalty_member_make,
    loyalty_program_make,
    loyalty_tier_make,
    points_make,
)
from tests.factories.reservations import house_make
from tests.loyalty.views.pages import act, text_of, url


def test_card_balance_way_up_and_ledger(cast, signed_in, moser, drain, noon):
    house_make(cast.alpha)
    loyalty_tier_make(cast.alpha, colour="#b8862b")
    earning_rule_make(cast.alpha, code="night", name="Five hundred a night", basis="night", rate=500)
    points_make(moser, 1200, because="Balance of the old programme")
    visit = Visit(cast.alpha, moser.guest, nights=2)
    visit.nights_pass()
    stay = visit.leave()
    drain()
    noon.shift(timedelta(days=2))

    text = text_of(signed_in(cast.bo).get(url(moser)))

    assert "Anna Moser" in text
    assert '<rect width="10" height="10" fill="#6b7280"/>' in text
    assert 'class="member-card ink-light"' in text
    assert "2,200 <small>points to spend</small>" in text
    assert "<strong>8 nights to Silver by 31 December 2027</strong>" in text
    assert '<progress id="to-nights" value="2" max="10">' in text
    assert "Balance of the old programme" in text
    assert f"{stay.number}: " in text
    assert "Five hundred a night (version 1)" in text
    assert "+1,000" in text
    assert "None of these points ends." in text


def test_what_ends_next_is_said(cast, desk):
    loyalty_program_make(cast.alpha, expiry="term", expiry_months=12)
    member = loyalty_member_make(cast.alpha)
    points_make(member, 300)
    points_make(member, 200, day=date(2026, 6, 1))

    text = text_of(desk.get(url(member)))

    assert "<strong>200</strong> end next, on 1 Jun 2027." in text
    assert "300 until 14 Mar 2028: A gift" in text


def test_the_top_a_debt_and_no_points_are_told(cast, desk, moser):
    text = text_of(desk.get(url(moser)))
    assert "There is no higher tier to be earned." in text
    assert "No points yet." in text
    type(moser).objects.filter(pk=moser.pk).update(debt=70)
    assert "70 points are owed" in text_of(desk.get(url(moser)))


def test_points_by_hand_are_posted_once(desk, moser):
    key = uuid4()
    for _ in range(2):
        text = text_of(act(desk, moser, "adjust", points=150, reason="An apology", key=key))

    assert "This was done already" in text
    (row,) = PointTransaction.objects.all()
    assert (row.points, row.adjustment.reason, row.actor.username) == (150, "An apology", "bo")


def test_above_the_limit_a_second_person_decides(cast, desk, chief, moser):
    text = text_of(act(desk, moser, "adjust", points=6000, reason="A ruined week", key=uuid4()))
    assert "it waits for a second one" in text
    assert PointTransaction.objects.count() == 0
    waiting = PointAdjustment.objects.get()
    assert "A ruined week" in text
    assert 'name="approve-adjustment"' not in text

    assert f'name="approve-adjustment" value="{waiting.pk}"' in text_of(chief.get(url(moser)))
    act(chief, moser, "approve", adjustment=waiting.pk)

    waiting.refresh_from_db()
    assert (waiting.status, waiting.decided_by, waiting.transaction.points) == ("posted", cast.ada, 6000)


def test_a_second_person_may_refuse(cast, chief, moser):
    asked = points_adjust(member=moser, place=cast.alpha, points=6000, reason="Why", actor=cast.bo)

    text = text_of(act(chief, moser, "refuse", adjustment=asked.pk))

    asked.refresh_from_db()
    assert "The points are refused." in text
    assert (asked.status, PointTransaction.objects.count()) == ("refused", 0)


def test_nobody_decides_on_his_own_and_the_desk_on_none(cast, chief, desk, moser):
    own = points_adjust(member=moser, place=cast.alpha, points=6000, reason="Mine", actor=cast.ada)
    assert 'name="approve-adjustment"' not in text_of(chief.get(url(moser)))

    told = text_of(act(chief, moser, "approve", adjustment=own.pk))
    refused = act(desk, moser, "approve", adjustment=own.pk)

    own.refresh_from_db()
    assert "A second person decides on this." in told
    assert refused.status_code == 403
    assert (own.status, PointTransaction.objects.count()) == ("waiting", 0)


def test_more_than_there_is_cannot_be_taken(desk, moser):
    points_make(moser, 100)

    text = text_of(act(desk, moser, "adjust", points=-101, reason="A mistake", key=uuid4()))

    assert "1 points are missing." in text
    assert PointAdjustment.objects.count() == 0


def test_pausing_going_on_and_closing(desk, moser):
    for name, status in (("suspend", "suspended"), ("reactivate", "active"), ("close", "closed")):
        moser.refresh_from_db()
        act(desk, moser, name, version=moser.version)
        moser.refresh_from_db()
        assert moser.status == status
    assert 'name="do"' not in text_of(desk.get(url(moser)))


def test_who_saw_an_older_version_changes_nothing(desk, moser):
    member_set_status(member=moser, status="suspended")

    text = text_of(act(desk, moser, "reactivate", version=moser.version))

    moser.refresh_from_db()
    assert "Somebody changed this meanwhile" in text
    assert moser.status == "suspended"


def test_who_may_only_look_is_offered_nothing(stage):
    member = loyalty_member_make(stage.alpha)
    client = Client()
    client.force_login(stage.person({"view_loyalty_area"}, stage.alpha))
    text = text_of(client.get(url(member)))

    assert member.number in text
    assert str(member.guest) not in text
    assert 'name="do"' not in text


def test_another_hotels_member_is_not_there(cast, desk):
    loyalty_program_make(cast.alpha)
    member = loyalty_member_make(cast.beta)

    assert desk.get(url(member)).status_code == 404


def test_a_statement_is_printed_and_mailed(cast, desk, moser):
    templates_seed(place=cast.alpha)
    moser.guest.email = "anna@moser.example"
    moser.guest.save()
    text = text_of(desk.get(url(moser)))
    assert f'action="/api/v1/loyalty/members/{moser.pk}/statement/pdf"' in text
    assert 'name="since" value="2027-01-01"' in text

    wrong = text_of(act(desk, moser, "send", since="2027-03-14", until="2027-01-01"))
    assert "Give a day up to a year after the first one." in wrong
    assert Message.objects.count() == 0
    told = text_of(act(desk, moser, "send", since="2027-01-01", until="2027-03-14"))

    assert "The statement is on its way." in told
    assert Message.objects.get().address == "anna@moser.example"


def test_without_an_address_the_page_says_so(cast, desk, moser):
    told = text_of(act(desk, moser, "send", since="2027-01-01", until="2027-03-14"))

    assert "This member has no e-mail address at this hotel." in told
    assert Message.objects.count() == 0
