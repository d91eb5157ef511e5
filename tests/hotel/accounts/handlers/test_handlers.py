from hotel.accounts.domain.role_matrix import ROLE_MATRIX
from hotel.accounts.models import Role, RoleLimit
from hotel.properties.services.properties import chain_create, property_create

VALUES = {"code": "NEW", "name": "New", "time_zone": "Asia/Tokyo", "currency": "JPY", "country": "JP"}


def test_a_chain_gets_its_roles_with_its_first_property(db, drain):
    chain = chain_create(code="NEW", name="New")
    property_create(chain=chain, values=VALUES)
    assert not Role.objects.exists()

    assert drain() == 1

    assert set(Role.objects.filter(chain=chain).values_list("code", flat=True)) == set(ROLE_MATRIX)
    property_create(chain=chain, values={**VALUES, "code": "SECOND", "currency": "USD"})
    drain()
    limits = RoleLimit.objects.filter(role__code="accountant", kind="refund")
    assert {str(limit.amount) for limit in limits} == {"¥50,000.000", "$500.000"} or limits.count() == 2
