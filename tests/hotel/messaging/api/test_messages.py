"""Messages, templates and suppressions over the API."""

import pytest

from hotel.contracts.messaging import MessageQueued
from hotel.core.models import OutboxMessage
from hotel.messaging.models import Message, MessageTemplate, Suppression
from tests.contracts.base import assert_problem, ids_of
from tests.contracts.crud import CreateContract, CrudContract, DeleteContract, ReadContract
from tests.contracts.permissions import Case, assert_case
from tests.contracts.queries import QueryContract
from tests.contracts.scoping import ScopedModelContract
from tests.factories.guests import guest_make
from tests.factories.messaging import message_make, message_template_make, suppression_make


class TestMessages(ReadContract, QueryContract, CreateContract):
    model, url, area, write = Message, "/api/v1/messages", "messaging", "send"

    def make(self, place, n):
        return message_make(place, dedupe_key=f"k{n}")

    def create(self, place):
        message_template_make(place)
        return {
            "property": place.pk,
            "template_code": "welcome",
            "channel": "email",
            "address": "gus@example.com",
            "name": "Gus Grandet",
            "language": "en",
            "guest_id": guest_make(place).pk,
            "purpose": "transactional",
            "context": {"guest.name": "Gus"},
            "dedupe_key": "",
            "send_at": None,
        }


class TestTemplates(CrudContract):
    model, url, area = MessageTemplate, "/api/v1/messages/templates", "messaging"
    update = {"subject": "Willkommen"}

    def make(self, place, n):
        return message_template_make(place, code=f"welcome_{n}")

    def create(self, place):
        return {
            "property": place.pk,
            "code": "goodbye",
            "channel": "email",
            "language": "de",
            "subject": "Auf Wiedersehen",
            "body": "Guten Tag {{ guest.name | lieber Gast }}",
            "body_html": "<p>Guten Tag</p>",
            "is_active": True,
        }


class TestSuppressions(ReadContract, QueryContract, CreateContract, DeleteContract):
    model, url, area = Suppression, "/api/v1/messages/suppressions", "messaging"

    def make(self, place, n):
        return suppression_make(place, address=f"gus{n}@example.com")

    def create(self, place):
        return {
            "property": place.pk,
            "channel": "email",
            "address": "Gus@Example.com",
            "reason": "manual",
            "note": "asked at the desk",
        }


class TestMessageScope(ScopedModelContract):
    model, area = Message, "messaging"

    def make(self, place, n):
        return message_make(place)


TABLE = [
    Case("post", "/api/v1/messages/{failed}/retry", "send_messaging_area", 200, outsider=(404,)),
    Case(
        "post",
        "/api/v1/messages/templates/{template}/render",
        "view_messaging_area",
        200,
        {},
        outsider=(404,),
    ),
    Case("get", "/api/v1/messages/templates/variables", "view_messaging_area", 200),
    Case(
        "post",
        "/api/v1/messages/templates/standard",
        "manage_messaging_area",
        400,
        {"property": 0},
        outsider=(400,),
    ),
]


@pytest.mark.parametrize("case", TABLE, ids=str)
def test_permissions(case, stage):
    failed = message_make(stage.alpha, status="failed", next_attempt_at=None)
    template = message_template_make(stage.alpha)
    assert_case(case, stage, failed=failed.pk, template=template.pk)


def test_a_message_is_worded_and_queued(cast, api):
    message_template_make(cast.alpha)
    body = {
        "property": cast.alpha.pk,
        "template_code": "welcome",
        "channel": "email",
        "address": " Gus@Example.COM ",
        "context": {"guest.name": "Gus"},
    }
    answer = api(cast.ada).post("/api/v1/messages", body, headers={"Idempotency-Key": "m-1"})
    assert answer.status_code == 201, answer.content
    told = answer.json()
    assert (told["status"], told["subject"], told["body"]) == ("queued", "Welcome", "Dear Gus")
    assert told["address"] == "gus@example.com"
    assert told["tries"] == []
    fact = OutboxMessage.objects.get(topic=MessageQueued.__name__)
    assert fact.payload["message_id"] == told["id"]
    assert "gus@example.com" not in str(fact.payload)


def test_a_message_needs_a_key(cast, api):
    answer = api(cast.ada).post("/api/v1/messages", {})
    assert_problem(answer, 400, "idempotency_key_missing")


@pytest.mark.parametrize(
    ("over", "status", "code"),
    [
        ({"template_code": "unknown"}, 422, "message_template_missing"),
        ({"context": {}}, 422, "variable_missing"),
        ({"context": {"guest.name": "x", "user.password": "y"}}, 422, "variable_unknown"),
        ({"address": "gus"}, 400, "invalid"),
        ({"channel": "sms"}, 400, "invalid"),
        ({"context": {"guest.name": {"deep": 1}}}, 400, "invalid"),
        ({"guest_id": 2**63}, 400, "invalid"),
        ({"guest_id": 2**60}, 400, "invalid"),
    ],
)
def test_a_message_that_cannot_be_worded_is_refused_and_nothing_is_stored(cast, api, over, status, code):
    message_template_make(cast.alpha)
    body = {
        "property": cast.alpha.pk,
        "template_code": "welcome",
        "channel": "email",
        "address": "gus@example.com",
        "context": {"guest.name": "Gus"},
    }
    answer = api(cast.ada).post("/api/v1/messages", {**body, **over}, headers={"Idempotency-Key": "m-1"})
    assert_problem(answer, status, code)
    assert not Message.objects.exists()
    assert not OutboxMessage.objects.exists()


