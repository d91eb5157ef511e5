"""The least valid objects of the app properties."""

from datetime import date, timedelta

from hotel.core.clock import now
from hotel.properties.models import (
    AgeBand,
    Building,
    BusinessDay,
    Chain,
    Floor,
    Property,
    PropertyGroup,
    PropertyRestraint,
    PropertySetting,
    Section,
)


def chain_make(**over) -> Chain:
    """A chain without properties."""
    return Chain.objects.create(**{"code": "LONE", "name": "Lone chain", **over})


def property_make(chain: Chain, **over) -> Property:
    """A property without business day, age bands or roles."""
    values = {
        "code": "GAMMA",
        "name": "Gamma",
        "time_zone": "UTC",
        "currency": "EUR",
        "country": "AT",
        "business_date": "2027-03-14",
    }
    return Property.objects.create(chain=chain, **{**values, **over})


def group_make(*places: Property, **over) -> PropertyGroup:
    """A group of properties of one chain."""
    chain = over.pop("chain", None) or places[0].chain
    group = PropertyGroup.objects.create(chain=chain, **{"name": "Group", **over})
    group.properties.set(places)
    return group


def building_make(place: Property, **over) -> Building:
    """A building."""
    return Building.objects.create(property=place, **{"code": "MAIN", "name": "Main house", **over})


def floor_make(place: Property, **over) -> Floor:
    """A floor, in a building of its own unless given."""
    building = over.pop("building", None) or building_make(place)
    return Floor.objects.create(property=place, building=building, **{"level": 1, **over})


def section_make(place: Property, **over) -> Section:
    """A section."""
    return Section.objects.create(property=place, **{"code": "S1", "name": "Section 1", **over})


def age_band_make(place: Property, **over) -> AgeBand:
    """An age band; those of the cast leave no age free, so this one takes ages from the child band."""
    values = {"code": "infant", "name": "Infant", "min_age": 0, "max_age": 1, **over}
    AgeBand.objects.filter(property=place, code="child").update(min_age=values["max_age"] + 1)
    return AgeBand.objects.create(property=place, **values)


def property_setting_make(place: Property, **over) -> PropertySetting:
    """A setting that counts from the open business date on."""
    values = {"key": "reservations.option_hours", "value": 12, "valid_from": place.business_date}
    return PropertySetting.objects.create(property=place, **{**values, **over})


def business_day_make(place: Property, **over) -> BusinessDay:
    """A day long ago, closed since; that of today is open."""
    values = {
        "business_date": date(2020, 1, 1),
        "opened_at": "2020-01-01T06:00Z",
        "closed_at": "2020-01-02T06:00Z",
    }
    return BusinessDay.objects.create(property=place, **{**values, **over})


def property_restraint_make(place: Property, **over) -> PropertyRestraint:
    """Exports are frozen until somebody ends it."""
    values = {"kind": "exports", "reason": "Somebody took files.", "until": now() + timedelta(days=7)}
    return PropertyRestraint.objects.create(property=place, **{**values, **over})
