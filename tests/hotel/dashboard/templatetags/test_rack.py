from datetime import date

from django.templatetags.static import static

from hotel.dashboard.templatetags.rack import rack_rows, room_options
from hotel.dashboard.views.rack import RackCell
from hotel.rooms.services.blocks import BlockData, block_create
from tests.factories.guests import guest_make

FRIDAY, SATURDAY = date(2027, 3, 19), date(2027, 3, 20)


def cells_of(house, *cells):
    """The cells of room 101, without its heading."""
    written = rack_rows([(house.rooms[0], cells)])
    assert written.startswith('<tr><th scope="row">101 <small>DBL</small> <span class="badge badge-')
    return written.partition("</th>")[2].removesuffix("</tr>\n")


def test_free_days_are_empty_and_weekends_are_marked(house):
    shown = cells_of(house, RackCell(1, day=FRIDAY), RackCell(1, day=SATURDAY))
    assert shown == '<td></td><td class="weekend"></td>'


def test_a_stay_spans_its_nights_leads_to_its_page_and_is_escaped(house):
    stay = house.reserve(0, 3, primary_guest=guest_make(house.place, first_name="<b>", last_name="O'Neill"))
    bar = (
        f'<td colspan="3" class="stay"><a class="bar bar-confirmed" href="/dashboard/reservations/{stay.pk}" '
        'title="&lt;b&gt; O&#x27;Neill, 14 Mar – 17 Mar, Confirmed">{}&lt;b&gt; O&#x27;Neill{}'
        '<span class="vh">, Confirmed</span></a></td>'
    )
    assert cells_of(house, RackCell(3, stay)) == bar.format("", "")

    locked = cells_of(house, RackCell(3, stay, is_locked=True, via="F2"))

    lock = (
        f'<svg class="i" aria-hidden="true"><use href="{static("hotel/img/icons.svg")}#lock"/></svg>'
        '<span class="vh">Room locked: </span>'
    )
    assert locked == bar.format(lock, " <small>in F2</small>")


def test_a_confidential_guest_is_not_named(house):
    stay = house.reserve(0, 1, primary_guest=guest_make(house.place, last_name="Secret"))
    stay.is_confidential = True
    assert "Secret" not in cells_of(house, RackCell(1, stay))


def test_a_hold_tells_its_kind_and_the_room_it_is_on(house):
    hold = block_create(
        room=house.rooms[0],
        data=BlockData(kind="out_of_order", start_on=FRIDAY, end_on=SATURDAY, reason="Tiles"),
    )
    own = cells_of(house, RackCell(1, block=hold))
    assert own.startswith(
        '<td colspan="1" class="stay"><span class="bar bar-block" title="Tiles">Out of order'
    )
    assert "<small>" not in own
    hold.room = house.rooms[1]
    assert cells_of(house, RackCell(1, block=hold)).endswith(" <small>102</small></span></td>")


def test_rooms_to_choose_are_escaped_options(house):
    house.rooms[0].number = "1 & 2"
    assert room_options(house.rooms[:1]) == f'<option value="{house.rooms[0].pk}">1 &amp; 2</option>'
