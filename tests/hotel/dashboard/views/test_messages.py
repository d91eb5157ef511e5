"""Messages of the house: listed, looked at, sent again, and written."""

import re
import uuid

import pytest

from hotel.messaging.models import Message, MessageTemplate
from hotel.messaging.services.suppressions import address_fingerprint
from hotel.properties.scoping import codename
from tests.contracts.queries import assert_constant, queries_of
from tests.factories.guests import guest_make
from tests.factories.messaging import message_make, message_template_make, suppression_make

LIST = "/dashboard/messages"
NEW = f"{LIST}/new"
FAILED = {
    "status": "failed", "next_attempt_at": None, "failure_code": "550", "failure_reason": "No such mailbox",
}  # fmt: skip


def words(answer):
    return answer.content.decode()


def plain(answer):
    return " ".join(re.sub(r"<[^>]+>", " ", words(answer)).split())


@pytest.fixture
def anna(cast):
    return guest_make(
        cast.alpha, first_name="Anna", last_name="Moser", email="anna@example.com", language="de"
    )


@pytest.fixture
def failed(cast, anna):
    return message_make(cast.alpha, guest_id=anna.pk, recipient_name="Anna Moser", **FAILED)


def test_the_list_tells_state_and_reason_and_leads_on(desk, cast, anna, failed):
    waiting = message_make(cast.alpha, template_code="house_letter", address="boss@example.com")
    page = words(desk.get(LIST))
    assert page.index(f'href="{LIST}/{waiting.pk}"') < page.index(f'href="{LIST}/{failed.pk}"')
    assert f'<a href="/dashboard/guests/{anna.pk}">Anna Moser</a>' in page
    assert "Failed No such mailbox" in plain(desk.get(LIST))
    for address, is_there in [
        ("?state=failed", (True, False)),
        ("?state=waiting", (False, True)),
        ("?state=bounced", (False, False)),
        ("?to=guests", (True, False)),
        ("?to=others", (False, True)),
        ("?who=moser", (True, False)),
        ("?who=boss@example.com", (False, False)),  # made without its fingerprint: found by that alone
        (f"?before={waiting.pk}", (True, False)),
        ("?state=x&to=y&before=z", (True, True)),
    ]:
        page = words(desk.get(f"{LIST}{address}"))
        shown = tuple(f'href="{LIST}/{row.pk}"' in page for row in (failed, waiting))
        assert shown == is_there, address
    assert "No message fits." in plain(desk.get(f"{LIST}?state=bounced"))


def test_a_house_that_wrote_nothing_is_taught(desk):
    assert "Nothing was written yet. Confirmations and other letters appear here" in plain(desk.get(LIST))


def test_a_message_says_what_was_said_to_whom_and_why_it_did_not_leave(cast, desk, anna, failed, signed_in):
    page = words(desk.get(f"{LIST}/{failed.pk}"))
    assert f'<a href="/dashboard/guests/{anna.pk}">Anna Moser</a>' in page
    assert ("Dear Gus" in page, "gus@example.com" in page, "No such mailbox" in page) == (True, True, True)
    eve = signed_in(cast.eve)
    assert str(failed.pk) not in re.findall(rf"{LIST}/(\d+)", words(eve.get(LIST)))
    assert eve.get(f"{LIST}/{failed.pk}").status_code == 404
    assert eve.post(f"{LIST}/{failed.pk}", {"do": "again", "again-key": uuid.uuid4()}).status_code == 404
    assert signed_in(cast.di).get(f"{LIST}/{failed.pk}").status_code == 403
    assert signed_in(cast.di).get(LIST).status_code == 403


def test_what_failed_is_sent_again_once(desk, failed):
    path, form = f"{LIST}/{failed.pk}", {"do": "again", "again-key": uuid.uuid4()}
    assert "Send again" in words(desk.get(path))
    assert "It waits again, with the same words" in plain(desk.post(path, form, follow=True))
    row = Message.objects.get()
    assert (row.status, row.attempt_limit, row.failure_reason) == ("queued", 8, "")
    assert "was done already" in plain(desk.post(path, form, follow=True))
    assert "Send again" not in words(desk.get(path))
    again = desk.post(path, {"do": "again", "again-key": uuid.uuid4()})
    assert "only failed or suppressed ones can be retried" in plain(again)
    assert Message.objects.get().attempt_limit == 8


def test_what_bounced_is_not_offered_again(desk, cast, anna):
    suppression_make(cast.alpha, address="gone@example.com", reason="bounce")
    row = message_make(
        cast.alpha, address="gone@example.com", address_fingerprint=address_fingerprint("gone@example.com", "email"),
        **FAILED,
    )  # fmt: skip
    page = words(desk.get(f"{LIST}/{row.pk}"))
    assert ("Bounced" in page, "Send again" in page, "The address is stopped" in page) == (True, False, True)
    assert f'href="{LIST}/{row.pk}"' in words(desk.get(f"{LIST}?state=bounced"))
    assert f'href="{LIST}/{row.pk}"' in words(desk.get(f"{LIST}?who=gone@example.com"))


