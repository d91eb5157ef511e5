from datetime import UTC, date, datetime, time

import pytest
from django.core.exceptions import ValidationError

from hotel.core.exceptions import RuleBroken, VersionConflict
from hotel.core.models import OutboxMessage
from hotel.properties.models import AgeBand, BusinessDay, Chain, Property
from hotel.properties.services import properties as services
from hotel.properties.services.properties import chain_create, property_change, property_create

VALUES = {"code": "NEW", "name": "New", "time_zone": "Asia/Tokyo", "currency": "JPY", "country": "JP"}


def test_opening_a_property_opens_its_business_day_and_age_bands(cast):
    place = property_create(chain=cast.chain, values=VALUES, business_date=date(2027, 5, 1))

    assert (place.business_date, place.version, place.check_in_time) == (date(2027, 5, 1), 1, time(15))
    day = BusinessDay.objects.get(property=place)
    assert (day.business_date, day.closed_at) == (date(2027, 5, 1), None)
    bands = AgeBand.objects.filter(property=place).values_list("code", "min_age", "max_age", "takes_bed")
    assert list(bands) == [("adult", 12, 199, True), ("child", 2, 11, True), ("infant", 0, 1, False)]
    fact = OutboxMessage.objects.get(topic="PropertyOpened")
    assert (fact.property_id, fact.aggregate) == (place.pk, f"property:{place.pk}")
    assert fact.payload == {
        "property_id": place.pk,
        "chain_id": cast.chain.pk,
        "business_date": "2027-05-01",
        "currency": "JPY",
    }


def test_the_first_business_date_is_the_local_day_unless_given(cast, monkeypatch):
    moment = datetime(2027, 5, 1, 20, 0, tzinfo=UTC)  # 5:00 on 2 May in Tokyo
    monkeypatch.setattr(services, "now", lambda: moment)

    assert property_create(chain=cast.chain, values=VALUES).business_date == date(2027, 5, 2)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("time_zone", "Mars/Olympus"),
        ("currency", "ABC"),
        ("country", "at"),
        ("code", "ALPHA"),
        ("code", "lower"),
        ("name", ""),
        ("brand_colour", "red"),
        ("fiscal_year_start_month", 13),
    ],
)
def test_malformed_properties_are_refused(cast, field, value):
    with pytest.raises(ValidationError) as refused:
        property_create(chain=cast.chain, values={**VALUES, field: value}, business_date=date(2027, 5, 1))
    assert field in refused.value.message_dict
    assert Property.objects.count() == 2
    assert not OutboxMessage.objects.exists()


def test_a_change_raises_the_version_and_is_told(cast):
    changed = property_change(
        place=cast.alpha, changes={"name": "Alpha Grand", "country": "AT"}, expected_version=1
    )

    cast.alpha.refresh_from_db()
    assert (cast.alpha.name, cast.alpha.version, changed.version) == ("Alpha Grand", 2, 2)
    fact = OutboxMessage.objects.get(topic="PropertyChanged")
    assert fact.payload == {"property_id": cast.alpha.pk, "version": 2, "changed": ["name"]}


def test_a_change_that_changes_nothing_is_not_told(cast):
    assert property_change(place=cast.alpha, changes={"name": "Alpha"}).version == 1
    assert not OutboxMessage.objects.exists()


def test_a_stale_version_is_refused(cast):
    property_change(place=cast.alpha, changes={"name": "First"})
    with pytest.raises(VersionConflict):
        property_change(place=cast.alpha, changes={"name": "Second"}, expected_version=1)
    cast.alpha.refresh_from_db()
    assert (cast.alpha.name, cast.alpha.version) == ("First", 2)


@pytest.mark.parametrize(
    ("field", "value"),
    [("business_date", date(2027, 3, 15)), ("currency", "USD"), ("time_zone", "UTC"), ("code", "OTHER")],
)
def test_fixed_fields_stay(cast, field, value):
    with pytest.raises(RuleBroken) as refused:
        property_change(place=cast.alpha, changes={"name": "X", field: value})
    assert (refused.value.code, refused.value.extra) == ("property_field_fixed", {"fields": [field]})
    cast.alpha.refresh_from_db()
    assert (cast.alpha.name, cast.alpha.version) == ("Alpha", 1)


def test_a_malformed_change_is_refused(cast):
    with pytest.raises(ValidationError):
        property_change(place=cast.alpha, changes={"brand_colour": "blue"})
    cast.alpha.refresh_from_db()
    assert cast.alpha.brand_colour == ""


def test_chains_have_codes_of_their_own(cast):
    assert chain_create(code="OTHER", name="Other").pk
    with pytest.raises(ValidationError):
        chain_create(code="OTHER", name="Again")
    assert Chain.objects.count() == 2
