from datetime import UTC, date, datetime

from hotel.accounts.models import Role, User
from hotel.accounts.selectors import assignments
from hotel.accounts.services.roles import role_assign
from hotel.accounts.tasks import dated_roles_follow
from hotel.properties.scoping import grants_of


def test_roles_begin_by_the_clock(cast, monkeypatch):
    role = Role.objects.get(code="auditor")
    role_assign(user=cast.ida, role=role, place=cast.alpha, valid_from=date(2030, 1, 1))
    assert grants_of(User.objects.get(pk=cast.ida.pk)).any_property_ids() == frozenset()

    monkeypatch.setattr(assignments, "now", lambda: datetime(2030, 1, 1, 1, tzinfo=UTC))

    assert dated_roles_follow() == 1
    assert grants_of(User.objects.get(pk=cast.ida.pk)).any_property_ids() == {cast.alpha.pk}
    assert dated_roles_follow() == 1
