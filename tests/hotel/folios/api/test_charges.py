"""Charges by API: posted and corrected once for each key, with the folio as it stands then."""

import pytest
from django.contrib.auth.models import Permission

from hotel.folios.models import Posting
from hotel.folios.services.codes import standard_code
from hotel.folios.services.folios import folio_close, window_open
from hotel.properties.models import PropertyUserObjectPermission
from tests.contracts.base import assert_problem
from tests.contracts.permissions import Case, assert_case
from tests.contracts.queries import queries_of
from tests.contracts.stage import ALL_RIGHTS
from tests.factories.folios import (
    charge_make,
    folio_make,
    guest_folio_make,
    payment_make,
    posting_make,
    routing_rule_make,
    transaction_code_make,
    vat_make,
)

CHARGES = "/api/v1/charges"
EUR = "EUR"


@pytest.fixture
def client(stage):
    """May do everything, without a limit on rebates."""
    user = stage.person(ALL_RIGHTS)
    type(user).objects.filter(pk=user.pk).update(is_superuser=True)
    return stage.client(user)


def body_of(place, folio, amount="11.00", code="beverage", **over) -> dict:
    return {
        "folio": folio.pk,
        "code": standard_code(place, code).pk,
        "amount": {"amount": amount, "currency": str(place.currency)},
        **over,
    }


def grosses(answer) -> list[str]:
    return [row["gross"]["amount"] for row in answer.json()["postings"]]


TABLE = [
    Case("post", f"{CHARGES}/{{posting}}/reverse", "adjust_folios_area", 200, {}),
    Case("post", f"{CHARGES}/{{posting}}/split", "adjust_folios_area", 200, {"parts": 2}),
]


@pytest.mark.parametrize("case", TABLE, ids=str)
def test_permissions(case, stage):
    assert_case(case, stage, posting=posting_make(stage.alpha).pk)


def test_posting_needs_the_right_where_the_folio_is(stage):
    body = body_of(stage.alpha, folio_make(stage.alpha))
    for client, status in (
        (stage.client(), 401),
        (stage.client_of(ALL_RIGHTS - {"post_folios_area"}), 403),
        (stage.client_of(ALL_RIGHTS, stage.beta), 400),
        (stage.client_of({"view_folios_area", "post_folios_area"}), 201),
    ):
        assert client.post(CHARGES, body).status_code == status
    assert Posting.objects.count() == 1


def test_seeing_here_and_posting_elsewhere_is_not_enough(stage):
    user = stage.person({"view_folios_area"})
    PropertyUserObjectPermission.objects.create(
        user=user, permission=Permission.objects.get(codename="post_folios_area"), content_object=stage.beta
    )
    answer = stage.client(user).post(CHARGES, body_of(stage.alpha, folio_make(stage.alpha)))
    assert_problem(answer, 403, "permission_denied")
    assert not Posting.objects.exists()


def test_a_charge_is_posted_with_its_taxes(stage, client):
    vat_make(stage.alpha)
    folio = folio_make(stage.alpha)

    answer = client.post(
        CHARGES, body_of(stage.alpha, folio, quantity="2", description="Two beers", reference="Bill 7")
    )

    assert answer.status_code == 201, answer.content
    (line,) = answer.json()["postings"]
    assert (line["net"]["amount"], line["gross"]["amount"], line["kind"], line["group"]) == (
        "10.00",
        "11.00",
        "charge",
        "beverage",
    )
    assert line["taxes"] == [
        {
            "code": "VAT",
            "name": "Vat",
            "base": {"amount": "10.00", "currency": EUR},
            "amount": {"amount": "1.00", "currency": EUR},
            "is_inclusive": True,
        }
    ]
    assert (line["description"], line["quantity"], line["reference"]) == ("Two beers", "2.000", "Bill 7")
    assert (line["window_number"], line["is_reversed"], line["business_date"]) == (1, False, "2027-03-14")
    assert answer.json()["folio"]["balance"] == {"amount": "11.00", "currency": EUR}
    assert next(row["name"] for row in answer.json()["folio"]["actions"] if row["is_allowed"]) == "charge"


