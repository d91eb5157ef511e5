"""Work orders by hand: dragged, moved by keys, and followed by who looks on."""

import pytest
from playwright.sync_api import expect

from hotel.accounts.models import User
from hotel.operations.models import WorkOrder
from hotel.operations.services.work_orders import order_report, order_start

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PATH = "/dashboard/tasks"


@pytest.fixture
def board(desk, hotel):
    """Two repairs, and Ada before them."""

    def furnish():
        for room, title in zip(hotel.rooms, ("The tap drips", "The lamp is dark"), strict=False):
            values = {"room": room, "category": "other", "title": title}
            order_report(place=hotel.place, values=values, actor=None)

    desk.ask(furnish)
    desk.sign_in("ada")
    desk.page.goto(f"{desk.address}{PATH}")
    return desk


def column(desk, name):
    return desk.page.locator(f"[data-column={name}]")


def slip(desk, title):
    return desk.page.locator(".slip", has_text=title)


def states(desk):
    return desk.ask(lambda: dict(WorkOrder.objects.values_list("title", "state")))


def test_a_card_is_dragged_to_a_column_that_it_may_go_to(board):
    slip(board, "tap").drag_to(column(board, "doing"))
    expect(column(board, "doing")).to_contain_text("The tap drips")
    slip(board, "lamp").drag_to(column(board, "done"))
    board.page.wait_for_timeout(300)
    assert states(board) == {"The tap drips": "doing", "The lamp is dark": "new"}


def test_a_card_is_moved_by_keys_and_asks_for_what_is_missing(board):
    slip(board, "tap").focus()
    board.page.keyboard.press("Alt+ArrowRight")  # to assigned: to whom?
    expect(slip(board, "tap").get_by_label("Who")).to_be_focused()
    slip(board, "tap").get_by_label("Who").select_option(label="di")
    slip(board, "tap").get_by_role("button", name="Assign").click()
    expect(column(board, "assigned")).to_contain_text("The tap drips")
    slip(board, "tap").focus()
    board.page.keyboard.press("Alt+ArrowRight")
    expect(column(board, "doing")).to_contain_text("The tap drips")
    slip(board, "tap").focus()
    board.page.keyboard.press("Alt+ArrowLeft")  # nothing leads back
    expect(board.page.locator("#board-say")).to_have_text("That step is not possible from here.")
    assert states(board) == {"The tap drips": "doing", "The lamp is dark": "new"}


def test_what_others_do_appears(board, hotel):
    board.page.wait_for_timeout(500)

    def started():
        bo = User.objects.get(username="bo")
        order_start(order=WorkOrder.objects.get(title="The tap drips"), actor=bo)

    board.ask(started)
    expect(column(board, "doing")).to_contain_text("The tap drips")


def test_it_fits_a_phone(board):
    board.page.set_viewport_size({"width": 375, "height": 720})
    for path in (PATH, f"{PATH}?of=tasks", f"{PATH}/orders/new", "/dashboard/rounds"):
        board.open(path)
        assert board.overflow() == 0
