"""The commands of guests, their rights, and what is shown to whom."""

from dataclasses import replace

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from hotel.guests.models import Guest, GuestConsent, GuestMatch, GuestMerge
from hotel.guests.services.consents import consent_record
from hotel.guests.services.documents import DocumentData, document_record
from hotel.guests.services.guests import guest_link
from hotel.guests.services.merges import guest_merge
from hotel.guests.services.restrictions import guest_restrict
from hotel.properties.models import PropertyUserObjectPermission
from tests.contracts.base import assert_problem, ids_of
from tests.contracts.permissions import Case, assert_case
from tests.factories.guests import company_make, guest_make

URL = "/api/v1/guests"
ANNA = {"last_name": "Müller", "first_name": "Anna", "email": "anna@example.com"}

TABLE = [
    Case("get", URL + "/{guest}", "view_guests_area", 200, outsider=(404,)),
    Case("get", URL + "/{guest}/matches", "view_guests_area", 200, outsider=(404,)),
    Case("get", URL + "/{guest}/consents", "view_guests_area", 200, outsider=(404,)),
    Case("patch", URL + "/{guest}", "manage_guests_area", 200, {"city": "Graz"}, (404,)),
    Case("post", URL + "/{guest}/restrict", "manage_guests_area", 200, {"reason": "Theft"}, (404,)),
    Case("post", URL + "/{bad}/unrestrict", "manage_guests_area", 200, outsider=(404,)),
    Case("post", URL + "/{guest}/link", "manage_guests_area", 200, {"property": 0}, (404,)),
    Case("post", URL + "/{guest}/merge", "merge_guests_area", 200, {"merged": 0, "reason": "Same"}, (404,)),
    Case("post", URL + "/{dead}/unmerge", "merge_guests_area", 200, outsider=(404,)),
    Case("post", URL + "/matches/{match}/dismiss", "merge_guests_area", 200, outsider=(404,)),
    Case("post", URL + "/consents/{consent}/withdraw", "manage_guests_area", 201, {"source": "link"}, (404,)),
]


@pytest.mark.parametrize("case", TABLE, ids=str)
def test_permission_tables_are_driven_both_ways(case, stage):
    guest, dead, bad, other = (guest_make(stage.alpha) for _ in range(4))
    guest_merge(kept=guest_make(stage.alpha), merged=dead, by=None, reason="Same")
    guest_restrict(guest=bad, reason="Theft", by=None)
    consent = consent_record(guest=guest, channel="email", purpose="marketing", source="website")
    guest_make(stage.alpha, **ANNA)
    guest_make(stage.alpha, **ANNA)
    given = {"merged": other.pk, "property": stage.alpha.pk}
    if case.body:
        case = replace(case, body={name: given.get(name, value) for name, value in case.body.items()})
    assert_case(
        case,
        stage,
        guest=guest.pk,
        dead=dead.pk,
        bad=bad.pk,
        match=GuestMatch.objects.get().pk,
        consent=consent.pk,
    )


def test_a_created_guest_comes_with_possible_duplicates(cast, api):
    known, hidden = guest_make(cast.alpha, **ANNA), guest_make(cast.beta, **ANNA)
    answer = api(cast.bo).post(URL, {"property": cast.alpha.pk, **ANNA})
    assert answer.status_code == 201, answer.content
    assert answer["ETag"] == '"v1"'
    (duplicate,) = answer.json()["possible_duplicates"]
    assert (duplicate["guest"], duplicate["name"], duplicate["score"]) == (known.pk, "Anna Müller", "0.750")
    assert duplicate["is_likely"] is False
    assert [reason["trait"] for reason in duplicate["reasons"]] == ["email", "name"]
    assert GuestMatch.objects.filter(second_id=answer.json()["id"], first=hidden).exists()  # the chain knows


def test_a_match_is_shown_to_those_who_see_both(cast, api):
    guest_make(cast.alpha, **ANNA)
    guest_make(cast.beta, **ANNA)
    url = f"{URL}/matches"
    assert len(ids_of(api(cast.ada).get(url))) == 1
    assert ids_of(api(cast.rae).get(url)) == []
    assert ids_of(api(cast.eve).get(url)) == []


