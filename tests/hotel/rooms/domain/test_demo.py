"""The houses of the demo fit together on paper."""

from collections import Counter

import pytest

from hotel.rooms.domain.demo import city_house, resort_house


def test_the_city_house_has_44_rooms_two_apartments_and_three_masters():
    assert Counter(room.type_code for room in city_house().rooms) == {
        "STD": 23, "SUP": 10, "DLX": 7, "JSU": 4, "FAM": 2, "PM": 3,
    }  # fmt: skip


def test_the_resort_has_34_rooms_a_residence_and_two_masters():
    assert Counter(room.type_code for room in resort_house().rooms) == {
        "GDN": 14, "OCN": 10, "TAT": 6, "VIL": 4, "RES": 1, "PM": 2,
    }  # fmt: skip


@pytest.mark.parametrize("house", [city_house(), resort_house()], ids=["city", "resort"])
def test_rooms_refer_to_earlier_rooms_and_known_features_only(house):
    types = {row.code: row for row in house.types}
    known: dict[str, str] = {}
    for room in house.rooms:
        assert room.number not in known
        assert set(room.features) <= set(house.features)
        assert room.door_to == "" or room.door_to in known
        assert Counter(known[number] for number in room.parts) == dict(types[room.type_code].parts)
        known[room.number] = room.type_code
    for row in types.values():
        assert set(row.features) <= set(house.features)
        assert row.base == "" or types[row.base].kind == "standard"
