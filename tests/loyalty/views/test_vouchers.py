"""Vouchers at the desk: a code is looked up, redeemed on a bill or handed over, once, taken back, and printed."""

import re
from decimal import Decimal
from uuid import uuid4

import pytest
from django.test import Client

from hotel.core import access_notes
from hotel.core.access_notes import AccessNote
from hotel.folios.models import Posting
from hotel.folios.selectors.balances import folio_balances
from hotel.properties.scoping import codename
from hotel.reservations.services.cancellations import reservation_cancel
from loyalty.models import RewardVoucher
from loyalty.services.programs import house_join
from loyalty.services.redemptions import redemption_cancel
from loyalty.services.vouchers import UNKNOWN, voucher_redeem
from tests.cast import make_cast
from tests.factories.folios import charge_make, guest_folio_make
from tests.factories.guests import guest_make
from tests.factories.loyalty import (
    BEGAN,
    loyalty_member_make,
    loyalty_program_make,
    points_make,
    reward_voucher_make,
)
from tests.factories.reservations import house_make
from tests.together import together

pytestmark = pytest.mark.usefixtures("fresh_tries")

PAGE = "/dashboard/loyalty/vouchers"
EMPTY = "Type the code from the guest's voucher, however it is grouped."
GOOD = "This voucher is good here today."
USED = "This voucher is redeemed already."


def text_of(response) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


def member_of(place):
    member = loyalty_member_make(place, guest_make(place, first_name="Anna", last_name="Moser"))
    points_make(member, 5000, usable_from=BEGAN)
    return member


def stay_of(place, amount="50.00"):
    """Somebody's, who owes so much."""
    stay = house_make(place).reserve()
    charge_make(guest_folio_make(place, stay), amount)
    return stay


@pytest.fixture
def desk(cast, signed_in):
    return signed_in(cast.bo)


@pytest.fixture
def boss(cast, signed_in):
    return signed_in(cast.ada)


def look_up(client, code, **more):
    return client.post(PAGE, {"code": code, **more}, follow=True)


def pay(client, voucher, stay, **over):
    sent = {"do": "pay", "code": voucher.code, "stay": stay.number}
    return client.post(PAGE, {**sent, "pay-reservation": stay.pk, "pay-key": uuid4(), **over}, follow=True)


def hand_over(client, voucher, **over):
    sent = {"do": "hand_over", "code": voucher.code, "hand_over-key": uuid4(), **over}
    return client.post(PAGE, sent, follow=True)


def take_back(client, voucher, **sent):
    fields = {"take_back-reason": "The wrong bill", "take_back-key": uuid4(), **sent}
    return client.post(f"{PAGE}/{voucher.pk}", {"do": "take_back", **fields}, follow=True)


def stands(voucher):
    voucher = RewardVoucher.objects.select_related("redemption").get(pk=voucher.pk)
    return voucher.redemption.status, voucher.uses, voucher.redeemed_place, voucher.redeemed_by


def owed(stay):
    folio = stay.folios.get()
    return folio_balances(stay.property_id, [folio.pk])[folio.pk].amount


NEW = ("confirmed", 0, None, None)


def test_the_empty_page_says_what_to_do(cast, desk):
    assert "it takes no vouchers" in text_of(desk.get(PAGE))
    loyalty_program_make(cast.alpha)
    text = text_of(desk.get(PAGE))
    assert EMPTY in text
    assert 'name="code"' in text
    assert f'href="{PAGE}"' in text_of(desk.get("/dashboard/loyalty/members"))


def test_a_code_shows_what_its_voucher_is_worth_whose_it_is_and_where_it_is_good(cast, desk):
    member = member_of(cast.alpha)
    made = reward_voucher_make(cast.alpha, member, settlement_rate=20, voucher_days=30, hotels=["ALPHA"])
    text = text_of(look_up(desk, made.code.lower().replace("-", " ")))
    for words in (
        '<h2 id="voucher">Dinner</h2><span class="tag">Good</span>', GOOD, "EUR 20.00 on the bill of a stay",
        f"ends with {made.ending}", f"Anna Moser · {member.number}", f"<dd>{cast.alpha.name}</dd>",
        "14 Mar 2027 – 13 Apr 2027",
    ):  # fmt: skip
        assert words in text
    assert made.code not in text  # grouped otherwise, as it was typed
    assert EMPTY not in text
    assert "Hand over" not in text


