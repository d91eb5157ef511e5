"""What security does when something happens elsewhere."""

from hotel.contracts.properties import PropertyOpened
from hotel.properties.models import Chain
from security.handlers import on_property_opened
from security.models import AccessPolicy, Permission
from tests.cast import TODAY
from tests.factories.properties import chain_make


def test_the_first_property_of_a_chain_brings_its_catalogue(db):
    chain: Chain = chain_make(code="NEW")
    on_property_opened(PropertyOpened(property_id=1, chain_id=chain.pk, business_date=TODAY, currency="EUR"))
    assert AccessPolicy.objects.filter(chain=chain).exists()
    assert Permission.objects.filter(chain=chain).exists()
