"""What operations knows of a guest."""

from hotel.operations.models import LostItem
from hotel.operations.services.lost_items import lost_item_owner_set, lost_item_return
from hotel.operations.services.privacy import erasure_blockers, guest_things_erase, guest_things_export
from hotel.reservations.models import Reservation
from tests.factories.guests import guest_make
from tests.factories.operations import lost_item_make
from tests.hotel.operations.conftest import guest_in


def test_things_of_a_guest_are_given_out_keep_him_from_being_erased_and_are_erased(cast, house):
    gus, stay = guest_make(cast.alpha), guest_in(house)
    Reservation.objects.filter(pk=stay.pk).update(primary_guest=gus)
    item, other = lost_item_make(cast.alpha), lost_item_make(cast.alpha, 1)
    lost_item_owner_set(item=item, reservation=stay)
    [row] = [row for row in guest_things_export(guest_id=gus.pk) if "description" in row]
    assert row["description"] == "Umbrella 0"
    assert erasure_blockers(guest_id=gus.pk) == [
        "A found thing of the guest is kept until 2027-06-12: Shelf 3."
    ]
    lost_item_return(item=item, signed_name="Gus", actor=cast.bo)
    assert erasure_blockers(guest_id=gus.pk) == []
    assert [guest_things_erase(guest_id=gus.pk) for _ in range(2)] == [1, 0]
    erased = LostItem.objects.get(pk=item.pk)
    assert (erased.description, erased.signed_name, erased.state) == ("erased", "", "returned")
    assert LostItem.objects.get(pk=other.pk).description == "Umbrella 1"
