"""The pages of data protection: the work list, a new request, and a request from its receipt to its end."""

import json
import uuid

import pytest
from django.test import Client

from hotel.accounts.models import User
from hotel.accounts.services.roles import role_assign
from hotel.guests.services.privacy import processing_restrict
from security.models import (
    AccessEvent,
    ErasureCertificate,
    LegalHold,
    PrivacyBundle,
    PrivacyRequest,
)
from security.services.bundles import bundles_make
from security.services.erasures import erasures_carry_out
from tests.factories.accounts import role_make, user_make
from tests.factories.guests import guest_document_make, guest_make
from tests.factories.reservations import house_make
from tests.factories.security_privacy import (
    identified_make,
    legal_hold_make,
    privacy_bundle_make,
    privacy_request_make,
)

PAGE = "/dashboard/security/privacy"
PASSWORD = "a long enough password"
WORKER = ("security.view", "security.manage")


def text_of(response) -> str:
    return response.content.decode()


def person(cast, *rights, place=None):
    number = User.objects.count()
    user = user_make(cast.alpha, username=f"person{number}")
    role = role_make(cast.chain, *rights, code=f"r{number}")
    role_assign(user=user, role=role, place=place or cast.alpha)
    return User.objects.get(pk=user.pk)


def send(client, do, path, **values):
    sent = {"do": do, **{f"{do}-{name}": value for name, value in values.items()}}
    return client.post(path, sent, follow=True)


def page_of(row) -> str:
    return f"{PAGE}/requests/{row.pk}"


def long_ago(client):
    """The password was named long ago."""
    session = client.session
    session["sign_in"] = {**session["sign_in"], "confirmed": 0}
    session.save()


def seen(kind, guest) -> list[str]:
    """Who looked at a guest in this way, as the trail has it."""
    return [event.actor for event in AccessEvent.objects.of_subject(guest.pk) if event.kind == kind]


def test_an_empty_list_teaches_and_says_nothing_of_what_one_may_not_do(cast, signed_in):
    page = text_of(signed_in(person(cast, *WORKER)).get(PAGE))
    assert "Nobody has asked for his data yet" in page
    assert "Write down the first one" in page
    looks = text_of(signed_in(person(cast, "security.view")).get(PAGE))
    assert "Nobody has asked for his data yet" in looks
    assert "/privacy/new" not in looks


def test_the_list_shows_what_is_due_next_first_at_a_fixed_price(
    cast, signed_in, django_assert_max_num_queries
):
    guest = guest_make(cast.alpha, last_name="Zoracanary")
    legal_hold_make(cast.alpha, guest)
    privacy_request_make(cast.alpha, guest, kind="erasure")
    for _ in range(4):
        privacy_request_make(cast.alpha)
    privacy_request_make(cast.beta, guest_make(cast.beta, last_name="Betacanary"))
    client = signed_in(person(cast, *WORKER))
    client.get(PAGE)
    with django_assert_max_num_queries(30):
        page = text_of(client.get(PAGE))
    assert "Erasure: Zoracanary" in page
    assert "1 hold" in page
    assert "Betacanary" not in page
    assert page.count("days left") == 5
    assert seen("list", guest)
    assert "No request fits" in text_of(client.get(PAGE, {"state": "late"}))
    assert "No request fits" in text_of(client.get(PAGE, {"state": "zebra"}))
    assert text_of(client.get(PAGE, {"kind": "erasure"})).count("days left") == 1


def test_who_only_views_security_reads_no_name_no_words_and_no_file(cast, signed_in):
    guest = guest_make(cast.alpha, last_name="Zoracanary")
    row = privacy_request_make(cast.alpha, guest, words="Wordscanary")
    client = signed_in(person(cast, "security.view"))
    for path in (PAGE, page_of(row)):
        page = text_of(client.get(path))
        assert "canary" not in page
        assert f"Guest {guest.pk}" in page
    assert '<form class="form"' not in text_of(client.get(page_of(row)))
    for do in ("identify", "files", "carry", "refuse", "hold", "approve"):
        assert send(client, do, page_of(row), method="Passport", reason="No").status_code == 403
    assert client.get(f"{PAGE}/new").status_code == 403
    assert PrivacyRequest.objects.get().status == "received"


