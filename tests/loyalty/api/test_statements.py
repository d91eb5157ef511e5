"""The statement's commands of the members' endpoint."""

import pytest

from hotel.messaging.models import Message
from hotel.messaging.services.templates import templates_seed
from tests.contracts.base import assert_problem
from tests.factories.guests import guest_make
from tests.factories.loyalty import loyalty_member_make, loyalty_program_make, points_make

VIEW, ENROL, GUESTS = "view_loyalty_area", "enrol_loyalty_area", "view_guests_area"
DAYS = {"since": "2027-03-01", "until": "2027-03-31"}


@pytest.fixture
def moser(stage):
    loyalty_program_make(stage.alpha)
    member = loyalty_member_make(stage.alpha, guest_make(stage.alpha, email="anna@moser.example"))
    points_make(member, 150)
    return member


def url(member, command) -> str:
    return f"/api/v1/loyalty/members/{member.pk}/statement/{command}"


@pytest.mark.pdf
@pytest.mark.parametrize("more", [{}, {"language": "de"}])
def test_it_is_printed(stage, moser, more):
    answer = stage.client_of((VIEW, GUESTS), stage.alpha).get(url(moser, "pdf"), {**DAYS, **more})

    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    assert answer["Content-Disposition"] == f'inline; filename="statement-{moser.number}.pdf"'
    assert answer.content.startswith(b"%PDF-")


def test_days_that_run_backwards_are_refused(stage, moser):
    client = stage.client_of((VIEW, GUESTS), stage.alpha)

    assert_problem(
        client.get(url(moser, "pdf"), {"since": "2027-03-31", "until": "2027-03-01"}), 400, "invalid"
    )


def test_it_is_mailed_by_who_may_enrol(stage, moser):
    templates_seed(place=stage.alpha)
    body = {**DAYS, "property": stage.alpha.pk}
    looks = stage.client_of((VIEW, GUESTS), stage.alpha)
    assert_problem(looks.post(url(moser, "send"), body, format="json"), 403, "permission_denied")
    assert Message.objects.count() == 0

    answer = stage.client_of((VIEW, ENROL, GUESTS), stage.alpha).post(url(moser, "send"), body, format="json")

    message = Message.objects.get()
    assert (answer.status_code, answer.json()) == (202, {"message": message.pk})
    assert message.address == "anna@moser.example"


def test_to_a_guest_whom_one_may_not_see_nothing_goes(stage, moser):
    templates_seed(place=stage.alpha)

    answer = stage.client_of((VIEW, ENROL), stage.alpha).post(
        url(moser, "send"), {**DAYS, "property": stage.alpha.pk}, format="json"
    )

    assert_problem(answer, 422, "member_without_email")
    assert Message.objects.count() == 0
