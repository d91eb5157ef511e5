"""The folio page: lines with what is owed after each, and everything that posts, moves and closes."""

import uuid

import pytest
from moneyed import Money

from hotel.folios.models import Folio, Invoice, Posting
from hotel.folios.services.corrections import posting_reverse
from hotel.folios.services.deposits import deposit_post
from hotel.folios.services.folios import window_open
from hotel.folios.services.invoices import invoice_issue
from tests.contracts.queries import queries_of
from tests.factories.folios import charge_make, folio_make, guest_folio_make, payment_make, routing_rule_make
from tests.factories.guests import guest_make


def page_of(folio) -> str:
    return f"/dashboard/folios/{folio.pk}"


def text_of(response) -> str:
    return response.content.decode()


def balances(answer) -> list[list[str]]:
    """What is owed after each line, window by window."""
    return [[str(line.balance.amount) for line in lines.lines] for _, lines in answer.context["windows"]]


def test_lines_stand_in_order_with_what_is_owed_after_each(desk, folio):
    charge_make(folio, 11)
    payment_make(folio, 5)
    wrong = charge_make(folio, 7)
    posting_reverse(posting=wrong)

    answer = desk.get(page_of(folio))

    assert balances(answer) == [["11.00", "6.00", "13.00", "6.00"]]
    assert text_of(answer).count('class="struck"') == 2
    assert '<td class="sum num">−5.00</td><td class="left num">6.00</td>' in text_of(answer)
    assert "<b>EUR 6.00</b><small>owed by the guest</small>" in text_of(answer)
    assert "Anna Moser" in text_of(answer)


def test_a_charge_is_posted_with_its_taxes(desk, folio, code, send, cast):
    answer = send(
        desk, page_of(folio), "charge", code=code("beverage"), amount="11.00", quantity="2", reference="Bar 7"
    )

    assert "Posted: Beverage EUR 11.00." in text_of(answer)
    line = Posting.objects.get()
    assert (line.gross, line.net, line.reference, line.actor) == (
        Money(11, "EUR"), Money(10, "EUR"), "Bar 7", cast.bo,
    )  # fmt: skip


def test_a_double_click_posts_once(desk, folio, code, send):
    key = uuid.uuid4()
    for _ in range(2):
        answer = send(
            desk, page_of(folio), "charge", key, code=code("beverage"), amount="11.00", quantity="1"
        )

    assert Posting.objects.count() == 1
    assert "This was done already; the second time did nothing." in text_of(answer)


def test_a_form_sent_again_with_another_amount_does_nothing(desk, folio, code, send):
    key = uuid.uuid4()
    for amount in ("11.00", "12.00"):
        answer = send(desk, page_of(folio), "charge", key, code=code("beverage"), amount=amount, quantity="1")

    assert [line.gross for line in Posting.objects.all()] == [Money(11, "EUR")]
    assert "This form was sent before with other values." in text_of(answer)


@pytest.mark.parametrize(
    ("case", "values", "told"),
    [
        ("no amount", {"amount": ""}, "This field is required."),
        ("too fine", {"amount": "1.005"}, "no more than 2 decimal places"),
        ("nothing", {"amount": "0"}, "greater than or equal to 0.01"),
        ("a day to come", {"amount": "5", "revenue_date": "2027-03-20"}, "Charges can be posted for"),
    ],
)
def test_a_charge_that_cannot_be_is_told_on_the_form(desk, folio, code, send, case, values, told):
    answer = send(desk, page_of(folio), "charge", code=code("beverage"), quantity="1", **values)

    assert told in text_of(answer)
    assert f'value="{code("beverage")}" selected' in text_of(answer)
    assert not Posting.objects.exists()


def test_after_a_refusal_the_same_form_can_be_sent_again(desk, folio, code, send):
    key, wanted = uuid.uuid4(), {"code": code("beverage"), "amount": "5", "quantity": "1"}
    send(desk, page_of(folio), "charge", key, revenue_date="2027-03-20", **wanted)

    send(desk, page_of(folio), "charge", key, **wanted)

    assert Posting.objects.get().gross == Money(5, "EUR")


def test_ticked_lines_go_to_another_window(desk, folio, send):
    other = window_open(folio=folio, label="Firm")
    first, second = charge_make(folio, 11), charge_make(folio, 7)

    answer = send(desk, page_of(folio), "move", postings=[first.pk, second.pk], window=other.pk)

    assert "Moved 2 lines to window 2." in text_of(answer)
    assert balances(answer)[1] == ["11.00", "18.00"]
    assert answer.context["folio"].balance == Money(18, "EUR")


def test_moving_nothing_is_told(desk, folio, send):
    other = window_open(folio=folio)
    charge_make(folio, 11)

    answer = send(desk, page_of(folio), "move", window=other.pk)

    assert "Tick the lines that are to be moved." in text_of(answer)
    assert Posting.objects.count() == 1


def test_a_window_is_opened_for_another_payer(desk, folio, send):
    guest = folio.reservation.primary_guest

    send(desk, page_of(folio), "window", label="Extras", payer=f"guest-{guest.pk}")

    window = folio.windows.get(number=2)
    assert (window.label, window.guest) == ("Extras", guest)


def test_the_deposit_pays_on_the_folio(desk, folio, house, send, code):
    deposit_post(
        reservation=folio.reservation,
        code=payment_make(folio, 1).code,
        amount=Money(80, "EUR"),
    )
    charge_make(folio, 100)
    assert "Deposit held" in text_of(desk.get(page_of(folio)))

    answer = send(desk, page_of(folio), "use_deposits")

    assert "The deposit pays EUR 80.00 here." in text_of(answer)
    assert answer.context["folio"].balance == Money(19, "EUR")


