"""The disk: looked at seldom, judged with a margin, asked for nothing."""

import pytest

from hotel.core import disk
from hotel.core.disk import DiskWatch, Room, full_words, require_room, room_after
from hotel.core.exceptions import StorageLow


def test_both_thresholds_are_left_with_a_margin_so_that_nothing_flutters():
    room, seen = Room(), []
    for free in [10, 9, 10, 11, 12, 9, 5, 4, 5, 6, 7, 11, 12]:
        room = room_after(room, free, low=10, full=5)
        seen.append((free, room.is_low, room.is_full))
    assert seen == [
        (10, False, False), (9, True, False), (10, True, False), (11, True, False), (12, False, False),
        (9, True, False), (5, True, False), (4, True, True), (5, True, True), (6, True, True), (7, True, False),
        (11, True, False), (12, False, False),
    ]  # fmt: skip


def test_no_threshold_means_never():
    assert room_after(Room(0, is_low=True, is_full=True), 0, low=0, full=0) == Room(0)


def test_asking_often_looks_once(monkeypatch, settings):
    settings.DISK_LOW_PERCENT, settings.DISK_READ_ONLY_PERCENT = 10, 5
    looks, at = [], [100.0]
    monkeypatch.setattr(disk, "disk_free", lambda: (looks.append(at[0]) or 50, 0))
    monkeypatch.setattr(disk.time, "monotonic", lambda: at[0])
    watch = DiskWatch()
    for moment in (100.0, 101.0, 104.9, 105.0, 106.0, 114.0):
        at[0] = moment
        watch.refresh_when_due() if moment < 110 else watch.room
        assert watch.room.free == 50
    assert looks == [100.0, 105.0]
    at[0] = 121.0  # no thread came by: whoever asks looks
    assert (watch.room.free, looks[-1]) == (50, 121.0)


def test_little_room_refuses_files_and_none_refuses_changes(disk_left):
    disk_left(10)
    require_room()
    disk_left(9)
    with pytest.raises(StorageLow) as refused:
        require_room()
    assert (refused.value.status, refused.value.code, refused.value.extra) == (
        507,
        "storage_low",
        {"free_percent": 9},
    )
    assert full_words() == ""
    disk_left(4)
    assert full_words().startswith("Nothing can be changed at present: only 4 % of the disk is free.")
