import uuid
from datetime import timedelta

import pytest

from hotel.guests.models import Guest
from hotel.properties.models import AgeBand
from hotel.reservations.models import Booking, ReservationNote, Turnaway
from tests.factories.guests import guest_make
from tests.factories.rates import restriction_make
from tests.factories.reservations import house_make

STAY = "arrival=2027-03-15&departure=2027-03-17&adults=2"
SEARCH = f"/dashboard/bookings/new?{STAY}"


def text_of(response) -> str:
    return response.content.decode()


def chosen(house, stay=STAY, **over):
    """The address of the guest's step for the double in its plan."""
    values = {"room_type": house.double.pk, "rate_plan": house.plan.pk, **over}
    return f"/dashboard/bookings/new/guest?{stay}" + "".join(
        f"&{name}={value}" for name, value in values.items()
    )


def form(**over):
    return {"first_name": "Ann", "last_name": "Berger", "key": str(uuid.uuid4()), **over}


def test_offers_lead_to_the_guest_and_one_booking_though_clicked_twice(house, desk):
    offers = text_of(desk.get(SEARCH))
    assert "EUR 200.00" in offers
    assert chosen(house).replace("&", "&amp;") in offers
    values = form(note="Late")

    first, second = desk.post(chosen(house), values), desk.post(chosen(house), values)

    assert (first.status_code, second.status_code) == (302, 302)
    assert first["Location"] == second["Location"]
    assert Booking.objects.count() == 1
    assert house.counted("sold", days=4) == [0, 1, 1, 0]
    assert Booking.objects.get().booker.last_name == "Berger"
    assert Guest.objects.count() == 1
    assert ReservationNote.objects.get().text == "Late"


def test_the_price_explains_itself_night_by_night(house, desk):
    page = text_of(desk.get(chosen(house)))

    assert "Mon 15 Mar: EUR 100.00" in page
    assert "Tue 16 Mar: EUR 100.00" in page
    assert "for 2 adults" in page


def test_a_guest_known_here_is_found_and_not_made_again(house, desk):
    moser = guest_make(house.place, first_name="Anna", last_name="Moser")

    page = text_of(desk.get(chosen(house, who="moser")))
    assert f'name="guest" value="{moser.pk}"' in page
    desk.post(chosen(house, who="moser"), form(guest=moser.pk, first_name="", last_name=""))

    assert Booking.objects.get().booker == moser


def test_a_guest_of_another_property_is_not_found_and_cannot_be_chosen(house, desk, cast):
    stranger = guest_make(cast.beta, last_name="Moser")

    assert f'name="guest" value="{stranger.pk}"' not in text_of(desk.get(chosen(house, who="moser")))
    answer = desk.post(chosen(house, who="moser"), form(guest=stranger.pk))

    assert answer.status_code == 200
    assert Booking.objects.count() == 0


@pytest.mark.parametrize(
    ("case", "over"),
    [("no name", {"last_name": ""}), ("no key", {"key": "1"}), ("no e-mail", {"email": "nonsense"})],
)
def test_a_form_that_is_not_filled_in_books_nothing_and_keeps_what_was_typed(house, desk, case, over):
    response = desk.post(chosen(house), form(**over))

    assert response.status_code == 200
    assert 'value="Ann"' in text_of(response)
    assert Booking.objects.count() == 0


@pytest.mark.parametrize(
    ("case", "over"),
    [("a word", {"room_type": "x"}), ("nothing", {"room_type": ""}), ("unknown", {"rate_plan": 2**61})],
)
def test_an_offer_that_does_not_exist_is_not_found(house, desk, case, over):
    assert desk.get(chosen(house, **over)).status_code == 404
    assert desk.post(chosen(house, **over), form()).status_code == 404
    assert desk.get(chosen(house, stay="arrival=2027-03-17&departure=2027-03-15&adults=2")).status_code == 404
    assert Booking.objects.count() == 0


