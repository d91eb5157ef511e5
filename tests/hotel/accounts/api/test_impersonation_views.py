from datetime import timedelta

import pytest

from hotel.accounts.models import Impersonation
from tests.contracts.base import assert_problem
from tests.contracts.crud import ReadContract
from tests.factories.accounts import impersonation_make, user_make

URL = "/api/v1/impersonations"
WHY = "Ticket 4711: the rack shows nothing."


class TestImpersonations(ReadContract):
    model, url, area = Impersonation, URL, "accounts"

    def make(self, place, n):
        return impersonation_make(
            place,
            user=user_make(place, username=f"seen{place.pk}-{n}"),
            actor=user_make(place, username=f"looks{place.pk}-{n}"),
        )


def test_a_session_looks_as_another_and_ends_it_by_one_post(cast, ada):
    made = ada.post(URL, {"user": cast.bo.pk, "reason": WHY, "minutes": 10})

    assert made.status_code == 201, made.content
    body = made.json()
    assert (body["actor"], body["user"], body["reason"]) == (cast.ada.pk, cast.bo.pk, WHY)
    assert (body["until"], body["ending"]) == ("2027-03-14T12:10:00Z", "")
    assert ada.get("/api/v1/me").json()["username"] == "bo"
    assert_problem(ada.post(URL, {"user": cast.di.pk, "reason": WHY}), 403, "acting_as_read_only")

    ended = ada.post(f"{URL}/{body['id']}/end")
    assert (ended.status_code, ended.json()["ending"]) == (200, "asked")
    assert ada.get("/api/v1/me").json()["username"] == "ada"
    assert ada.post(f"{URL}/{body['id']}/end").json()["ended_at"] == ended.json()["ended_at"]


def test_the_password_must_have_been_named_lately(cast, ada, noon):
    noon.shift(timedelta(minutes=6))

    assert_problem(ada.post(URL, {"user": cast.bo.pk, "reason": WHY}), 403, "step_up_required")
    assert not Impersonation.objects.exists()


def test_a_caller_without_a_session_cannot_look(cast, api):
    answer = api(cast.ada).post(URL, {"user": cast.bo.pk, "reason": WHY})

    assert answer.status_code == 403
    assert not Impersonation.objects.exists()


@pytest.mark.parametrize("sent", [{"reason": "short"}, {"reason": ""}, {"minutes": 31}, {"user": 0}])
def test_a_sentence_a_person_and_an_end_are_needed(cast, ada, sent):
    answer = ada.post(URL, {"user": cast.bo.pk, "reason": WHY, **sent})

    assert answer.status_code == 400
    assert not Impersonation.objects.exists()


def test_people_of_other_hotels_do_not_exist_here(cast, api):
    row = impersonation_make(cast.beta)

    assert_problem(api(cast.eve).post(f"{URL}/{row.pk}/end"), 403, "permission_denied")
    row.refresh_from_db()
    assert row.ended_at is None
