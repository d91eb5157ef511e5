from hotel.accounts.models import RoleAssignment, User
from hotel.accounts.services.roles import role_revoke
from hotel.properties.scoping import grants_of


def fresh(user):
    return grants_of(User.objects.get(pk=user.pk))


def test_the_cast_holds_rights_only_at_its_properties(cast):
    assert fresh(cast.ada).property_ids("manage", "reservations") == {cast.alpha.pk, cast.beta.pk}
    assert fresh(cast.bo).property_ids("manage", "properties") == frozenset()
    assert fresh(cast.bo).property_ids("view", "properties") == {cast.alpha.pk}
    assert fresh(cast.eve).any_property_ids() == {cast.beta.pk}
    assert fresh(cast.ida).any_property_ids() == frozenset()


def test_revoking_ends_the_rights_at_once(cast):
    assignment = RoleAssignment.objects.get(user=cast.bo)

    role_revoke(assignment=assignment)

    assert fresh(cast.bo).any_property_ids() == frozenset()
    assert fresh(cast.cy).any_property_ids() == {cast.alpha.pk}