def test_messages_are_found_by_a_guest_whom_the_caller_may_know(cast, api):
    """Eve's own message names Alpha's guest, as after a move of the guest: she does not find it by him."""
    guest = guest_make(cast.alpha)
    mine, _ = message_make(cast.alpha, guest_id=guest.pk), message_make(cast.alpha)
    message_make(cast.beta, guest_id=guest.pk)
    found = f"/api/v1/messages?guest_id={guest.pk}"

    assert ids_of(api(cast.bo).get(found)) == [mine.pk]
    assert api(cast.eve).get("/api/v1/messages").json()["results"], "there is something at Beta"
    assert ids_of(api(cast.eve).get(found)) == []


def test_nobody_is_written_to_as_a_guest_of_another_house(cast, api):
    message_template_make(cast.alpha)
    body = {
        "property": cast.alpha.pk,
        "template_code": "welcome",
        "channel": "email",
        "address": "gus@example.com",
        "context": {"guest.name": "Gus"},
        "guest_id": guest_make(cast.beta).pk,
    }

    answer = api(cast.ada).post("/api/v1/messages", body, headers={"Idempotency-Key": "m-1"})

    assert_problem(answer, 400, "invalid")
    assert answer.json()["fields"] == {"guest_id": ["No such guest is known at this property."]}
    assert not Message.objects.exists()


def test_a_failed_message_is_retried_and_a_queued_one_is_not(cast, api):
    failed = message_make(
        cast.alpha,
        status="failed",
        attempts=8,
        next_attempt_at=None,
        failure_code="451",
        failure_reason="busy",
    )
    answer = api(cast.ada).post(f"/api/v1/messages/{failed.pk}/retry")
    assert answer.status_code == 200
    assert (answer.json()["status"], answer.json()["failure_code"]) == ("queued", "")
    failed.refresh_from_db()
    assert (failed.attempts, failed.attempt_limit) == (8, 16)
    assert_problem(api(cast.ada).post(f"/api/v1/messages/{failed.pk}/retry"), 409, "message_not_failed")


def test_an_unknown_variable_is_named(cast, api):
    body = {
        "property": cast.alpha.pk,
        "code": "bad",
        "channel": "email",
        "language": "en",
        "subject": "Hello {{ guest.password }}",
        "body": "{{ guest.name }} {{ user.email }}",
    }
    answer = api(cast.ada).post("/api/v1/messages/templates", body)
    assert_problem(answer, 400, "invalid")
    assert answer.json()["fields"] == {
        "subject": ["Unknown variables: guest.password."],
        "body": ["Unknown variables: user.email."],
    }
    assert not MessageTemplate.objects.exists()


def test_a_preview_fills_samples_and_sends_nothing(cast, api):
    template = message_template_make(
        cast.alpha, body="{{ guest.name }}, {{ booking.rooms }} at {{ property.name }}"
    )
    url = f"/api/v1/messages/templates/{template.pk}/render"
    answer = api(cast.ada).post(url, {"context": {"guest.name": "<b>Eve</b>"}})
    assert answer.json()["body"] == "<b>Eve</b>, 2 at Alpha"
    assert "&lt;b&gt;Eve&lt;/b&gt;, 2 at Alpha" in answer.json()["body_html"]
    assert not Message.objects.exists()


def test_variables_are_listed(cast, api):
    told = api(cast.ada).get("/api/v1/messages/templates/variables").json()
    assert {"name": "guest.first_name", "title": "First name of the guest", "sample": "Gus"} in told


def test_standard_templates_are_added_once(cast, api):
    body = {"property": cast.alpha.pk}
    first, second = (api(cast.ada).post("/api/v1/messages/templates/standard", body) for _ in range(2))
    assert (first.json(), second.json()) == ({"added": 36}, {"added": 0})
    assert MessageTemplate.objects.at(cast.beta.pk).count() == 0


def test_a_suppression_is_kept_in_one_form_and_lifted(cast, api):
    body = {"property": cast.alpha.pk, "channel": "sms", "address": "+43 (1) 555-0100"}
    first = api(cast.ada).post("/api/v1/messages/suppressions", body)
    again = api(cast.ada).post("/api/v1/messages/suppressions", {**body, "address": "+4315550100"})
    assert first.json()["address"] == "+4315550100"
    assert again.json()["id"] == first.json()["id"]
    assert api(cast.ada).delete(f"/api/v1/messages/suppressions/{first.json()['id']}").status_code == 204
    assert not Suppression.objects.exists()
