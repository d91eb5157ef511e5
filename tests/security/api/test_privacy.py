"""Cases of data protection over the API."""

import pytest

from security.models import (
    ImpactAssessment,
    LegalHold,
    PrivacyBundle,
    PrivacyRequest,
    Processor,
    RetentionRule,
    RetentionRun,
)
from tests.contracts.crud import CreateContract, CrudContract, ReadContract
from tests.contracts.permissions import Case, assert_case
from tests.factories.guests import guest_make
from tests.factories.security_privacy import (
    identified_make,
    impact_assessment_make,
    legal_hold_make,
    privacy_bundle_make,
    privacy_request_make,
    processor_make,
    retention_rule_make,
    retention_run_make,
)

URL = "/api/v1/security/compliance"


class TestRequests(ReadContract, CreateContract):
    model, url, area = PrivacyRequest, f"{URL}/privacy-requests", "security"
    factory = privacy_request_make

    def create(self, place):
        return {
            "property": place.pk,
            "guest": guest_make(place).pk,
            "kind": "objection",
            "purpose": "marketing",
        }


class TestBundles(ReadContract):
    model, url, area = PrivacyBundle, f"{URL}/privacy-bundles", "security"
    factory = privacy_bundle_make


class TestHolds(ReadContract, CreateContract):
    model, url, area = LegalHold, f"{URL}/legal-holds", "security"
    factory = legal_hold_make

    def create(self, place):
        return {"property": place.pk, "guest": guest_make(place).pk, "kind": "police", "reason": "File 7"}


class TestRules(CrudContract):
    model, url, area = RetentionRule, f"{URL}/retention-rules", "security"
    update = {"months": 24}

    def make(self, place, n):
        return retention_rule_make(place, n)

    def create(self, place):
        return {
            "property": place.pk, "country": "AT", "document_class": "marketing", "purpose": "news", "months": 24,
            "valid_from": "2027-01-01",
        }  # fmt: skip


class TestRuns(ReadContract):
    model, url, area = RetentionRun, f"{URL}/retention-runs", "security"

    def make(self, place, n):
        return retention_run_make(place, n)


class TestProcessors(CrudContract):
    model, url, area = Processor, f"{URL}/processors", "security"
    update = {"service": "prints letters"}

    def make(self, place, n):
        return processor_make(place, n)

    def create(self, place):
        return {
            "property": place.pk, "name": "Mailer", "service": "mail", "country": "DE", "data_categories": "names",
        }  # fmt: skip


class TestAssessments(CrudContract):
    model, url, area = ImpactAssessment, f"{URL}/impact-assessments", "security"
    update = {"title": "Locks"}

    def make(self, place, n):
        return impact_assessment_make(place, n)

    def create(self, place):
        return {
            "property": place.pk, "code": "locks", "title": "Locks",
            "sections": [{"question": "What?", "answer": ""}],
        }  # fmt: skip


MANAGE, APPROVE = "manage_security_area", "approve_security_area"
TABLE = [
    Case(
        "post",
        URL + "/privacy-requests/{received}/identify",
        MANAGE,
        body={"method": "Passport"},
        outsider=(404,),
    ),
    Case(
        "post",
        URL + "/privacy-requests/{received}/extend",
        MANAGE,
        body={"reason": "Many stays"},
        outsider=(404,),
    ),
    Case(
        "post",
        URL + "/privacy-requests/{received}/refuse",
        MANAGE,
        body={"reason": "Unfounded"},
        outsider=(404,),
    ),
    Case("post", URL + "/privacy-requests/{received}/withdraw", MANAGE, outsider=(404,)),
    Case("post", URL + "/privacy-requests/{identified}/files", MANAGE, status=202, outsider=(404,)),
    Case("post", URL + "/privacy-requests/{restriction}/carry-out", MANAGE, outsider=(404,)),
    Case("post", URL + "/privacy-requests/{erasure}/propose", MANAGE, outsider=(404,)),
    Case("post", URL + "/privacy-requests/{received}/approve", APPROVE, status=409, outsider=(404,)),
    Case("post", URL + "/legal-holds/{hold}/lift", MANAGE, outsider=(404,)),
    Case("post", URL + "/retention-runs/{run}/approve", APPROVE, outsider=(404,)),
]


@pytest.mark.parametrize("case", TABLE, ids=str)
def test_permissions_of_commands(case, stage):
    place = stage.alpha
    assert_case(
        case,
        stage,
        received=privacy_request_make(place).pk,
        identified=identified_make(place).pk,
        restriction=identified_make(place, kind="restriction").pk,
        erasure=identified_make(place, kind="erasure").pk,
        hold=legal_hold_make(place).pk,
        run=retention_run_make(place).pk,
    )


def test_two_people_erase_over_the_api(stage):
    rights = {"view_security_area", MANAGE, APPROVE, "view_guests_area"}
    first, second = stage.client_of(rights), stage.client_of(rights)
    body = {"property": stage.alpha.pk, "guest": guest_make(stage.alpha).pk, "kind": "erasure"}
    url = f"{URL}/privacy-requests/{first.post(f'{URL}/privacy-requests', body).json()['id']}"
    first.post(f"{url}/identify", {"method": "Passport"})
    assert first.post(f"{url}/propose").json()["status"] == "proposed"
    refused = first.post(f"{url}/approve")
    assert (refused.status_code, refused.json()["code"]) == (403, "four_eyes")
    assert second.post(f"{url}/approve").json()["status"] == "approved"


def test_the_guests_words_are_not_shown_in_lists(stage):
    privacy_request_make(stage.alpha, words="Forget me, says Zora")
    answer = stage.client_of({"view_security_area"}).get(f"{URL}/privacy-requests")
    assert len(answer.json()["results"]) == 1
    assert "Zora" not in answer.content.decode()