def test_anothers_offer_is_not_found(house, desk, cast):
    other = house_make(cast.beta)

    assert desk.get(chosen(other)).status_code == 404


def test_the_last_room_is_refused_to_the_second_desk(house, desk):
    for _ in range(2):
        desk.post(chosen(house), form())

    third = form()
    for _ in range(2):
        response = desk.post(chosen(house), third)

    assert "0 left" in text_of(response)
    assert Booking.objects.count() == 2
    turned = Turnaway.objects.get()  # once, though he pressed twice
    assert (turned.reason, turned.channel_code, turned.room_type) == ("sold_out", "desk", house.double)
    assert "Sold out on at least one night" in text_of(desk.get(SEARCH))


def test_a_full_house_offers_other_days(house, desk):
    for room_type in (house.double, house.double, house.suite):
        house.reserve(1, 2, room_type=room_type)

    page = text_of(desk.get(SEARCH))

    assert "Nothing can be booked on these nights" in page
    assert "arrival=2027-03-17&amp;departure=2027-03-19" in page
    assert "arrival=2027-03-16&amp;" not in page


def test_nothing_free_in_two_weeks_says_so(house, desk):
    for room_type in (house.double, house.double, house.suite):
        house.reserve(0, 20, room_type=room_type)

    assert "No rooms are free in the week before and after" in text_of(desk.get(SEARCH))


def test_a_closed_offer_says_which_rule_closes_it(house, desk):
    restriction_make(house.place, "min_los", house.stay().arrival, house.stay().departure, 3)

    page = text_of(desk.get(SEARCH))

    assert "at least 3 nights" in page
    assert "Choose" not in page
    assert "This offer is closed now" in text_of(desk.get(chosen(house)))
    answer = desk.post(chosen(house), form())
    assert "at least 3 nights" in text_of(answer)
    assert Booking.objects.count() == 0


def test_children_are_asked_for_by_the_propertys_age_bands(house, desk):
    band = AgeBand.objects.get(property=house.place, code="child")
    assert str(band) in text_of(desk.get("/dashboard/bookings/new"))

    desk.post(chosen(house, band_child=1), form())

    assert Booking.objects.get().reservations.get().children == {"child": 1}


def test_a_party_that_fits_nowhere_and_dates_that_run_backwards_find_nothing(house, desk):
    crowd = desk.get("/dashboard/bookings/new?arrival=2027-03-15&departure=2027-03-17&adults=20")
    backwards = desk.get("/dashboard/bookings/new?arrival=2027-03-17&departure=2027-03-15&adults=2")

    assert "No room type takes this party" in text_of(crowd)
    assert "The departure must be after the arrival." in text_of(backwards)


def test_a_promotion_that_does_not_exist_is_told(house, desk):
    page = desk.get(f"{SEARCH}&promo_code=NONSENSE")

    assert page.status_code == 200
    assert "EUR 200.00" not in text_of(page) or "NONSENSE" in text_of(page)


def test_yen_have_no_decimals(cast, signed_in):
    house_make(cast.beta, price="24800")

    page = text_of(signed_in(cast.eve).get(SEARCH))

    assert "JPY 49,600" in page
    assert "49,600." not in page


def test_what_must_stand_behind_a_stay_is_told_and_chosen(house, desk):
    fair = house.place.business_date + timedelta(days=2)
    restriction_make(
        house.place, "min_guarantee", fair, fair + timedelta(days=1), guarantee="company", reason="Fair"
    )

    page = text_of(desk.get(chosen(house)))
    assert "The house: a company that answers for it at least on Tue 16 Mar 2027 (Fair)." in page
    assert '<option value="prepayment">' in page
    assert '<option value="credit_card">' not in page

    assert desk.post(chosen(house), form(guarantee="credit_card")).status_code == 200
    assert not Booking.objects.exists()
    assert desk.post(chosen(house), form(guarantee="company")).status_code == 302
    assert Booking.objects.get().reservations.get().guarantee == "company"
