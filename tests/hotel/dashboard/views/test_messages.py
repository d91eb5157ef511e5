"""Messages of the house."""

from tests.factories.guests import guest_make
from tests.factories.messaging import message_make


def words(answer):
    return answer.content.decode()


def test_a_message_says_what_was_said_to_whom_and_why_it_did_not_leave(cast, desk, signed_in):
    anna = guest_make(cast.alpha, last_name="Moser")
    message = message_make(
        cast.alpha, guest_id=anna.pk, recipient_name="Anna Moser", status="failed", next_attempt_at=None,
        failure_code="550", failure_reason="No such mailbox",
    )  # fmt: skip
    page = words(desk.get(f"/dashboard/messages/{message.pk}"))
    assert f'<a href="/dashboard/guests/{anna.pk}">Anna Moser</a>' in page
    assert ("Dear Gus" in page, "gus@example.com" in page, "No such mailbox" in page) == (True, True, True)
    assert signed_in(cast.eve).get(f"/dashboard/messages/{message.pk}").status_code == 404
    assert signed_in(cast.di).get(f"/dashboard/messages/{message.pk}").status_code == 403