def test_one_without_end_at_every_hotel_is_handed_over(cast, desk):
    made = reward_voucher_make(cast.alpha)
    text = text_of(look_up(desk, made.code))
    for words in ("from 14 Mar 2027 on", "All of Club", "It is handed over"):
        assert words in text
    assert 'value="hand_over"' in text
    assert "Redeem on the bill" not in text


def test_no_name_for_who_may_not_see_guests(stage, signed_in):
    member = member_of(stage.alpha)
    made = reward_voucher_make(stage.alpha, member)
    client = signed_in(stage.person({codename("view", "loyalty"), codename("enrol", "loyalty")}))
    text = text_of(look_up(client, made.code))
    assert member.number in text
    assert "Moser" not in text


def test_what_is_unknown_and_what_is_of_elsewhere_are_told_alike_beside_the_field(cast, desk):
    loyalty_program_make(cast.alpha)
    elsewhere = reward_voucher_make(cast.beta, settlement_rate=20)
    for code in ("2222-2222-2223", elsewhere.code):
        text = text_of(look_up(desk, code))
        assert f'<ul class="errorlist" id="id_code_error"><li>{UNKNOWN}</li></ul>' in text
        assert EMPTY in text
    house_make(cast.alpha)
    for answer in (hand_over(desk, elsewhere), look_up(desk, elsewhere.code, do="pay")):
        assert UNKNOWN in text_of(answer)
    assert stands(elsewhere) == NEW
    assert desk.get(f"{PAGE}/{elsewhere.pk}").status_code == 404
    assert desk.get(f"{PAGE}/{elsewhere.pk}/print").status_code == 404


def test_it_pays_on_anybodys_bill_once(cast, desk):
    made, stay = reward_voucher_make(cast.alpha, settlement_rate=20), stay_of(cast.alpha)
    key = uuid4()
    done = pay(desk, made, stay, **{"pay-key": key})
    text = text_of(done)
    assert done.redirect_chain == [(f"{PAGE}/{made.pk}", 302)]
    assert f"Redeemed: EUR 20.00 on the bill of {stay.number}." in text
    bill = f'<a href="/dashboard/reservations/{stay.pk}">{stay.number}</a>'
    assert f"14 Mar 2027 13:00 · {cast.alpha.name} · bo · {bill}" in text
    assert made.code not in text
    assert "Take back" not in text
    again = text_of(pay(desk, made, stay, **{"pay-key": key}))
    assert "This was done already; the second time did nothing." in again
    assert (stands(made), owed(stay)) == (("fulfilled", 1, cast.alpha, cast.bo), 30)

    third = text_of(pay(desk, made, stay))
    assert USED in third
    assert "Redeem on the bill" not in third
    assert (stands(made), owed(stay)) == (("fulfilled", 1, cast.alpha, cast.bo), 30)


def test_its_page_asks_the_database_for_all_of_it_at_once(cast, desk, django_assert_num_queries):
    made, stay = reward_voucher_make(cast.alpha, settlement_rate=20), stay_of(cast.alpha)
    pay(desk, made, stay)
    with django_assert_num_queries(8):
        assert stay.number in text_of(desk.get(f"{PAGE}/{made.pk}"))


def test_it_is_handed_over_once(cast, desk):
    made = reward_voucher_make(cast.alpha)
    key = uuid4()
    for words in ("Handed over: Dinner.", "This was done already; the second time did nothing."):
        assert words in text_of(hand_over(desk, made, **{"hand_over-key": key}))
    assert USED in text_of(hand_over(desk, made))
    assert (stands(made), Posting.objects.count()) == (("fulfilled", 1, cast.alpha, cast.bo), 0)


