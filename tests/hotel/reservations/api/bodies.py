"""Bodies of the API tests: the least that sells something in the house of a property."""

from datetime import timedelta

from tests.factories.reservations import House, house_of


def day(house: House, offset: int) -> str:
    """So many days after the business date, as it is written."""
    return (house.place.business_date + timedelta(days=offset)).isoformat()


def stay_body(house: House, arrival: int = 1, nights: int = 2, **over) -> dict:
    """A double for two."""
    return {
        "room_type": house.double.pk,
        "rate_plan": house.plan.pk,
        "arrival": day(house, arrival),
        "departure": day(house, arrival + nights),
        "adults": 2,
        **over,
    }


def booking_body(place, *stays: dict, **over) -> dict:
    """A booking of one stay unless told."""
    return {"property": place.pk, "reservations": list(stays) or [stay_body(house_of(place))], **over}
