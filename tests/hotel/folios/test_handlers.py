"""What folios do when something happens below."""

from hotel.folios.domain.codes import STANDARD
from hotel.folios.models import TransactionCode
from hotel.properties.services.properties import property_create


def test_a_new_property_gets_its_codes(cast, drain):
    values = {
        "code": "GAMMA",
        "name": "Gamma",
        "time_zone": "Europe/Vienna",
        "currency": "EUR",
        "country": "AT",
    }
    place = property_create(chain=cast.chain, values=values)
    drain()
    assert TransactionCode.objects.at(place.pk).count() == len(STANDARD)