def test_a_stay_is_offered_when_it_is_the_members_or_looked_for(cast, desk):
    member, house = member_of(cast.alpha), house_make(cast.alpha)
    own, other, gone = (
        house.reserve(primary_guest=member.guest),
        house.reserve(),
        house.reserve(nights=1, arrival=9),
    )
    reservation_cancel(reservation=gone, actor=cast.bo)
    made = reward_voucher_make(cast.alpha, member, settlement_rate=20)
    offered = lambda answer: set(re.findall(r'name="pay-reservation" value="(\d+)"', text_of(answer)))  # noqa: E731
    assert offered(look_up(desk, made.code)) == {str(own.pk)}
    assert offered(look_up(desk, made.code, stay=other.number)) == {str(other.pk)}
    assert offered(look_up(desk, made.code, stay="moser")) == {str(own.pk)}
    assert offered(look_up(desk, made.code, stay=gone.number)) == set()
    assert "No stay fits that is confirmed or in house." in text_of(look_up(desk, made.code, stay="nobody"))


def test_what_is_refused_changes_nothing_and_says_why(cast, desk):
    dear = reward_voucher_make(cast.alpha, settlement_rate=Decimal("50.01"))
    handed = reward_voucher_make(cast.alpha)
    stay, strange = stay_of(cast.alpha), stay_of(cast.beta, "5000")
    assert "€\xa050.00 are owed: a credit pays no more than that." in pay(desk, dear, stay).content.decode()
    for answer in (pay(desk, dear, strange), pay(desk, dear, stay, **{"pay-reservation": ""})):
        assert 'class="errorlist"' in text_of(answer)
    assert 'role="alert"' in text_of(hand_over(desk, dear))
    assert "This voucher pays on no bill." in text_of(pay(desk, handed, stay))
    assert (stands(dear), stands(handed), owed(stay), owed(strange)) == (NEW, NEW, 50, 5000)


def test_one_that_was_given_up_is_void(cast, desk):
    made = reward_voucher_make(cast.alpha)
    redemption_cancel(redemption=made.redemption, actor=None)
    found = look_up(desk, made.code)
    assert found.redirect_chain == [(f"{PAGE}/{made.pk}", 302)]
    assert "This voucher was given back: it is worth nothing any more." in text_of(found)
    assert "given back" in text_of(hand_over(desk, made))
    assert stands(made) == ("cancelled", 0, None, None)


def test_a_hotel_of_the_programme_takes_it_and_alone_takes_it_back(cast, desk, signed_in):
    program = loyalty_program_make(cast.alpha)
    house_join(program=program, place=cast.beta, joined_on=BEGAN, currency_rate=Decimal("0.01"))
    made, stay = reward_voucher_make(cast.alpha, settlement_rate=20), stay_of(cast.beta, "5000")
    eve = signed_in(cast.eve)
    assert "JPY 2,000 on the bill of a stay" in text_of(look_up(eve, made.code))
    assert "Redeemed: JPY 2,000 on the bill of" in text_of(pay(eve, made, stay))
    text = text_of(look_up(desk, made.code))
    assert f"· {cast.beta.name} · eve" in text
    assert stay.number not in text
    ada = signed_in(cast.ada)
    ada.post("/dashboard/property", {"property": cast.alpha.pk})
    assert "Take back" not in text_of(ada.get(f"{PAGE}/{made.pk}"))
    assert take_back(ada, made).status_code == 403
    assert (stands(made), owed(stay)) == (("fulfilled", 1, cast.beta, cast.eve), 3000)
    ada.post("/dashboard/property", {"property": cast.beta.pk})
    assert "Taken back" in text_of(take_back(ada, made))
    assert (stands(made), owed(stay)) == (("confirmed", 1, None, None), 5000)


def test_who_approves_takes_it_back_with_a_reason(cast, desk, boss):
    made, stay = reward_voucher_make(cast.alpha, settlement_rate=20), stay_of(cast.alpha)
    assert "This voucher is not redeemed." in text_of(take_back(boss, made))
    pay(desk, made, stay)
    used = ("fulfilled", 1, cast.alpha, cast.bo)
    assert take_back(desk, made).status_code == 403
    assert 'class="errorlist"' in text_of(take_back(boss, made, **{"take_back-reason": " "}))
    assert (stands(made), owed(stay)) == (used, 30)
    assert 'name="take_back-reason"' in text_of(look_up(boss, made.code))
    text = text_of(take_back(boss, made))
    assert "Taken back: what it paid is owed again, and the voucher is good again." in text
    assert GOOD in text
    assert (stands(made), owed(stay)) == (("confirmed", 1, None, None), 50)


