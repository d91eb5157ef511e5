import uuid
from datetime import timedelta

import pytest

from hotel.operations.models import LostItem
from hotel.properties.models import Property
from hotel.reservations.models import Reservation
from tests.cast import TODAY
from tests.contracts.queries import assert_constant, queries_of
from tests.factories.guests import guest_make
from tests.factories.operations import lost_item_make
from tests.hotel.operations.conftest import guest_in

PATH = "/dashboard/lost"


@pytest.fixture
def di(cast, signed_in):
    return signed_in(cast.di)


@pytest.fixture
def bo(cast, signed_in):
    return signed_in(cast.bo)


def put(client, act, path=PATH, **more):
    sent = {"do": act, f"{act}-key": uuid.uuid4(), **{f"{act}-{name}": value for name, value in more.items()}}
    return client.post(path, sent, follow=True)


def words(answer):
    return answer.content.decode()


def of(item):
    return f"{PATH}/{item.pk}"


def test_what_is_found_is_recorded_and_found_again(di, house):
    assert "Nothing is kept." in words(di.get(PATH))
    thing = {"description": "A red bag", "kind": "bag", "storage": "Shelf 3"}
    assert "Say in which room" in words(put(di, "record", **thing))
    assert not LostItem.objects.exists()
    assert "kept until 2027-06-12" in words(put(di, "record", **thing, room=house.rooms[0].pk))
    assert "A red bag" in words(di.get(f"{PATH}?text=RED"))
    assert "Nothing like this is here." in words(di.get(f"{PATH}?text=blue"))


def test_the_desk_hands_it_over_to_its_owner(cast, bo, di, house):
    stay = guest_in(house)
    anna = guest_make(house.place, first_name="Anna", last_name="Moser")
    Reservation.objects.filter(pk=stay.pk).update(primary_guest=anna)
    item = lost_item_make(house.place, room=house.rooms[0])
    page = words(bo.get(of(item)))
    assert ("Anna Moser" in page, 'name="return-signed_name"' in page) == (True, True)
    assert "Moser" not in words(di.get(of(item)))
    put(bo, "owner", of(item), version=1, reservation=stay.pk)
    assert LostItem.objects.get().reservation == stay
    assert "changed this meanwhile" in words(put(bo, "return", of(item), version=1, signed_name="Anna"))
    put(bo, "return", of(item), version=2, signed_name="Anna Moser")
    assert (LostItem.objects.get().state, LostItem.objects.get().signed_name) == ("returned", "Anna Moser")
    assert "Signed for by</dt><dd>Anna Moser" in words(bo.get(of(item)))
    hidden = words(di.get(of(item)))
    assert ("•••" in hidden, "Moser" in hidden) == (True, False)


def test_it_is_moved_and_sent(bo, house):
    item = lost_item_make(house.place)
    put(bo, "move", of(item), version=1, storage="Safe")
    put(bo, "ship", of(item), version=2, ship_to="Anna Moser\nGraz", carrier_reference="RR1")
    sent = LostItem.objects.get()
    assert (sent.state, sent.storage, sent.carrier_reference) == ("shipped", "Safe", "RR1")
    assert 'name="return-signed_name"' not in words(bo.get(of(item)))


def test_it_is_disposed_of_after_its_time_by_who_manages(cast, bo, house, signed_in):
    item, boss = lost_item_make(house.place), signed_in(cast.ada)
    assert 'name="dispose-reason"' not in words(boss.get(of(item)))
    put(boss, "dispose", of(item), version=1, reason="Charity")
    assert LostItem.objects.get().state == "kept"
    Property.objects.filter(pk=house.place.pk).update(business_date=TODAY + timedelta(days=90))
    assert "Umbrella 0" in words(boss.get(f"{PATH}?show=due"))
    assert put(bo, "dispose", of(item), version=1, reason="Charity").status_code == 403
    put(boss, "dispose", of(item), version=1, reason="Charity")
    assert LostItem.objects.get().state == "disposed"
    assert "Umbrella 0" in words(boss.get(f"{PATH}?show=gone"))


def test_another_hotel_sees_nothing(cast, house, signed_in):
    item, eve = lost_item_make(house.place), signed_in(cast.eve)
    assert "Umbrella" not in words(eve.get(PATH))
    assert eve.get(of(item)).status_code == 404
    assert put(eve, "return", of(item), version=1, signed_name="Eve").status_code == 404
    assert LostItem.objects.get().state == "kept"
    assert signed_in(cast.cy).get(PATH).status_code == 403


def test_many_things_cost_the_queries_of_few(di, house):
    lost_item_make(house.place)
    di.get(PATH)
    few = queries_of(lambda: di.get(PATH))
    for n in range(1, 8):
        lost_item_make(house.place, n, room=house.rooms[0])
    assert_constant(few, queries_of(lambda: di.get(PATH)))