def test_figures_of_other_properties_are_not_shown(cast, api):
    guest = guest_link(guest=guest_make(cast.alpha), place=cast.beta)

    def places(user):
        return [row["property"] for row in api(user).get(f"{URL}/{guest.pk}").json()["lifetime"]]

    assert places(cast.ada) == [cast.alpha.pk, cast.beta.pk]
    assert places(cast.bo) == [cast.alpha.pk]
    assert places(cast.eve) == [cast.beta.pk]
    assert ids_of(api(cast.bo).get(URL, {"property": cast.alpha.pk})) == [guest.pk]
    assert ids_of(api(cast.bo).get(URL, {"property": cast.beta.pk})) == []  # not even that he is known there
    assert ids_of(api(cast.bo).get(URL, {"property": cast.beta.pk, "search": "guest"})) == []


def test_figures_cannot_be_typed(cast, api):
    guest = guest_make(cast.alpha)
    body = {
        "lifetime": [{"stays": 99}],
        "is_do_not_rent": True,
        "merged_into": 1,
        "version": 9,
        "email_kind": "relay",
    }
    answer = api(cast.bo).patch(f"{URL}/{guest.pk}", body)
    assert answer.status_code == 200
    guest.refresh_from_db()
    assert (guest.is_do_not_rent, guest.merged_into, guest.version, guest.email_kind) == (False, None, 1, "")
    assert guest.profiles.get().stays == 0


def test_a_guest_is_searched_best_first_and_by_pages(cast, api):
    names = [("Muller", "Zoe"), ("Müller", "Anna"), ("Miller", "Bob"), ("Gruber", "Hans")]
    made = {
        last + first: guest_make(cast.alpha, last_name=last, first_name=first).pk for last, first in names
    }
    guest_make(cast.beta, last_name="Müller")
    client = api(cast.bo)
    found = ids_of(client.get(URL, {"search": "muller anna"}))
    assert found[0] == made["MüllerAnna"]
    found = ids_of(client.get(URL, {"search": "muller"}))
    assert set(found[:2]) == {made["MullerZoe"], made["MüllerAnna"]}
    assert made["GruberHans"] not in found
    page = client.get(URL, {"search": "muller", "page_size": 1})
    rest = client.get(page.json()["next"])
    assert ids_of(page) + ids_of(rest) == found[:2]
    by_name = client.get(URL, {"search": "muller", "ordering": "-created_at"})
    assert sorted(ids_of(by_name)) == sorted(found)


def test_contact_data_is_looked_up_exactly(cast, api):
    guest = guest_make(cast.alpha, email="anna@example.com", phone="+4315550100")
    guest_make(cast.alpha, email="anna@example.org")
    client = api(cast.bo)
    assert ids_of(client.get(URL, {"email": " Anna@Example.com"})) == [guest.pk]
    assert ids_of(client.get(URL, {"phone": "+43 1 5550-100"})) == [guest.pk]
    assert ids_of(client.get(URL, {"phone": "01 5550100"})) == []


def test_a_national_number_is_read_in_the_country_of_the_desk(cast, api):
    guest = guest_link(guest=guest_make(cast.alpha), place=cast.beta)
    assert (
        api(cast.eve).patch(f"{URL}/{guest.pk}", {"phone": "03-5555-0100"}).json()["phone"] == "+81355550100"
    )
    assert_problem(api(cast.eve).patch(f"{URL}/{guest.pk}", {"phone": "nonsense"}), 400, "phone_invalid")
    assert_problem(api(cast.eve).patch(f"{URL}/{guest.pk}", {"birth_date": "2999-01-01"}), 400, "invalid")


