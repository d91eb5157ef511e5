"""What stays know of a guest."""

from hotel.reservations.models import Reservation
from hotel.stays.models import FixedCharge
from hotel.stays.services.privacy import guest_charges_erase, guest_charges_export
from tests.factories.guests import guest_make
from tests.factories.stays import fixed_charge_make


def test_words_of_recurring_charges_are_given_out_and_erased(cast):
    gus, charge = guest_make(cast.alpha), fixed_charge_make(cast.alpha, description="Zora's dog")
    other = fixed_charge_make(cast.alpha, description="Parking")
    Reservation.objects.filter(pk=charge.reservation_id).update(primary_guest=gus)
    assert [row["description"] for row in guest_charges_export(guest_id=gus.pk)] == ["Zora's dog"]
    assert guest_charges_erase(guest_id=gus.pk) == 1
    assert guest_charges_erase(guest_id=gus.pk) == 0
    assert FixedCharge.objects.get(pk=charge.pk).description == "erased"
    assert FixedCharge.objects.get(pk=other.pk).description == "Parking"
