"""The style guide shows every status and every icon there is."""

import re

from hotel.reservations.choices import BlockStatus, ReservationStatus
from hotel.rooms.choices import HousekeepingStatus


def test_every_status_and_icon_is_shown_once(cast, signed_in):
    page = signed_in(cast.bo).get("/dashboard/_styles").content.decode()
    marked = re.findall(r'class="badge badge-(\w+)"', page)

    listed = [*ReservationStatus.values, *HousekeepingStatus.values, *BlockStatus.values]
    assert marked[: len(listed)] == listed
    icons = re.findall(r"icons[\w.]*svg#([\w-]+)\"/></svg>([\w-]+)</li>", page)
    assert len(icons) > 50
    assert all(used == told for used, told in icons)


def test_a_refusal_stands_at_its_field(cast, signed_in):
    page = signed_in(cast.bo).get("/dashboard/_styles").content.decode()

    assert 'aria-invalid="true"' in page
    assert "Ensure this value is less than or equal to 9." in page