def test_a_merge_and_its_undoing(cast, api):
    kept, merged = guest_make(cast.alpha, **ANNA), guest_make(cast.alpha, last_name="Berg", city="Graz")
    client = api(cast.rae)
    done = client.post(f"{URL}/{kept.pk}/merge", {"merged": merged.pk, "reason": "Married"})
    assert done.status_code == 200, done.content
    assert (done.json()["kept"], done.json()["merged"], done.json()["merged_by"]) == (
        kept.pk,
        merged.pk,
        cast.rae.pk,
    )
    assert "snapshot" not in done.json()
    assert ids_of(client.get(URL)) == [kept.pk]
    assert client.get(f"{URL}/{merged.pk}").json()["merged_into"] == kept.pk
    assert client.get(f"{URL}/{kept.pk}").json()["city"] == "Graz"
    refused = client.patch(f"{URL}/{merged.pk}", {"city": "Linz"})
    assert_problem(refused, 409, "guest_merged")
    assert refused.json()["extra"]["merged_into"] == kept.pk
    assert ids_of(client.get(f"{URL}/merges", {"is_undone": "false"})) == [done.json()["id"]]
    undone = client.post(f"{URL}/{merged.pk}/unmerge")
    assert undone.status_code == 200, undone.content
    assert undone.json()["unmerged_by"] == cast.rae.pk
    assert sorted(ids_of(client.get(URL))) == [kept.pk, merged.pk]
    assert client.get(f"{URL}/{kept.pk}").json()["city"] == ""
    assert_problem(client.post(f"{URL}/{merged.pk}/unmerge"), 409, "not_merged")


def test_a_guest_one_does_not_see_cannot_be_merged(cast, api):
    mine, theirs = guest_make(cast.alpha), guest_make(cast.beta)
    answer = api(cast.rae).post(f"{URL}/{mine.pk}/merge", {"merged": theirs.pk, "reason": "Guess"})
    assert_problem(answer, 400, "invalid")
    assert api(cast.ada).get(f"{URL}/{theirs.pk}").status_code == 200  # there was something to see
    assert not GuestMerge.objects.exists()


def test_a_restriction_is_visible(cast, api):
    guest = guest_make(cast.alpha)
    client = api(cast.bo)
    shown = client.post(f"{URL}/{guest.pk}/restrict", {"reason": "Theft"})
    assert (shown.json()["is_do_not_rent"], shown.json()["do_not_rent_reason"]) == (True, "Theft")
    assert shown["ETag"] == '"v2"'
    assert ids_of(client.get(URL, {"is_do_not_rent": "true"})) == [guest.pk]
    assert_problem(client.post(f"{URL}/{guest.pk}/restrict", {"reason": "Theft"}), 409, "restricted_already")
    assert_problem(client.post(f"{URL}/{guest.pk}/restrict", {"reason": ""}), 400, "invalid")
    assert client.post(f"{URL}/{guest.pk}/unrestrict").json()["is_do_not_rent"] is False


def test_a_document_number_is_masked(cast, api):
    guest = guest_make(cast.alpha)
    body = {"guest": guest.pk, "kind": "passport", "number": "P1234567", "issuing_country": "AT"}
    made = api(cast.bo).post(f"{URL}/documents", body)
    assert made.status_code == 201, made.content
    assert "1234567" not in made.content.decode()
    url = f"{URL}/documents/{made.json()['id']}"
    assert api(cast.bo).get(url).json()["number"] == "P1234567"
    assert api(cast.cy).get(url).json()["number"] is None
    assert api(cast.cy).get(url).json()["masked_number"] == "•••••567"
    (row,) = api(cast.bo).get(f"{URL}/documents").json()["results"]
    assert "number" not in row
    assert_problem(api(cast.bo).post(f"{URL}/documents", body), 409, "document_known")


def test_a_document_is_found_by_its_whole_number_only(cast, api):
    guest, other = guest_make(cast.alpha), guest_make(cast.beta)
    data = DocumentData(kind="passport", number="P1234567", issuing_country="AT")
    mine, theirs = document_record(guest=guest, data=data), document_record(guest=other, data=data)
    assert theirs.pk != mine.pk
    for typed in ("P1234567", "p 123-4567"):
        assert ids_of(api(cast.bo).get(URL, {"document": typed})) == [guest.pk]
        assert ids_of(api(cast.bo).get(f"{URL}/documents", {"number": typed})) == [mine.pk]
    for part in ("P123456", "1234567", "-"):
        assert ids_of(api(cast.bo).get(URL, {"document": part})) == []
        assert ids_of(api(cast.bo).get(f"{URL}/documents", {"number": part})) == []


