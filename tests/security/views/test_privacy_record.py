"""The page of the record of processing: gaps first, processors named and ended, files for who may look."""

import uuid

import pytest

from security.models import Processor
from tests.factories.security_privacy import processor_make
from tests.security.views.test_privacy import PAGE, WORKER, person, send, text_of

RECORD = f"{PAGE}/record"
WHO = {"name": "Mailer", "service": "sends letters", "country": "US", "data_categories": "addresses"}


def test_an_empty_register_teaches_and_is_a_gap(cast, signed_in, django_assert_max_num_queries):
    client = signed_in(person(cast, "security.view"))
    client.get(RECORD)
    with django_assert_max_num_queries(30):
        page = text_of(client.get(RECORD))
    assert "Nobody is named. Who sends the hotel" in page
    assert "No processor is named" in page
    assert "not decided" in page
    assert "registration of guests" in page
    assert "Name a processor" not in page
    assert "compliant" not in page.lower()
    assert send(client, "add", RECORD, **WHO).status_code == 403
    assert not Processor.objects.exists()


def test_a_processor_is_named_once_and_ended(cast, signed_in):
    client, key = signed_in(person(cast, *WORKER)), uuid.uuid4()
    for _ in range(2):
        answer = send(client, "add", RECORD, **WHO, key=key)
    assert "the second time did nothing" in text_of(answer)
    row = Processor.objects.get()
    assert (row.property, row.country, row.contract_on) == (cast.alpha, "US", None)
    page = text_of(client.get(RECORD))
    assert "no safeguards" in page
    assert "No day of a processing agreement." in page
    again = text_of(send(client, "add", RECORD, **WHO, key=uuid.uuid4()))
    assert "named already" in again
    wrong = text_of(send(client, "add", RECORD, **{**WHO, "country": "Austria"}, key=uuid.uuid4()))
    assert "two capital letters" in wrong or "at most 2 characters" in wrong
    assert Processor.objects.count() == 1
    send(client, "end", RECORD, processor=row.pk)
    row.refresh_from_db()
    assert not row.is_active
    assert "Nobody is named." in text_of(client.get(RECORD))


def test_a_processor_of_another_place_is_not_there(cast, signed_in):
    row = processor_make(cast.beta, 1, name="Betacanary")
    client = signed_in(person(cast, *WORKER))
    assert "Betacanary" not in text_of(client.get(RECORD))
    send(client, "end", RECORD, processor=row.pk)
    row.refresh_from_db()
    assert row.is_active


@pytest.mark.pdf
def test_files_are_for_who_may_look(cast, signed_in):
    client = signed_in(person(cast, "security.view"))
    assert client.get(f"{RECORD}/pdf").content.startswith(b"%PDF-")
    assert client.get(f"{RECORD}/xlsx").content.startswith(b"PK")
    assert client.get(f"{RECORD}/exe").status_code == 404
    for path in (RECORD, f"{RECORD}/pdf"):
        assert signed_in(cast.bo).get(path).status_code == 403