def test_an_invoice_is_issued_once_and_printed(desk, folio, send):
    charge_make(folio, 11)
    window, key = folio.windows.get(), uuid.uuid4()
    for _ in range(2):
        answer = send(desk, page_of(folio), "invoice", key, window=window.pk)

    invoice = Invoice.objects.get()
    assert invoice.total == Money(11, "EUR")
    assert f"/api/v1/invoices/{invoice.pk}/pdf" in text_of(answer)
    assert f"/api/v1/invoices/pro-forma/pdf?window={window.pk}" in text_of(answer)
    assert "Nothing on this window is still to be invoiced." in text_of(
        send(desk, page_of(folio), "invoice", window=window.pk)
    )


def test_a_folio_closes_when_it_is_settled_and_opens_again(desk, folio, send):
    charge_make(folio, 11)
    page = text_of(desk.get(page_of(folio)))
    assert "Close folio</button>" not in page
    assert "some window has a balance" in page
    refused = send(desk, page_of(folio), "close", version=Folio.objects.get().version)
    assert "some window has a balance" in text_of(refused)
    assert Folio.objects.get().status == "open"

    payment_make(folio, 11)
    send(desk, page_of(folio), "close", version=Folio.objects.get().version)
    assert Folio.objects.get().status == "closed"
    assert "Post a charge" not in text_of(desk.get(page_of(folio)))

    send(desk, page_of(folio), "reopen", version=Folio.objects.get().version)
    assert Folio.objects.get().status == "open"


def test_a_stale_page_closes_nothing(desk, folio, send):
    answer = send(desk, page_of(folio), "close", version=7)

    assert "Somebody changed this folio meanwhile" in text_of(answer)
    assert Folio.objects.get().status == "open"


def test_routing_is_shown(desk, folio, house):
    routing_rule_make(house.place, folio=folio, groups=["beverage"], limit_amount=Money(50, "EUR"))

    page = text_of(desk.get(page_of(folio)))

    assert "beverage →" in page
    assert "up to EUR 50.00" in page


@pytest.mark.parametrize(("most", "shown"), [(2, 2), (1, 0)])
def test_a_very_long_folio_shows_its_last_lines(desk, folio, monkeypatch, most, shown):
    for amount in (11, 7):
        charge_make(folio, amount)
    monkeypatch.setattr("hotel.folios.selectors.statements.MOST_LINES", most)

    answer = desk.get(page_of(folio))

    assert sum(len(lines.lines) for _, lines in answer.context["windows"]) == shown
    assert ("This folio is very long" in text_of(answer)) is (shown == 0)
    assert "<b>EUR 18.00</b>" in text_of(answer)


def test_folios_are_found_by_number_stay_name_and_status(desk, folio, house, cast, signed_in):
    account = folio_make(house.place, name="Staff canteen")
    charge_make(account, 9)

    def found(query, client=desk):
        page = text_of(client.get(f"/dashboard/folios?{query}"))
        return [row.number in page for row in (folio, account)]

    assert found("") == [True, True]
    assert found(f"text={folio.number}") == [True, False]
    assert found(f"text={folio.reservation.number}") == [True, False]
    assert found("text=mos") == [True, False]
    assert found("text=canteen") == [False, True]
    assert found("status=closed") == [False, False]
    assert found("status=nonsense") == [False, False]
    assert "<strong>9.00</strong>" in text_of(desk.get("/dashboard/folios"))


def test_folios_need_their_right_and_stay_within_the_property(folio, cast, signed_in, send, code):
    charge = {"code": code("beverage"), "amount": "5", "quantity": "1"}

    assert signed_in(cast.di).get(page_of(folio)).status_code == 403
    assert signed_in(cast.eve).get(page_of(folio)).status_code == 404
    assert send(signed_in(cast.eve), page_of(folio), "charge", **charge).status_code == 404
    assert folio.number not in text_of(signed_in(cast.eve).get("/dashboard/folios"))
    reader = signed_in(cast.rae)
    assert "Your role only reads folios." in text_of(reader.get(page_of(folio)))
    assert send(reader, page_of(folio), "charge", **charge).status_code == 403
    assert send(reader, page_of(folio), "explode").status_code == 404
    assert not Posting.objects.exists()


def test_a_confidential_guest_stays_so_for_those_who_may_not_view_guests(house, cast, signed_in):
    guest = guest_make(house.place, first_name="Greta", last_name="Garbo")
    stay = house.reserve(1, 2, primary_guest=guest, flags=frozenset({"is_confidential"}))
    folio = guest_folio_make(house.place, stay)
    charge_make(folio, 11)
    invoice_issue(window=folio.windows.get())

    for person, pages in ((cast.val, [page_of(folio), "/dashboard/folios"]), (cast.bo, [page_of(folio)])):
        for page in pages:
            shown = text_of(signed_in(person).get(page))
            assert ("Garbo" in shown, "Confidential" in shown) == (person == cast.bo, True)


def test_the_number_of_queries_does_not_grow_with_the_lines(desk, folio):
    charge_make(folio, 11)
    payment_make(folio, 11)
    desk.get(page_of(folio))
    few = len(queries_of(lambda: desk.get(page_of(folio))))
    for amount in (1, 2, 3):
        charge_make(folio, amount)

    assert len(queries_of(lambda: desk.get(page_of(folio)))) == few
    assert few <= 32


def test_the_list_of_folios_costs_the_same_for_many(desk, folio, house):
    desk.get("/dashboard/folios")
    few = len(queries_of(lambda: desk.get("/dashboard/folios")))
    for name in ("A", "B", "C"):
        folio_make(house.place, name=name)

    assert len(queries_of(lambda: desk.get("/dashboard/folios"))) == few
    assert few <= 15