def test_without_the_right_or_at_another_place_there_is_no_page(cast, signed_in):
    row = privacy_request_make(cast.alpha)
    bundle = privacy_bundle_make(cast.alpha)
    file = f"{PAGE}/files/{bundle.pk}/json"
    for path in (PAGE, page_of(row), f"{PAGE}/new", file, f"{PAGE}/retention", f"{PAGE}/consents"):
        assert signed_in(cast.bo).get(path).status_code == 403
        assert Client().get(path).status_code == 302
    elsewhere = signed_in(person(cast, *WORKER, place=cast.beta))
    assert elsewhere.get(page_of(row)).status_code == 404
    assert send(elsewhere, "refuse", page_of(row), reason="No").status_code == 404
    assert elsewhere.get(file).status_code == 404
    row.refresh_from_db()
    assert row.status == "received"


def test_a_request_is_found_written_down_once_and_noted_in_the_trail(cast, signed_in):
    guest = guest_make(cast.alpha, last_name="Zoracanary", email="zora@example.com", city="Graz")
    other = guest_make(cast.beta, last_name="Zoracanary")
    worker, key = person(cast, *WORKER), uuid.uuid4()
    client = signed_in(worker)
    found = text_of(client.get(f"{PAGE}/new", {"who": "Zoracanary"}))
    assert f'href="?guest={guest.pk}"' in found
    assert f'href="?guest={other.pk}"' not in found
    assert "z…@example.com" in found
    assert seen("search", guest) == [f"user:{worker.pk}"]
    assert seen("search", other) == []
    assert "Nobody fits" in text_of(client.get(f"{PAGE}/new", {"who": "Quetzal"}))

    path = f"{PAGE}/new?guest={guest.pk}"
    assert "Zoracanary · Graz" in text_of(client.get(path))
    values = {"guest": guest.pk, "kind": "access", "received_on": "2026-01-31", "key": key}
    for _ in range(2):
        answer = send(client, "record", path, **values, words="What do you know?")
    assert "the second time did nothing" in text_of(answer)
    row = PrivacyRequest.objects.get()
    assert (row.guest, row.property, row.words) == (guest, cast.alpha, "What do you know?")
    assert f"{row.due_on}" == "2026-02-28"
    wrong = send(client, "record", path, **{**values, "guest": other.pk, "key": uuid.uuid4()})
    assert (wrong.status_code, PrivacyRequest.objects.count()) == (404, 1)


def test_what_a_kind_needs_is_told_where_it_was_typed(cast, signed_in):
    guest = guest_make(cast.alpha, last_name="Guest", city="Graz")
    client, path = signed_in(person(cast, *WORKER)), f"{PAGE}/new?guest={guest.pk}"
    values = {"guest": guest.pk, "received_on": "2026-01-31"}
    refused = send(client, "record", path, **values, kind="rectification", key=uuid.uuid4())
    assert "says what is right" in text_of(refused)
    refused = send(client, "record", path, **values, kind="objection", key=uuid.uuid4())
    assert "is to a purpose" in text_of(refused)
    ahead = {**values, "received_on": "2099-01-01"}
    refused = send(client, "record", path, **ahead, kind="access", key=uuid.uuid4())
    assert "cannot be received in the future" in text_of(refused)
    assert not PrivacyRequest.objects.exists()
    send(
        client, "record", path, **values, kind="rectification", right_city="Linz",
        right_birth_date="1980-02-01", key=uuid.uuid4(),
    )  # fmt: skip
    row = PrivacyRequest.objects.get()
    assert json.loads(row.changes) == {"city": "Linz", "birth_date": "1980-02-01"}
    send(client, "identify", page_of(row), method="Passport shown")
    assert "Linz" in text_of(client.get(page_of(row)))
    send(client, "carry", page_of(row))
    guest.refresh_from_db()
    assert (guest.city, f"{guest.birth_date}") == ("Linz", "1980-02-01")