def test_codes_are_not_tried_without_end(cast, desk, boss):
    made = reward_voucher_make(cast.alpha)
    for _ in range(30):
        assert look_up(desk, "2222-2222-2223").status_code == 200
    for answer in (look_up(desk, made.code), hand_over(desk, made)):
        assert answer.status_code == 429
        assert int(answer["Retry-After"]) > 0
        assert "Too many codes. Wait " in text_of(answer)
        assert "Dinner" not in text_of(answer)
    assert stands(made) == NEW
    assert desk.get(PAGE).status_code == 200
    assert GOOD in text_of(look_up(boss, made.code))


def test_who_holds_no_right_is_refused(stage, signed_in):
    made, stay = reward_voucher_make(stage.alpha, settlement_rate=20), stay_of(stage.alpha)
    viewer = signed_in(stage.person({codename("view", "loyalty")}))
    for answer in (viewer.get(PAGE), look_up(viewer, made.code), pay(viewer, made, stay)):
        assert answer.status_code == 403
    assert viewer.get(f"{PAGE}/{made.pk}/print").status_code == 403
    assert viewer.get(f"{PAGE}/{made.pk}").status_code == 200
    without_stays = signed_in(stage.person({codename("view", "loyalty"), codename("enrol", "loyalty")}))
    text = text_of(look_up(without_stays, made.code, stay=stay.number))
    assert "It pays on a bill: who may see reservations redeems it." in text
    assert 'name="pay-reservation"' not in text
    assert pay(without_stays, made, stay).status_code == 403
    assert (stands(made), owed(stay)) == (NEW, 50)


def test_a_form_from_elsewhere_is_refused(cast):
    made = reward_voucher_make(cast.alpha)
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.bo)
    assert hand_over(client, made).status_code == 403
    assert stands(made) == NEW


def test_a_voucher_is_printed_with_its_code_and_that_is_noted(cast, desk, monkeypatch):
    member = member_of(cast.alpha)
    made = reward_voucher_make(cast.alpha, member, settlement_rate=20, voucher_days=30)
    url = f"{PAGE}/{made.pk}/print"
    assert f'href="{url}"' in text_of(desk.get(f"/dashboard/loyalty/members/{member.pk}"))
    assert made.code not in text_of(desk.get(f"{PAGE}/{made.pk}"))
    written = []
    monkeypatch.setattr(access_notes, "_sinks", [written.append])
    text = text_of(desk.get(url))
    for words in (
        made.code,
        "Dinner",
        "EUR 20.00",
        f"Anna Moser · {member.number}",
        "14 Mar 2027 – 13 Apr 2027",
    ):
        assert words in text
    assert written == [[AccessNote("guests_guest", "view", (member.guest_id,))]]


def test_only_what_is_good_is_printed_and_only_where_it_is_served(cast, desk, signed_in):
    program = loyalty_program_make(cast.alpha)
    house_join(program=program, place=cast.beta, joined_on=BEGAN, currency_rate=Decimal("0.01"))
    made = reward_voucher_make(cast.alpha)
    url = f"{PAGE}/{made.pk}/print"
    assert desk.get(url).status_code == 200
    assert signed_in(cast.eve).get(f"{PAGE}/{made.pk}").status_code == 200
    assert signed_in(cast.eve).get(url).status_code == 404
    voucher_redeem(voucher=made, code=made.code, place=cast.alpha, actor=None)
    assert desk.get(url).status_code == 404
    assert f'href="{url}"' not in text_of(desk.get(f"/dashboard/loyalty/members/{made.redemption.member_id}"))


@pytest.mark.django_db(transaction=True)
def test_of_two_who_redeem_at_once_one_is_served(signed_in):
    cast = make_cast()
    made, stay = reward_voucher_make(cast.alpha, settlement_rate=20), stay_of(cast.alpha)
    clients = [signed_in(cast.bo), signed_in(cast.ada)]
    found = together(*[lambda one=one: pay(one, made, stay) for one in clients])
    served = [answer for answer in found if answer.redirect_chain]
    (late,) = (answer for answer in found if answer not in served)
    assert len(served) == 1
    assert f"Redeemed: EUR 20.00 on the bill of {stay.number}." in text_of(served[0])
    assert USED in text_of(late)
    assert (stands(made)[:2], owed(stay), Posting.objects.filter(source="loyalty").count()) == (
        ("fulfilled", 1), 30, 1,
    )  # fmt: skip