def test_who_manages_elsewhere_does_not_see_the_number(stage):
    guest = guest_make(stage.alpha)
    row = document_record(
        guest=guest, data=DocumentData(kind="passport", number="P1234567", issuing_country="AT")
    )
    user = stage.person({"view_guests_area"}, stage.alpha)
    right = Permission.objects.get(codename="manage_guests_area")
    PropertyUserObjectPermission.objects.create(user=user, permission=right, content_object=stage.beta)
    url = f"{URL}/documents/{row.pk}"
    assert stage.client(user).get(url).json()["number"] is None
    assert stage.client_of({"view_guests_area", "manage_guests_area"}).get(url).json()["number"] == "P1234567"


def test_consents_are_added_and_withdrawn(cast, api):
    guest, client = guest_make(cast.alpha), api(cast.bo)
    body = {
        "guest": guest.pk,
        "channel": "email",
        "purpose": "marketing",
        "decision": "given",
        "source": "website",
    }
    made = client.post(f"{URL}/consents", body)
    assert made.status_code == 201, made.content
    url = f"{URL}/consents/{made.json()['id']}"
    for method in (client.patch, client.put, client.delete):
        assert_problem(method(url), 405, "method_not_allowed")
    assert client.post(f"{url}/withdraw", {"source": "telephone"}).status_code == 201
    assert_problem(client.post(f"{url}/withdraw", {"source": "telephone"}), 409, "consent_withdrawn")
    (state,) = client.get(f"{URL}/{guest.pk}/consents").json()
    assert (state["decision"], state["source"], state["recorded_by"]) == (
        "withdrawn",
        "telephone",
        cast.bo.pk,
    )
    assert (
        client.post(f"{URL}/consents", {**body, "channel": "sms", "decision": "withdrawn"}).status_code == 201
    )
    assert_problem(client.post(f"{URL}/consents", {**body, "source": "merge"}), 400, "invalid")
    assert_problem(client.post(f"{URL}/consents", {**body, "at": "2999-01-01T00:00:00Z"}), 400, "invalid")
    assert GuestConsent.objects.count() == 3


def test_companies_are_searched(cast, api):
    company = company_make(cast.alpha, name="Ärzte ohne Eile", code="AOE")
    company_make(cast.alpha, name="Acme")
    client = api(cast.bo)
    assert ids_of(client.get("/api/v1/companies", {"search": "arzte"})) == [company.pk]
    assert ids_of(client.get("/api/v1/companies", {"search": "aoe"})) == [company.pk]
    assert_problem(
        client.post("/api/v1/companies", {"property": cast.alpha.pk, "name": "X", "code": "AOE"}), 409
    )


@pytest.mark.parametrize(
    "model",
    [
        "guest",
        "company",
        "guestdocument",
        "guestconsent",
        "guestmatch",
        "guestmerge",
        "guestrelationship",
        "profileatproperty",
    ],
)
def test_the_admin_shows_what_one_may_see(cast, client, model):
    mine, theirs = guest_make(cast.alpha, **ANNA), guest_make(cast.beta, last_name="Zzyzx")
    guest_make(cast.alpha, **ANNA)
    client.force_login(cast.rae)
    answer = client.get(reverse(f"admin:guests_{model}_changelist"))
    assert answer.status_code == 200
    assert theirs.last_name not in answer.content.decode()
    if model == "guest":
        assert client.get(reverse("admin:guests_guest_change", args=[mine.pk])).status_code == 200
        assert client.get(reverse("admin:guests_guest_change", args=[theirs.pk])).status_code == 302


def test_admin_actions_call_the_services(cast, client):
    first, second = guest_make(cast.alpha, **ANNA), guest_make(cast.alpha, **ANNA)
    match = GuestMatch.objects.get()
    client.force_login(cast.rae)

    def act(model, name, *rows):
        url = reverse(f"admin:guests_{model}_changelist")
        return client.post(url, {"action": name, "_selected_action": [row.pk for row in rows]}, follow=True)

    act("guestmatch", "merge_them", match)
    assert Guest.objects.get(pk=second.pk).merged_into == first
    act("guest", "undo_merge", first, second)
    assert Guest.objects.current().count() == 2
    guest_restrict(guest=first, reason="Theft", by=cast.rae)
    act("guest", "welcome_again", first)
    assert not Guest.objects.get(pk=first.pk).is_do_not_rent
    assert "was decided already" in act("guestmatch", "two_people", match).content.decode()
