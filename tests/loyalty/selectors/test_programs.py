"""Which hotels take part."""

from hotel.properties.tenancy import tenant_scope
from loyalty.models import ProgramProperty
from loyalty.selectors.programs import houses_now
from loyalty.services.programs import house_join, house_leave
from tests.cast import TODAY
from tests.factories.loyalty import loyalty_program_make


def test_hotels_that_one_may_not_see_are_counted_and_those_that_left_are_not(cast):
    program = loyalty_program_make(cast.alpha)
    house = house_join(program=program, place=cast.beta, joined_on=TODAY, currency_rate=1)
    with tenant_scope([cast.alpha.pk]):
        assert ProgramProperty.objects.count() == 1
        assert houses_now(program.pk) == {cast.alpha.pk, cast.beta.pk}
    house_leave(house=house, left_on=TODAY)
    assert houses_now(program.pk) == {cast.alpha.pk}