def test_the_same_key_posts_once(stage, client):
    body = body_of(stage.alpha, folio_make(stage.alpha))
    first, again = (client.post(CHARGES, body, key="k") for _ in range(2))
    assert (first.status_code, again.status_code) == (201, 201)
    assert again.json() == first.json()
    assert Posting.objects.count() == 1
    assert_problem(client.post(CHARGES, body, key=""), 400, "idempotency_key_missing")


@pytest.mark.parametrize(
    ("over", "status", "code"),
    [
        ({"amount": {"amount": "-1", "currency": EUR}}, 400, "amount_invalid"),
        ({"amount": {"amount": "1", "currency": "USD"}}, 400, "amount_invalid"),
        ({"amount": 5}, 400, "invalid"),
        ({"quantity": "0"}, 400, "invalid"),
        ({"revenue_date": "2027-03-15"}, 422, "revenue_date_refused"),
        ({"folio": 0}, 400, "invalid"),
        ({"description": "\x00"}, 400, "malformed"),
    ],
)
def test_what_cannot_be_posted_is_refused(stage, client, over, status, code):
    answer = client.post(CHARGES, {**body_of(stage.alpha, folio_make(stage.alpha)), **over})
    assert_problem(answer, status, code)
    assert not Posting.objects.exists()


def test_ways_of_payment_charge_nothing(stage, client):
    answer = client.post(CHARGES, body_of(stage.alpha, folio_make(stage.alpha), code="cash"))
    assert_problem(answer, 400, "code_invalid")


def test_a_closed_folio_takes_nothing(stage, client):
    folio = folio_make(stage.alpha)
    folio_close(folio=folio)
    assert_problem(client.post(CHARGES, body_of(stage.alpha, folio)), 409, "window_closed")


def test_a_limit_answers_with_both_parts(stage, client):
    folio, payer = folio_make(stage.alpha), folio_make(stage.alpha, name="Payer")
    routing_rule_make(
        stage.alpha, folio=folio, window=payer.windows.get(), limit_amount=charge_make(payer, 8).gross
    )
    answer = client.post(CHARGES, body_of(stage.alpha, folio))
    assert grosses(answer) == ["8.00", "3.00"]
    assert [row["folio"] for row in answer.json()["postings"]] == [payer.pk, folio.pk]
    assert answer.json()["folio"]["balance"]["amount"] == "3.00"


def test_a_line_is_taken_back_once(stage, client):
    posting = posting_make(stage.alpha)
    path = f"{CHARGES}/{posting.pk}/reverse"
    answer = client.post(path, {"reason": "Wrong table"})
    assert grosses(answer) == ["-11.00"]
    assert answer.json()["postings"][0]["reverses"] == posting.pk
    assert client.get(f"{CHARGES}/{posting.pk}").json()["is_reversed"] is True
    assert_problem(client.post(path, {}), 409, "posting_reversed")


def test_money_is_not_taken_back_here(stage, client):
    payment = payment_make(folio_make(stage.alpha), 5)
    assert_problem(client.post(f"{CHARGES}/{payment.pk}/reverse", {}), 409, "posting_is_payment")
    assert Posting.objects.count() == 1


def test_a_part_is_let_off(stage, client):
    posting = posting_make(stage.alpha)
    path = f"{CHARGES}/{posting.pk}/adjust"
    answer = client.post(path, {"amount": {"amount": "5.50", "currency": EUR}, "reason": "Cold"})
    assert grosses(answer) == ["-5.50"]
    assert answer.json()["folio"]["balance"]["amount"] == "5.50"
    too_much = client.post(path, {"amount": {"amount": "5.51", "currency": EUR}, "reason": "Cold"})
    assert_problem(too_much, 422, "adjustment_too_large")
    assert_problem(client.post(path, {"amount": {"amount": "1", "currency": EUR}}), 400, "invalid")


def test_nobody_lets_off_more_than_his_limit(stage):
    posting = posting_make(stage.alpha)
    client = stage.client_of(ALL_RIGHTS)  # rights without a role: no limit was ever given
    body = {"amount": {"amount": "1", "currency": EUR}, "reason": "Nice"}
    answer = client.post(f"{CHARGES}/{posting.pk}/adjust", body)
    assert_problem(answer, 422, "rebate_above_limit")
    assert answer.json()["extra"] == {"limit": "0.00"}