@pytest.mark.pdf
def test_an_access_request_from_its_receipt_to_the_downloaded_files(
    cast, signed_in, django_assert_max_num_queries
):
    guest = guest_make(cast.alpha, last_name="Zoracanary")
    row, worker = privacy_request_make(cast.alpha, guest), person(cast, *WORKER)
    client, path = signed_in(worker), page_of(row)
    assert "Make his files" not in text_of(client.get(path))
    assert "Noted." in text_of(send(client, "identify", path, method="Passport shown at the desk"))
    assert "A worker makes the files" in text_of(send(client, "files", path))
    assert '<progress max="100" value="0"' in text_of(client.get(path))
    bundles_make()
    with django_assert_max_num_queries(32):
        page = text_of(client.get(path))
    bundle = PrivacyBundle.objects.get()
    assert bundle.digest in page
    assert "Links for the guest" in page
    answer = send(client, "download", path, kind="pdf")
    assert answer.content.startswith(b"%PDF")
    assert f'filename="request-{row.pk}.pdf"' in answer["Content-Disposition"]
    assert answer["Cache-Control"] == "private, no-store"
    document = json.loads(send(client, "download", path, kind="json").content)
    assert "Zoracanary" in json.dumps(document)
    bundle.refresh_from_db()
    assert bundle.downloads == 2
    assert seen("export", guest) == [f"user:{worker.pk}"] * 2
    assert "Done and closed." in text_of(send(client, "carry", path))
    row.refresh_from_db()
    assert (row.status, row.closed_by) == ("completed", worker)


@pytest.mark.pdf
def test_files_are_taken_out_only_by_who_named_his_password_lately(cast, signed_in):
    bundle = privacy_bundle_make(cast.alpha)
    bundles_make()
    worker = person(cast, *WORKER)
    worker.set_password(PASSWORD)
    worker.save()
    client, path = signed_in(worker), page_of(bundle.request)
    client.get(path)
    long_ago(client)
    page = text_of(client.get(path))
    assert "Your password" in page
    assert "Links for the guest" not in page
    straight = client.get(f"{PAGE}/files/{bundle.pk}/json", follow=True)
    assert "Name your password again" in text_of(straight)
    assert "This is not your password" in text_of(send(client, "download", path, kind="json", confirm="no"))
    bundle.refresh_from_db()
    assert (bundle.downloads, seen("export", bundle.request.guest)) == (0, [])
    answer = send(client, "download", path, kind="json", confirm=PASSWORD)
    assert answer["Content-Type"] == "application/json"
    assert client.get(f"{PAGE}/files/{bundle.pk}/exe").status_code == 404


@pytest.mark.pdf
def test_files_of_a_restricted_guest_are_for_who_may_see_him(cast, signed_in):
    bundle = privacy_bundle_make(cast.alpha)
    bundles_make()
    processing_restrict(guest=bundle.request.guest)
    file = f"{PAGE}/files/{bundle.pk}/json"
    worker = signed_in(person(cast, *WORKER))
    assert worker.get(file).status_code == 404
    assert "Download" not in text_of(worker.get(page_of(bundle.request)))
    assert signed_in(person(cast, *WORKER, "security.approve")).get(file).status_code == 200


