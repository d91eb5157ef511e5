"""The page of rights: the matrix, what waits for a second person, emergencies, reviews; each form does what it says."""

import uuid

from django.test import Client

from hotel.accounts.models import RoleAssignment
from hotel.accounts.services.roles import role_assign
from hotel.properties.scoping import grants_of
from security.models import AccessRequest, AccessReview, EmergencyAccess
from security.services.access_requests import Wanted, access_request_open
from security.services.emergencies import emergency_open
from security.services.reviews import access_review_open
from tests.factories.accounts import role_make

PAGE = "/dashboard/security/access"
REASON = "The manager is on a plane and the till will not open."


def text_of(response) -> str:
    return response.content.decode()


def send(client, do, path=PAGE, **values):
    return client.post(
        path, {"do": do, **{f"{do}-{name}": value for name, value in values.items()}}, follow=True
    )


def roles_of(user) -> set[str]:
    return set(RoleAssignment.objects.filter(user=user).values_list("role__code", flat=True))


def test_the_page_shows_who_may_do_what_and_which_duties_meet(
    house, signed_in, django_assert_max_num_queries
):
    client = signed_in(house.ada)
    with django_assert_max_num_queries(30):
        page = text_of(client.get(PAGE))

    assert '<th scope="row">di</th>' in page
    assert "<b>rooms</b> status, view" in page
    assert "Who corrects bills could close the day over the correction." in page
    assert "rights were looked at yet." in page


def test_who_sees_no_security_sees_no_page(house, signed_in):
    assert signed_in(house.bo).get(PAGE).status_code == 403
    assert Client().get(PAGE).status_code == 302


def test_a_role_is_asked_for_once_and_agreed_to_by_another(house, second, signed_in):
    role, key = role_make(house.chain, "accounts.manage"), uuid.uuid4()
    for _ in range(2):
        answer = send(
            signed_in(house.ada), "ask", user=house.bo.pk, role=role.pk, reason="Stands in.", key=key
        )
    assert "the second time did nothing" in text_of(answer)
    request = AccessRequest.objects.get()
    assert (request.user, request.property, request.status) == (house.bo, house.alpha, "open")
    assert "by somebody else" in text_of(signed_in(house.ada).get(PAGE))

    refused = send(signed_in(house.ada), "answer", request=request.pk, decision="approve")
    assert "neither who asked nor who gains" in text_of(refused)
    assert roles_of(house.bo) == {"front_desk"}

    answer = send(signed_in(second), "answer", request=request.pk, decision="approve", reason="Fine.")
    assert "Agreed: bo holds the role now." in text_of(answer)
    assert roles_of(house.bo) == {"front_desk", "helper"}


def test_a_refusal_needs_a_reason(house, second, signed_in):
    wanted = Wanted(user=house.bo, role=role_make(house.chain, "rooms.view"), place=house.alpha)
    request = access_request_open(wanted=wanted, reason="Stands in.", by=house.ada)
    assert "Say why not." in text_of(send(signed_in(second), "answer", request=request.pk, decision="refuse"))
    send(signed_in(second), "answer", request=request.pk, decision="refuse", reason="Not needed.")
    request.refresh_from_db()
    assert (request.status, roles_of(house.bo)) == ("refused", {"front_desk"})


def test_requests_of_other_places_do_not_exist(house, second, signed_in):
    wanted = Wanted(user=house.eve, role=role_make(house.chain, "rooms.view"), place=house.beta)
    request = access_request_open(wanted=wanted, reason="Stands in.", by=house.ada)
    assert send(signed_in(second), "answer", request=request.pk, decision="approve").status_code == 404
    assert roles_of(house.eve) == {"front_desk"}


def test_the_glass_is_broken_once_ended_and_judged(house, signed_in):
    role_assign(
        user=house.bo,
        role=role_make(house.chain, "security.break_glass", "security.view", code="breaker"),
        place=house.alpha,
    )
    key = uuid.uuid4()
    for _ in range(2):
        answer = send(signed_in(house.bo), "glass", reason=REASON, minutes=10, key=key)
    emergency = EmergencyAccess.objects.get()
    assert "somebody else" not in text_of(answer)
    assert emergency.user == house.bo

    boss = signed_in(house.ada)
    assert "End it now" in text_of(boss.get(PAGE))
    send(boss, "emergency", emergency=emergency.pk, verdict="close")
    told = send(boss, "emergency", emergency=emergency.pk, verdict="unjustified")
    assert "Say why." in text_of(told)
    send(boss, "emergency", emergency=emergency.pk, verdict="justified", note="It was.")
    emergency.refresh_from_db()
    assert (emergency.verdict, emergency.reviewed_by, emergency.closed_by) == (
        "justified",
        house.ada,
        house.ada,
    )
    bo = type(house.bo).objects.get(pk=house.bo.pk)
    assert not grants_of(bo).holds("manage", "accounts", house.alpha.pk)


def test_too_short_a_reason_is_told_on_the_form(house, signed_in):
    answer = send(signed_in(house.ada), "glass", reason="Help", minutes=10, key=uuid.uuid4())
    assert "at least 10 characters" in text_of(answer)
    assert not EmergencyAccess.objects.exists()


def test_an_emergency_of_another_place_does_not_exist(house, signed_in):
    emergency = emergency_open(place=house.beta, reason=REASON, by=house.eve)
    assert send(signed_in(house.ada), "emergency", emergency=emergency.pk, verdict="close").status_code == 404
    emergency.refresh_from_db()
    assert emergency.closed_at is None


def test_a_review_is_opened_decided_and_closed(house, signed_in):
    boss, key = signed_in(house.ada), uuid.uuid4()
    for _ in range(2):
        send(boss, "review", key=key)
    review = AccessReview.objects.get()
    one = f"{PAGE}/reviews/{review.pk}"
    page = text_of(boss.get(one))
    assert "6 lines wait" in page
    assert page.count('value="keep"') == 5  # not for one's own

    item = review.items.get(user=house.di)
    assert "Revoked: Housekeeping of di." in text_of(
        send(boss, "decide", one, item=item.pk, decision="revoke")
    )
    own = review.items.get(user=house.ada)
    told = send(boss, "decide", one, item=own.pk, decision="keep")
    assert "Somebody else decides about your rights." in text_of(told)
    closed = text_of(send(boss, "close", one))
    assert "The review is closed." in closed
    assert 'value="keep"' not in closed
    assert roles_of(house.di) == set()


def test_a_review_of_another_place_does_not_exist(house, signed_in):
    review = access_review_open(place=house.beta)
    assert signed_in(house.ada).get(f"{PAGE}/reviews/{review.pk}").status_code == 404
