"""Money on the way of a guest."""

from hotel.core.clock import now
from hotel.folios.models import FolioWindow, Payment
from hotel.folios.selectors.journey import deposits_of_guest, payment_told, payments_of_guest
from hotel.folios.services.codes import standard_code
from hotel.folios.services.payment_data import PaymentData
from hotel.folios.services.payments import payment_take
from hotel.properties.journeys import JourneyRow, JourneyWords
from tests.factories.folios import guest_folio_make, money, vat_make
from tests.factories.guests import guest_make
from tests.factories.reservations import house_make


def test_what_is_paid_for_his_stay_and_from_his_window_is_his(cast):
    house = house_make(cast.alpha)
    vat_make(house.place)
    anna, bert = (guest_make(house.place, last_name=name) for name in ("Moser", "Berger"))
    folio = guest_folio_make(house.place, house.reserve(1, 2, primary_guest=anna))
    data = PaymentData(target=folio.windows.get(), amount=money(house.place, "11.50"), key="k1")
    payment_take(data=data, code=standard_code(house.place, "voucher"))
    (row,) = payments_of_guest(anna.pk, {house.place.pk}, "").values()
    paid = Payment.objects.get()
    told = payment_told(JourneyRow(now(), "payments", paid.pk, "payment", paid.pk, row["journey_more"]))
    assert told == JourneyWords("money", "Payment", f"{paid.number} · EUR 11.50", ("captured", "Paid"))
    assert not payments_of_guest(bert.pk, {house.place.pk}, "").exists()
    assert not payments_of_guest(anna.pk, {cast.beta.pk}, "").exists()

    FolioWindow.objects.filter(folio=folio).update(guest=bert)
    assert not payments_of_guest(anna.pk, {house.place.pk}, "").exists()
    assert payments_of_guest(bert.pk, {house.place.pk}, "").count() == 1


def test_a_deposit_for_his_stay_is_his(cast):
    house = house_make(cast.alpha)
    anna, bert = (guest_make(house.place, last_name=name) for name in ("Moser", "Berger"))
    stay = house.reserve(1, 2, primary_guest=anna)
    data = PaymentData(target=stay, amount=money(house.place, "40.00"), key="k1")
    paid = payment_take(data=data, code=standard_code(house.place, "voucher"))
    (row,) = deposits_of_guest(anna.pk, {house.place.pk}, "").values()
    assert (row["journey_key"], row["journey_more"]["amount"]) == (paid.pk, "40.000")
    assert not deposits_of_guest(bert.pk, {house.place.pk}, "").exists()
    assert not payments_of_guest(anna.pk, {house.place.pk}, "").exists()
