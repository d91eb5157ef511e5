"""The register of breaches over the API."""

import pytest

from hotel.core.clock import now
from security.models import SecurityIncident
from tests.contracts.base import assert_problem
from tests.contracts.crud import ReadContract
from tests.contracts.queries import QueryContract
from tests.factories.security import security_incident_make

ROOT = "/api/v1/security/incident-response/breaches"
VIEW = {"view_security_area"}


def breach_make(place, **over):
    values = {"is_breach": True, "aware_at": now(), "summary": "A list was lost.", **over}
    return security_incident_make(place, **values)


class TestBreaches(ReadContract, QueryContract):
    model, url, area = SecurityIncident, ROOT, "security"
    factory = breach_make


def test_each_tells_facts_effects_remedy_and_decisions(stage):
    row = breach_make(stage.alpha, risk="unlikely", risk_reason="It was encrypted.", consequences="None.")
    told = stage.client_of(VIEW).get(f"{ROOT}/{row.pk}").json()
    assert (told["facts"], told["effects"], told["remedy"], told["done_at_once"]) == (
        "A list was lost.", "None.", "", [],
    )  # fmt: skip
    assert (told["authority_decision"], told["risk_reason"], told["people_decision"]) == (
        "not_needed", "It was encrypted.", "not_needed",
    )  # fmt: skip


@pytest.mark.pdf
def test_it_is_downloaded_by_who_sees_security(stage):
    breach_make(stage.alpha)
    for kind, begins in (("pdf", b"%PDF-"), ("xlsx", b"PK")):
        assert_problem(stage.client().get(f"{ROOT}/{kind}"), 401, "not_authenticated")
        assert_problem(
            stage.client_of({"respond_security_area"}).get(f"{ROOT}/{kind}"), 403, "permission_denied"
        )
        file = stage.client_of(VIEW).get(f"{ROOT}/{kind}")
        assert (file.status_code, file.content.startswith(begins)) == (200, True)
        assert (
            file["Content-Disposition"] == f'attachment; filename="breach-register-{now():%Y-%m-%d}.{kind}"'
        )
