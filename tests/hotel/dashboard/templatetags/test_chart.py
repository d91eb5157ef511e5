import re
from datetime import timedelta
from pathlib import Path

from django.conf import settings

from hotel.dashboard.selectors.chart import chart
from hotel.dashboard.templatetags.chart import chart_labels, chart_rows
from hotel.dashboard.views.chart import LENGTHS
from hotel.folios.models import Folio
from hotel.reservations.services.assignment import room_assign, room_lock
from hotel.rooms.services.blocks import BlockData, block_create
from hotel.stays.services.check_in import check_in
from tests.cast import TODAY
from tests.factories.folios import charge_make
from tests.factories.guests import guest_make

DAY = timedelta(days=1)


def written(house):
    return chart_rows(chart(house.place, TODAY, TODAY + 7 * DAY))


def test_a_row_says_its_room_and_each_bar_all_that_colour_says(house):
    guest = guest_make(house.place, first_name="Ana", last_name="<b>García</b>")
    stay = house.reserve(1, 2, primary_guest=guest)
    room_assign(reservation=stay, room=house.rooms[0], actor=None)
    room_lock(reservation=stay, actor=None)
    stay.refresh_from_db()

    html = written(house)

    assert '<ul class="row" id="r' in html
    assert 'aria-label="Room 101, ' in html
    (bar,) = re.findall(r'<li class="bar confirmed c1 n2" id="s\d+-2027-03-15".*?</li>', html)
    assert f'data-stay="{stay.pk}" data-version="{stay.version}" data-status="confirmed" data-movable>' in bar
    assert "#lock" in bar
    assert "Ana &lt;b&gt;García&lt;/b&gt;</span>" in bar
    assert ", Confirmed, 15 Mar – 17 Mar, 2 nights, room locked</span>" in bar


def test_who_is_to_leave_and_owes_is_marked_beside_the_name_where_it_is_never_cut_off(house):
    stay = house.reserve(0, 1)
    check_in(reservation=stay, actor=None, room=house.rooms[0])
    charge_make(Folio.objects.get(reservation=stay), 11)
    house.place.business_date += DAY

    html = chart_rows(chart(house.place, TODAY, TODAY + 7 * DAY, with_owing=True))

    (bar,) = re.findall(r'<li class="bar due_out.*?</li>', html)
    assert '</span><b class="owes" aria-hidden="true"></b><span class="vh">' in bar
    assert ", 1 night, owes something</span>" in bar


def test_holds_are_no_links_and_lanes_say_what_they_are(house):
    hold = BlockData(kind="out_of_order", start_on=TODAY, end_on=TODAY + DAY, reason="<Tiles>")
    block_create(room=house.rooms[1], data=hold)
    house.reserve(1, 2)

    html, labels = written(house), chart_labels(chart(house.place, TODAY, TODAY + 7 * DAY))

    (bar,) = re.findall(r'<li class="bar hold.*?</li>', html)
    assert "<a" not in bar
    assert "&lt;Tiles&gt;" in bar
    assert "Out of order" in bar
    assert labels.startswith('<div class="lab">')
    assert labels.count("No room") == 1
    assert re.search(r'<ul class="row un" id="t\d+-0" aria-label="Without a room, ', html)


def test_every_column_and_length_that_a_bar_can_have_has_its_rule():
    css = (Path(settings.BASE_DIR) / "hotel/dashboard/static/hotel/css/chart.css").read_text()
    longest = max(LENGTHS)
    rules = dict(re.findall(r"\.([cn]\d+) \{ --[cn]: (\d+); \}", css))
    wanted = {f"c{n}": str(n) for n in range(longest)} | {f"n{n}": str(n) for n in range(longest + 1)}
    assert {name: rules.get(name) for name in wanted} == wanted
    assert [n for n in LENGTHS if f".days{n} {{" not in css] == []


def test_a_part_of_a_stay_says_when_the_whole_begins_and_ends(house):
    stay = house.reserve(1, 3)
    room_assign(reservation=stay, room=house.rooms[0], actor=None, last=TODAY + 3 * DAY)

    bars = re.findall(r'<li class="bar confirmed.*?</li>', written(house))

    assert len(bars) == 2
    for bar in bars:
        assert 'data-arrival="2027-03-15" data-departure="2027-03-18" data-status' in bar
