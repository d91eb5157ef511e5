"""Which foreign keys carry the property along."""

from hotel.properties.selectors import ties
from hotel.properties.selectors.ties import Reference, references
from hotel.rooms.models import Room
from security.models import AccessReviewItem


def wanted(table):
    return {one.columns[-1]: one for one in references() if one.table == table}


def test_to_rows_of_a_property_with_it_to_all_others_by_the_number():
    found = wanted("reservations_reservation")
    assert found["booking_id"] == Reference(
        "reservations_reservation",
        ("property_id", "booking_id"),
        "reservations_booking",
        ("property_id", "id"),
    )
    assert found["booking_id"].is_tie
    assert (found["booking_id"].name, found["booking_id"].index) == (
        "reservations_reservation_booking_id_tie",
        "reservations_booking_id_tie",
    )
    assert found["property_id"] == Reference(
        "reservations_reservation", ("property_id",), "properties_property", ("id",)
    )
    assert not found["property_id"].is_tie
    assert found["property_id"].name == "reservations_reservation_property_id_fk"


def test_a_row_that_points_at_its_own_table_is_tied_too():
    parent = wanted("rates_rateplan")["parent_id"]
    assert (parent.target, parent.keys) == ("rates_rateplan", ("property_id", "id"))


def test_what_a_plug_says_may_leave_the_property():
    field = AccessReviewItem._meta.get_field("assignment")
    assert ties.untied()["security.AccessReviewItem.assignment"] == (
        "a role may be given for all hotels of a chain, and counts at this one"
    )
    assert not ties.is_tied(field)
    assert ties.is_tied(Room._meta.get_field("room_type"))
    assert wanted("security_accessreviewitem")["assignment_id"].columns == ("assignment_id",)
