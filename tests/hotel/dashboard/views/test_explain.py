"""The page that explains a stay: reachable from where a price or a closed offer is seen, read-only."""

from datetime import timedelta

import pytest

from hotel.rates.models import RatePlanCompany
from tests.cast import TODAY
from tests.contracts.queries import queries_of
from tests.factories.guests import company_make
from tests.factories.rates import restriction_make
from tests.factories.reservations import house_make

DAY = timedelta(days=1)


def address(house, first=1, nights=2, **over):
    values = {
        "room_type": house.double.pk,
        "rate_plan": house.plan.pk,
        "arrival": TODAY + first * DAY,
        "departure": TODAY + (first + nights) * DAY,
        "adults": 2,
    }
    return "/dashboard/explain?" + "&".join(f"{k}={v}" for k, v in {**values, **over}.items())


def text_of(response) -> str:
    return response.content.decode()


def test_the_empty_page_tells_what_it_answers(house, desk):
    page = text_of(desk.get("/dashboard/explain"))

    assert "Choose a room type, a rate plan, dates and the party." in page
    assert 'class="errorlist"' not in page


def test_an_open_stay_is_priced_in_steps_and_leads_to_the_booking(house, desk):
    page = text_of(desk.get(address(house)))

    assert "It can be booked: 2 rooms are left." in page
    assert "<strong>EUR 200.00</strong>" in page
    assert "for 2 adults." in page
    assert f"/dashboard/availability/{house.double.pk}/2027-03-15" in page
    assert 'href="/dashboard/bookings/new/guest?room_type=' in page


def test_what_closes_it_is_named_with_level_and_night(house, desk):
    restriction_make(house.place, "closed", TODAY, TODAY + 2 * DAY, room_type=house.double)
    for _ in "12":
        house.reserve(2, 1)

    page = text_of(desk.get(address(house)))

    assert "It cannot be booked now:" in page
    assert "(room type, Mon 15 Mar)" in page
    assert "Nothing is left on Tue 16 Mar." in page
    assert "See all offers for these dates" in page
    assert "Book this stay" not in page


def test_nights_that_are_not_open_say_so(house, desk):
    assert "Not open for sale: Sat 15 May." in text_of(desk.get(address(house, 62, 1)))


@pytest.mark.parametrize(
    ("case", "over", "told"),
    [
        ("backwards", {"departure": TODAY}, "The departure must be after the arrival."),
        ("too long", {"departure": "2029-03-15"}, "At most a year is explained at once."),
        ("no day", {"arrival": "2027-02-30"}, "Enter a valid date."),
        ("no type", {"room_type": "x"}, "Select a valid choice."),
        ("nobody", {"adults": 0}, "greater than or equal to 1"),
        ("no company", {"company": "x"}, "Nothing is explained yet"),
    ],
)
def test_what_cannot_be_read_is_told_beside_its_field(house, desk, case, over, told):
    firm = company_make(house.place)
    RatePlanCompany.objects.create(property=house.place, rate_plan=house.plan, company=firm)

    answer = desk.get(address(house, **over))

    assert answer.status_code == 200
    assert told in text_of(answer)


def test_a_company_gets_its_agreed_price_and_is_named_only_to_who_may_view_guests(
    house, desk, cast, signed_in
):
    firm = company_make(house.place, name="Danube Ltd")
    agreed = {"property": house.place, "rate_plan": house.plan, "company": firm}
    RatePlanCompany.objects.create(**agreed, discount_rate="0.1")

    page = text_of(desk.get(address(house, company=firm.pk)))

    assert "Danube Ltd" in page
    assert "<strong>EUR 180.00</strong>" in page
    assert "Book this stay" not in page  # bookings of the desk are at everybody's price
    assert "Danube Ltd" not in text_of(signed_in(cast.val).get(address(house, company=firm.pk)))


def test_it_is_reached_from_availability_offers_and_the_stay(house, desk):
    stay = house.reserve(1, 2)
    asked = f"room_type={house.double.pk}&amp;rate_plan={house.plan.pk}"

    for page in (
        f"/dashboard/availability/{house.double.pk}/2027-03-15",
        "/dashboard/bookings/new?arrival=2027-03-15&departure=2027-03-17&adults=2",
        f"/dashboard/reservations/{stay.pk}",
    ):
        found = text_of(desk.get(page))
        assert "/dashboard/explain?" in found
        assert asked in found
    assert 'href="/dashboard/explain"' in text_of(desk.get("/dashboard/availability"))


def test_the_page_needs_its_right_and_knows_only_its_property(house, cast, signed_in):
    house_make(cast.beta)

    assert signed_in(cast.ida).get(address(house)).status_code == 403
    assert "Book this stay" not in text_of(signed_in(cast.cy).get(address(house)))
    assert "It can be booked" in text_of(signed_in(cast.cy).get(address(house)))
    stranger = text_of(signed_in(cast.eve).get(address(house)))
    assert "Select a valid choice." in stranger
    assert "It can be booked" not in stranger


def test_a_long_stay_costs_as_few_queries_as_a_short_one(house, desk):
    short, long = address(house), address(house, 1, 30)
    for page in (short, long):  # rates are read once and kept
        desk.get(page)
    few = len(queries_of(lambda: desk.get(short)))

    assert len(queries_of(lambda: desk.get(long))) == few
    assert few <= 12