def test_who_may_not_send_looks_only(stage, signed_in):
    row = message_make(stage.alpha, **FAILED)
    reader = signed_in(stage.person({codename("view", "messaging")}))
    assert "Write a message" not in words(reader.get(LIST))
    assert "Send again" not in words(reader.get(f"{LIST}/{row.pk}"))
    form = {"do": "again", "again-key": uuid.uuid4()}
    assert (reader.get(NEW).status_code, reader.post(f"{LIST}/{row.pk}", form).status_code) == (403, 403)
    assert Message.objects.get().status == "failed"


def test_a_letter_is_chosen_shown_in_his_language_and_sent_once(desk, cast, anna, house):
    message_template_make(cast.alpha, body="Dear {{ guest.name }}")
    message_template_make(
        cast.alpha,
        language="de",
        subject="Willkommen",
        body="Liebe {{ guest.name }}, bis {{ reservation.arrival }}",
    )
    stay = house.reserve(1, 2, primary_guest=anna)
    assert f'href="?guest={anna.pk}"' in words(desk.get(f"{NEW}?who=moser"))
    assert "Choose a letter" in plain(desk.get(f"{NEW}?guest={anna.pk}"))
    without = f"{NEW}?guest={anna.pk}&letter=welcome:email"
    assert "This letter speaks of a stay: choose one." in plain(desk.get(without))
    assert desk.post(without, {"do": "send", "send-key": uuid.uuid4(), "send-shown": "x"}).status_code == 302
    assert not Message.objects.exists()

    path = f"{without}&stay={stay.pk}"
    page = desk.get(path)
    assert "Liebe Anna Moser, bis 15. März 2027" in plain(page)
    shown = re.search(r'name="send-shown" value="(\w{64})"', words(page))[1]
    form = {"do": "send", "send-key": uuid.uuid4(), "send-shown": shown}
    assert "It is written and leaves in a moment." in plain(desk.post(path, form, follow=True))
    row = Message.objects.get()
    assert (row.body, row.address, row.guest_id) == (
        "Liebe Anna Moser, bis 15. März 2027", "anna@example.com", anna.pk,
    )  # fmt: skip
    assert "was done already" in plain(desk.post(path, form, follow=True))
    assert Message.objects.count() == 1


def test_a_letter_that_reads_otherwise_by_now_is_not_sent(desk, cast, anna):
    message_template_make(cast.alpha, language="de", body="Liebe {{ guest.name }}")
    path = f"{NEW}?guest={anna.pk}&letter=welcome:email"
    shown = re.search(r'name="send-shown" value="(\w{64})"', words(desk.get(path)))[1]
    MessageTemplate.objects.update(body="Hallo {{ guest.name }}")
    sent = desk.post(path, {"do": "send", "send-key": uuid.uuid4(), "send-shown": shown}, follow=True)
    assert "The letter reads otherwise by now; nothing was sent." in plain(sent)
    assert "Hallo Anna Moser" in plain(sent)
    assert not Message.objects.exists()


def test_who_has_no_address_or_template_is_told_what_to_do(desk, cast, anna):
    mute = guest_make(cast.alpha, last_name="Mute")
    assert "no e-mail address and no telephone. Write them into his profile" in plain(
        desk.get(f"{NEW}?guest={mute.pk}")
    )
    MessageTemplate.objects.all().delete()
    assert "The house has no letter for his e-mail or telephone." in plain(desk.get(f"{NEW}?guest={anna.pk}"))
    far = guest_make(cast.beta, last_name="Far")
    assert desk.get(f"{NEW}?guest={far.pk}").status_code == 404
    assert desk.post(f"{NEW}?guest={far.pk}", {"do": "send"}).status_code == 404


def test_a_stopped_address_is_not_written_to(desk, cast, anna):
    message_template_make(cast.alpha, language="de")
    suppression_make(cast.alpha, address="anna@example.com", reason="complaint")
    page = desk.get(f"{NEW}?guest={anna.pk}&letter=welcome:email")
    assert "The address is stopped: complaint. It would be held back." in plain(page)
    assert "Send message" not in words(page)


def test_a_long_list_costs_the_queries_of_a_short_one(desk, cast, anna):
    message_make(cast.alpha, guest_id=anna.pk)
    desk.get(LIST)
    few = queries_of(lambda: desk.get(LIST))
    for n in range(12):
        message_make(cast.alpha, guest_id=guest_make(cast.alpha, last_name=f"G{n}").pk)
    many = queries_of(lambda: desk.get(LIST))
    assert_constant(few, many)
    assert len(many) <= 12
