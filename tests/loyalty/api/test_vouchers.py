"""Vouchers by API: listed without their codes, looked up by them, redeemed once."""

import pytest

from hotel.folios.models import Posting
from loyalty.models import RewardVoucher
from tests.contracts.base import assert_problem
from tests.contracts.crud import ReadContract
from tests.factories.folios import charge_make, guest_folio_make
from tests.factories.loyalty import reward_voucher_make
from tests.factories.reservations import house_make
from tests.loyalty.api.test_resources import APPROVE, ENROL, URL, VIEW, post

pytestmark = pytest.mark.usefixtures("fresh_tries")


class TestVouchers(ReadContract):
    model, url, area = RewardVoucher, f"{URL}/vouchers", "loyalty"

    def make(self, place, n):
        return reward_voucher_make(place)


@pytest.fixture
def desk(stage):
    return stage.client_of((VIEW, ENROL, "view_reservations_area"), stage.alpha)


@pytest.fixture
def voucher(stage):
    return reward_voucher_make(stage.alpha, settlement_rate=20)


def look_up(client, place, code):
    return client.post(f"{URL}/vouchers/look-up", {"property": place.pk, "code": code}, format="json")


def test_its_code_is_told_to_the_desk_alone(stage, desk, voucher):
    for path in (f"{URL}/vouchers", f"{URL}/vouchers/{voucher.pk}"):
        assert voucher.code not in desk.get(path).content.decode()
    path = f"{URL}/vouchers/{voucher.pk}/code"
    assert desk.get(path).json() == {"code": voucher.code}
    assert_problem(stage.client_of((VIEW,), stage.alpha).get(path), 403, "permission_denied")
    assert stage.client_of((VIEW, ENROL), stage.beta).get(path).status_code == 404


def test_a_code_is_looked_up_and_redeemed_on_a_bill(stage, desk, voucher):
    stay = house_make(stage.alpha).reserve()
    charge_make(guest_folio_make(stage.alpha, stay), "50.00")
    found = look_up(desk, stage.alpha, voucher.code.lower())
    shown = found.json()
    assert (found.status_code, shown["id"], shown["status"], shown["value"], shown["ending"]) == (
        200, voucher.pk, "confirmed", "20.000", voucher.code[-4:],
    )  # fmt: skip
    body = {"property": stage.alpha.pk, "code": voucher.code, "reservation": stay.pk}
    path = f"vouchers/{voucher.pk}"
    done = post(desk, f"{path}/redeem", body)
    assert (done.status_code, done.json()["status"], done.json()["redeemed_place"]) == (
        200, "fulfilled", stage.alpha.pk,
    )  # fmt: skip
    assert post(desk, f"{path}/redeem", body).json() == done.json()
    assert_problem(post(desk, f"{path}/redeem", body, key="2"), 409, "voucher_redeemed")
    assert Posting.objects.filter(source="loyalty").count() == 1
    assert_problem(post(desk, f"{path}/take-back", {"reason": "x"}, key="3"), 403, "permission_denied")
    boss = stage.client_of((VIEW, APPROVE), stage.alpha)
    back = post(boss, f"{path}/take-back", {"reason": "The wrong bill"}, key="4").json()
    assert (back["status"], back["redeemed_at"]) == ("confirmed", None)


def test_what_is_unknown_is_as_what_is_of_elsewhere(stage, desk, voucher):
    elsewhere = reward_voucher_make(stage.beta)
    answers = [look_up(desk, stage.alpha, code) for code in ("2222-2222-2223", elsewhere.code)]
    for answer in answers:
        assert_problem(answer, 404, "voucher_unknown")
    assert answers[0].json()["detail"] == answers[1].json()["detail"]
    wrong = {"property": stage.alpha.pk, "code": elsewhere.code}
    assert_problem(post(desk, f"vouchers/{voucher.pk}/redeem", wrong), 404, "voucher_unknown")


def test_codes_are_not_tried_without_end(stage, desk, voucher):
    for _ in range(30):
        assert look_up(desk, stage.alpha, "2222-2222-2223").status_code == 404
    refused = look_up(desk, stage.alpha, voucher.code)
    assert_problem(refused, 429, "throttled")
    assert int(refused["Retry-After"]) > 0
    body = {"property": stage.alpha.pk, "code": voucher.code}
    assert_problem(post(desk, f"vouchers/{voucher.pk}/redeem", body), 429, "throttled")
    assert desk.get(f"{URL}/vouchers/{voucher.pk}").status_code == 200
