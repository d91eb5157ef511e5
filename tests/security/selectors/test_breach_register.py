"""Which breaches stand in the register, for whom."""

from hotel.accounts.models import User
from hotel.core.clock import now
from security.selectors.breach_register import register_of
from tests.factories.security import incident_containment_make, security_incident_make


def test_breaches_stand_in_it_and_nothing_else(house, django_assert_num_queries):
    breach = {"is_breach": True, "aware_at": now()}
    first = security_incident_make(house.alpha, **breach)
    security_incident_make(house.alpha, is_drill=True, **breach)
    security_incident_make(house.alpha, status="false_positive", closed_at=now(), **breach)
    security_incident_make(house.alpha)
    other = security_incident_make(house.beta, **breach | {"aware_at": now()})
    incident_containment_make(house.alpha, incident=first)
    incident_containment_make(house.alpha, incident=first, target="user:8", undone_at=now(), undo_reason="x")
    ada, eve = (User.objects.get(pk=user.pk) for user in (house.ada, house.eve))
    ada.has_perm("x")
    register_of(ada)
    with django_assert_num_queries(3):  # whether he sees all hotels, the rows, what was done
        lines = register_of(ada)
    assert [line.row.pk for line in lines] == [other.pk, first.pk]
    assert lines[1].done == ("Sessions that ended: 1.",)
    assert (lines[1].authority_words, lines[1].people_words) == (
        "To be told", "Not decided: the risk is not assessed",
    )  # fmt: skip
    assert register_of(eve) == []
