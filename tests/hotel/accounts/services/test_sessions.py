from datetime import timedelta

import pytest
import time_machine

from hotel.accounts.models import StaffSession
from hotel.accounts.services.second_factors import factors_reset
from hotel.accounts.services.sessions import session_end, sessions_end, sessions_forget
from hotel.accounts.services.users import user_deactivate, user_password_set
from hotel.core.exceptions import NotFound, NotPermitted
from hotel.core.models import SecurityEvent


def is_in(client) -> bool:
    return client.get("/api/v1/me").status_code == 200


@pytest.fixture
def clients(cast, signed_in):
    return [signed_in(cast.bo), signed_in(cast.bo), signed_in(cast.cy)]


def called(person):
    return list(StaffSession.objects.filter(user=person).values_list("pk", flat=True))


def test_a_session_ends_with_the_next_request(cast, clients):
    [first, _] = called(cast.bo)
    session_end(reference=first, user=cast.bo, by=cast.bo)

    assert sorted(is_in(client) for client in clients) == [False, True, True]
    assert SecurityEvent.objects.get().kind == "session_ended"


def test_nobody_ends_a_session_of_somebody_he_does_not_manage(cast, clients):
    [reference] = called(cast.cy)
    with pytest.raises(NotFound):
        session_end(reference=reference, user=cast.bo, by=cast.bo)
    with pytest.raises(NotPermitted):
        session_end(reference=reference, user=cast.cy, by=cast.bo)
    assert is_in(clients[2])

    session_end(reference=reference, user=cast.cy, by=cast.ada)
    assert not is_in(clients[2])


def test_all_but_one_end(cast, clients):
    [kept, _] = called(cast.bo)

    assert sessions_end(user=cast.bo, but=kept, by=cast.bo) == 1
    assert called(cast.bo) == [kept]
    assert is_in(clients[2])


@pytest.mark.parametrize(
    "end",
    [
        lambda cast: user_deactivate(user=cast.bo),
        lambda cast: user_password_set(user=cast.bo, password="quite another password"),
        lambda cast: factors_reset(user=cast.bo, by=None),
    ],
)
def test_who_is_shut_out_or_given_other_proofs_is_signed_in_nowhere(cast, clients, end):
    end(cast)

    assert [is_in(client) for client in clients] == [False, False, True]
    assert called(cast.bo) == []


def test_rows_that_ended_by_themselves_are_forgotten(cast, clients):
    with time_machine.travel(StaffSession.objects.first().expire_date + timedelta(seconds=5), tick=False):
        assert sessions_forget() == 3
