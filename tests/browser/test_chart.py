"""The tape chart in hands: dragged, walked by keys, undone, and refused where somebody else has the room."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from hotel.reservations.models import Reservation, RoomAssignment
from hotel.reservations.services.assignment import room_assign
from tests.cast import TODAY

DAY = timedelta(days=1)


@pytest.fixture
def stays(hotel):
    """Tomorrow for two nights in 101, and the day after in 102 for one."""
    first, second = hotel.reserve(1, 2), hotel.reserve(2, 1)
    for row, room in ((first, hotel.rooms[0]), (second, hotel.rooms[1])):
        room_assign(reservation=row, room=room, actor=None)
    return first, second


@pytest.fixture
def chart(stays, desk):
    """The chart of seven days, as Bo has it open."""
    desk.sign_in("bo")
    desk.open("/dashboard/chart?days=7")
    return desk


def bar(desk, stay):
    return desk.page.locator(f'#tape .row:not(.un) a[data-stay="{stay.pk}"]')


def row(desk, number):
    return desk.page.locator(f'#tape .row[data-number="{number}"]')


def stands(desk, stay):
    def asked():
        fresh = Reservation.objects.get(pk=stay.pk)
        rooms = RoomAssignment.objects.filter(reservation=stay, released_at=None)
        return (
            [one.room.number for one in rooms],
            (fresh.arrival - TODAY).days,
            (fresh.departure - TODAY).days,
        )

    return desk.ask(asked)


def drag(desk, link, *, to_row=None, days=0, edge=None):
    box = link.bounding_box()
    x = box["x"] + {"end": box["width"] - 4, "start": 4}.get(edge, box["width"] / 2)
    y = box["y"] + box["height"] / 2
    day = desk.page.locator("#tape .dh").first.bounding_box()["width"]
    target = y if to_row is None else to_row.bounding_box()["y"] + box["height"] / 2
    mouse = desk.page.mouse
    mouse.move(x, y)
    mouse.down()
    mouse.move(x + 6, y + 6, steps=3)
    mouse.move(x + days * day, target, steps=8)
    desk.page.wait_for_timeout(60)  # a frame, so that what is told is what is dropped
    mouse.up()


def test_a_stay_is_dragged_into_another_room_and_back_by_undo(stays, chart):
    drag(chart, bar(chart, stays[0]), to_row=row(chart, "103"))
    toast = chart.page.locator("#chart-toast")
    expect(toast).to_contain_text("103 · 15 Mar – 17 Mar · 2 nights")
    assert stands(chart, stays[0]) == (["103"], 1, 3)
    toast.get_by_role("button", name="Undo").click()
    expect(toast).to_contain_text("It stands where it stood before.")
    assert stands(chart, stays[0]) == (["101"], 1, 3)


def test_a_taken_room_is_refused_before_and_after_the_drop(stays, chart, hotel):
    drag(chart, bar(chart, stays[0]), to_row=row(chart, "102"))
    toast = chart.page.locator("#chart-toast")
    expect(toast).to_contain_text("Taken. Nothing was moved.")
    chart.ask(lambda: room_assign(reservation=hotel.reserve(1, 1), room=hotel.rooms[2], actor=None))
    drag(chart, bar(chart, stays[0]), to_row=row(chart, "103"))  # the chart does not know yet
    expect(toast).to_contain_text("103")
    expect(toast).to_have_class("toast bad")
    assert stands(chart, stays[0]) == (["101"], 1, 3)
    expect(row(chart, "101").locator(f'a[data-stay="{stays[0].pk}"]')).to_be_visible()
    chart.complaints.clear()  # the browser notes the refusal


def test_its_end_is_dragged_and_the_price_is_asked_for_first(stays, chart):
    dialog = chart.page.locator("#chart-dialog")
    drag(chart, bar(chart, stays[0]), days=1, edge="end")
    expect(dialog).to_contain_text("101 · 15 Mar – 18 Mar · 3 nights")
    dialog.get_by_role("button", name="Leave it").click()
    assert stands(chart, stays[0]) == (["101"], 1, 3)
    drag(chart, bar(chart, stays[0]), days=1, edge="end")
    dialog.get_by_role("button", name="EUR 300.00 instead of EUR 200.00").click()
    expect(chart.page.locator("#chart-toast")).to_contain_text("EUR 300.00 instead of EUR 200.00")
    assert stands(chart, stays[0]) == (["101"], 1, 4)


def test_keys_walk_move_and_cancel(stays, chart):
    page, keys = chart.page, chart.page.keyboard
    first, second = bar(chart, stays[0]), bar(chart, stays[1])
    first.focus()
    keys.press("ArrowDown")
    expect(second).to_be_focused()
    keys.press("ArrowUp")
    expect(first).to_be_focused()
    keys.press("m")
    keys.press("ArrowDown")
    expect(page.locator("#chart-toast")).to_contain_text("Taken: 102")
    keys.press("ArrowDown")
    expect(page.locator("#chart-toast")).to_contain_text("103 ·")
    keys.press("Escape")
    expect(first).to_be_focused()
    assert stands(chart, stays[0]) == (["101"], 1, 3)
    keys.press("m")
    keys.press("ArrowDown")
    keys.press("ArrowDown")
    keys.press("Enter")
    expect(page.locator("#chart-toast")).to_contain_text("103 · 15 Mar – 17 Mar · 2 nights")
    assert stands(chart, stays[0]) == (["103"], 1, 3)
    keys.press("Enter")
    page.wait_for_url("**/dashboard/reservations/*")


def test_free_days_are_drawn_over_to_book_them(stays, chart):
    box = row(chart, "103").bounding_box()
    day = chart.page.locator("#tape .dh").first.bounding_box()["width"]
    mouse, y = chart.page.mouse, box["y"] + box["height"] / 2
    mouse.move(box["x"] + 3.6 * day, y)
    mouse.down()
    mouse.move(box["x"] + 4.6 * day, y, steps=6)
    chart.page.wait_for_timeout(60)
    mouse.up()
    chart.page.wait_for_url("**/dashboard/bookings/new?*")
    assert "arrival=2027-03-16&departure=2027-03-18&adults=2" in chart.page.url


def test_a_finger_opens_the_stay_and_drags_nothing(stays, chart):
    bar(chart, stays[0]).dispatch_event("pointerdown", {"pointerType": "touch", "button": 0})
    assert chart.page.locator("#tape .ghost").count() == 0
    bar(chart, stays[0]).click()
    chart.page.wait_for_url("**/dashboard/reservations/*")


def test_a_bar_is_told_on_rest_and_on_focus_and_put_away_by_escape(stays, chart):
    card = chart.page.get_by_role("tooltip")
    expect(card).to_be_hidden()

    bar(chart, stays[0]).hover()
    expect(card).to_contain_text(stays[0].number)
    card.hover()  # the hand may go onto it
    chart.page.wait_for_timeout(400)
    expect(card).to_be_visible()
    chart.page.mouse.move(2, 2)
    expect(card).to_be_hidden()

    bar(chart, stays[0]).focus()
    chart.page.keyboard.press("ArrowDown")
    expect(bar(chart, stays[1])).to_be_focused()
    expect(card).to_contain_text(stays[1].number)
    expect(bar(chart, stays[1])).to_have_attribute("aria-describedby", "chart-card")
    chart.page.keyboard.press("Escape")
    expect(card).to_be_hidden()
    assert chart.overflow() == 0


def test_only_some_rooms_are_asked_for_and_the_choice_stays(stays, chart):
    page = chart.page
    page.get_by_text("Which rooms").click()
    page.get_by_label("Room", exact=True).fill("102")
    page.get_by_role("button", name="Show", exact=True).click()
    expect(page.locator("#tape .row:not(.un)")).to_have_count(1)
    page.get_by_role("link", name="14 days").click()
    expect(page.locator("#tape.days14 .row:not(.un)")).to_have_count(1)
    page.get_by_role("link", name="Show all rooms").click()
    expect(page.locator("#tape .row:not(.un)")).to_have_count(5)