def test_an_erasure_shows_what_is_kept_and_needs_two_people_who_have_read_it(
    cast, signed_in, django_assert_max_num_queries
):
    guest = guest_make(cast.alpha, last_name="Zoracanary")
    guest_document_make(cast.alpha, guest)
    row = identified_make(cast.alpha, guest, kind="erasure")
    first = signed_in(person(cast, *WORKER, "security.approve"))
    with django_assert_max_num_queries(130):
        page = text_of(first.get(page_of(row)))
    assert '<th scope="row">guests.GuestDocument</th><td class="num">1</td>' in page
    assert '<th scope="row">security.PrivacyRequest</th>' in page
    assert "proof (GDPR 5(2))" in page
    assert "This field is required" in text_of(send(first, "propose", page_of(row)))
    assert "Somebody else must approve" in text_of(send(first, "propose", page_of(row), is_read="on"))
    page = text_of(first.get(page_of(row)))
    assert "Waits for a second person" in page
    assert "Erase him" not in page
    refused = text_of(send(first, "approve", page_of(row), is_read="on"))
    assert "Somebody else than who asked for it" in refused
    assert PrivacyRequest.objects.get().status == "proposed"

    second = signed_in(person(cast, *WORKER, "security.approve"))
    assert "This field is required" in text_of(send(second, "approve", page_of(row)))
    assert "Approved." in text_of(send(second, "approve", page_of(row), is_read="on"))
    assert erasures_carry_out() == 1
    certificate = ErasureCertificate.objects.get()
    page = text_of(second.get(page_of(row)))
    assert certificate.digest in page
    assert "Zoracanary" not in page


def test_what_stands_in_the_way_of_an_erasure_is_said_and_nothing_can_be_proposed(cast, signed_in):
    guest = guest_make(cast.alpha)
    stay = house_make(cast.alpha, doubles=2).reserve(primary_guest=guest)
    row = identified_make(cast.alpha, guest, kind="erasure")
    client = signed_in(person(cast, *WORKER))
    page = text_of(client.get(page_of(row)))
    assert f"The stay {stay.number} from {stay.arrival} is confirmed." in page
    assert "Propose the erasure" not in page
    assert f"The stay {stay.number}" in text_of(send(client, "propose", page_of(row), is_read="on"))
    assert PrivacyRequest.objects.get().status == "identified"


def test_a_hold_is_placed_once_read_by_workers_and_lifted(cast, signed_in):
    row = identified_make(cast.alpha, kind="erasure")
    client, key = signed_in(person(cast, *WORKER)), uuid.uuid4()
    for _ in range(2):
        send(client, "hold", page_of(row), kind="police", reason="Reasoncanary", reference="1 St 7", key=key)
    hold = LegalHold.objects.get()
    page = text_of(client.get(page_of(row)))
    assert f"A legal hold stands (police or prosecution, no. {hold.pk})." in page
    assert "Reasoncanary" in page
    assert "Reasoncanary" not in text_of(
        signed_in(person(cast, "security.view", "guests.view")).get(page_of(row))
    )
    foreign = legal_hold_make(cast.alpha)
    send(client, "lift", page_of(row), hold=foreign.pk)
    foreign.refresh_from_db()
    assert foreign.lifted_at is None
    assert "The hold is lifted." in text_of(send(client, "lift", page_of(row), hold=hold.pk))
    assert "What stands in the way" not in text_of(client.get(page_of(row)))


def test_a_request_is_extended_once_refused_with_a_reason_or_withdrawn(cast, signed_in):
    client = signed_in(person(cast, *WORKER))
    row = privacy_request_make(cast.alpha)
    assert "This field is required" in text_of(send(client, "extend", page_of(row), reason=""))
    assert "Extended by two months" in text_of(send(client, "extend", page_of(row), reason="Many hotels"))
    page = text_of(client.get(page_of(row)))
    assert "Many hotels" in page
    assert "Take two months more" not in page
    assert "cannot be extended any more" in text_of(send(client, "extend", page_of(row), reason="Again"))
    assert "Refused. Tell the guest why" in text_of(send(client, "refuse", page_of(row), reason="Not he."))
    closed = text_of(client.get(page_of(row)))
    assert "Not he." in closed
    assert "Otherwise" not in closed
    other = privacy_request_make(cast.alpha)
    assert "Withdrawn." in text_of(send(client, "withdraw", page_of(other)))
    other.refresh_from_db()
    assert other.status == "withdrawn"
