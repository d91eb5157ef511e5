import pytest

from hotel.dashboard.selectors.chart_filter import ChartFilter, chart_filter
from tests.factories.reservations import house_make
from tests.factories.rooms import room_feature_make


@pytest.fixture
def house(cast):
    return house_make(cast.alpha, doubles=3)


def kept(house, **asked):
    wanted = chart_filter(asked)
    featured = wanted.rooms_featured(house.place.pk)
    return [room.number for room in house.rooms if wanted.keeps(room, featured)]


def test_what_is_asked_must_all_be_so(house):
    room = house.rooms[1]
    room.housekeeping_status = "dirty"

    assert kept(house) == ["101", "102", "103", "901"]
    assert kept(house, number="10") == ["101", "102", "103"]
    assert kept(house, status="dirty") == ["102"]
    assert kept(house, room_type=str(house.rooms[3].room_type_id)) == ["901"]
    assert kept(house, status="dirty", number="9") == []


def test_a_feature_is_the_room_s_or_its_type_s(house):
    balcony, bath = (room_feature_make(house.place, code=code) for code in ("BALCONY", "BATH"))
    house.rooms[2].features.add(balcony)
    house.rooms[0].room_type.features.add(bath)

    assert kept(house, feature=str(balcony.pk)) == ["103"]
    assert kept(house, feature=str(bath.pk)) == ["101", "102", "103"]
    assert kept(house, feature="0") == ["101", "102", "103", "901"]


@pytest.mark.parametrize(
    "asked",
    [{"room_type": "x"}, {"floor": "-1"}, {"feature": "9" * 30}, {"status": "spotless"}, {"number": "  "}],
    ids=str,
)
def test_what_an_address_says_wrong_is_not_asked_for(asked):
    assert chart_filter(asked) == ChartFilter()
    assert not chart_filter(asked).is_set