def test_lines_move_to_another_window(stage, client):
    folio = folio_make(stage.alpha)
    window = window_open(folio=folio)
    ids = [charge_make(folio, amount).pk for amount in (10, 20)]

    answer = client.post(f"{CHARGES}/transfer", {"postings": ids, "window": window.pk})

    assert grosses(answer) == ["10.00", "20.00"]
    assert [row["moved_from"] for row in answer.json()["postings"]] == ids
    assert [row["balance"]["amount"] for row in answer.json()["folio"]["windows"]] == ["0.00", "30.00"]


def test_lines_of_others_are_not_found(stage):
    theirs, mine = posting_make(stage.beta), folio_make(stage.alpha).windows.get()
    client = stage.client_of(ALL_RIGHTS)
    answer = client.post(f"{CHARGES}/transfer", {"postings": [theirs.pk], "window": mine.pk})
    assert_problem(answer, 404, "not_found")
    assert Posting.objects.count() == 1


def test_a_line_is_split(stage, client):
    first, second = (posting_make(stage.alpha, amount=10) for _ in range(2))
    assert grosses(client.post(f"{CHARGES}/{first.pk}/split", {"parts": 3})) == ["3.34", "3.33", "3.33"]
    amounts = [{"amount": amount, "currency": EUR} for amount in ("7.25", "2.75")]
    path = f"{CHARGES}/{second.pk}/split"
    assert_problem(client.post(path, {"amounts": amounts[:1] * 2}), 400, "invalid")
    assert_problem(client.post(path, {"amounts": amounts, "parts": 2}), 400, "invalid")
    assert grosses(client.post(path, {"amounts": amounts})) == ["7.25", "2.75"]


def test_lists_are_narrowed(stage, client):
    folio, other = guest_folio_make(stage.alpha), folio_make(stage.alpha)
    mine, paid = charge_make(folio, 10), payment_make(folio, 5)
    charge_make(other, 7)

    def found(**query) -> list[int]:
        return [row["id"] for row in client.get(CHARGES, query).json()["results"]]

    assert found(folio=folio.pk) == [paid.pk, mine.pk]
    assert found(folio=folio.pk, kind="payment") == [paid.pk]
    assert found(reservation=folio.reservation_id, kind="charge") == [mine.pk]
    assert found(window=folio.windows.get().pk, code=mine.code_id) == [mine.pk]
    assert found(business_date="2027-03-13") == []


def test_a_charge_costs_few_queries(stage):
    vat_make(stage.alpha)
    folio = guest_folio_make(stage.alpha)
    client, body = stage.client_of(ALL_RIGHTS), body_of(stage.alpha, folio)
    client.post(CHARGES, body)  # codes of taxes are made, the sheet is kept

    sent = queries_of(lambda: client.post(CHARGES, body))

    assert len(sent) <= 32, "\n".join(sql[:160] for sql in sent)


def test_reading_a_folio_costs_the_same_for_one_line_and_for_many(stage):
    folio = folio_make(stage.alpha)
    charge_make(folio, 1)
    client, path = stage.client_of(ALL_RIGHTS), f"/api/v1/folios/{folio.pk}"
    client.get(path)  # reads the rights of the caller
    few = queries_of(lambda: client.get(path))
    for _ in range(9):
        charge_make(folio, 1)
    many = queries_of(lambda: client.get(path))
    assert len(few) == len(many) == 3, "\n".join(sql[:160] for sql in many)


def test_codes_are_retired_and_standard_ones_are_not(stage, client):
    mine, standard = transaction_code_make(stage.alpha), standard_code(stage.alpha, "room")
    retired = client.patch(f"{CHARGES}/codes/{mine.pk}", {"is_active": False})
    assert (retired.status_code, retired.json()["is_active"]) == (200, False)
    assert_problem(
        client.patch(f"{CHARGES}/codes/{standard.pk}", {"is_active": False}), 422, "code_is_standard"
    )
    assert_problem(client.patch(f"{CHARGES}/codes/{mine.pk}", {"kind": "payment"}), 400, "code_field_fixed")
    assert client.delete(f"{CHARGES}/codes/{mine.pk}").status_code == 405
