"""The pages of compliance: empty they teach, a report is asked for once, read, narrowed and downloaded."""

import uuid
from datetime import timedelta

import pytest

from hotel.accounts.models import User
from hotel.accounts.services.roles import role_assign
from hotel.core.clock import now
from security.domain.compliance import Look
from security.models import ComplianceEvidence, ComplianceReport
from security.services import compliance
from security.services.compliance import report_ask, reports_work
from tests.factories.accounts import role_make, user_make

PAGE = "/dashboard/security/compliance"


@pytest.fixture(autouse=True)
def quick(monkeypatch, settings, tmp_path):
    settings.COMPLIANCE_TEST_RESULTS = str(tmp_path / "none.json")
    monkeypatch.setattr(compliance, "check_run", lambda code: Look("checked", "Seen <b>so</b>."))


def text_of(response) -> str:
    return response.content.decode()


def keeper(cast, *rights, places=None):
    user = user_make(cast.alpha, username=f"keeper{User.objects.count()}")
    role = role_make(cast.chain, *rights, code=f"keeper{User.objects.count()}")
    for place in places or [cast.alpha, cast.beta]:
        role_assign(user=user, role=role, place=place)
    return User.objects.get(pk=user.pk)


def made(framework="gdpr"):
    report = report_ask(framework=framework, by=None)
    reports_work()
    report.refresh_from_db()
    return report


def test_an_empty_page_teaches_and_a_report_is_asked_for_once(cast, signed_in):
    client = signed_in(keeper(cast, "security.view", "security.manage"))
    assert "Make a first report" in text_of(client.get(PAGE))
    values = {"do": "report", "report-framework": "gdpr", "report-key": uuid.uuid4()}
    assert "A worker makes it within a minute" in text_of(client.post(PAGE, values, follow=True))
    page = text_of(client.post(PAGE, values, follow=True))
    assert "the second time did nothing" in page
    assert '<progress max="100" value="0"' in page
    assert ComplianceReport.objects.count() == 1


@pytest.mark.pdf
def test_a_report_is_read_narrowed_and_downloaded(cast, signed_in, django_assert_max_num_queries):
    client, report = signed_in(keeper(cast, "security.view")), made()
    page = text_of(client.get(PAGE))
    assert f'href="{PAGE}/{report.pk}?outcome=failed"' in page
    assert "Make a report" not in page
    with django_assert_max_num_queries(30):
        whole = text_of(client.get(f"{PAGE}/{report.pk}"))
    assert "Seen &lt;b&gt;so&lt;/b&gt;." in whole
    assert whole.count('<th scope="row" class="nw">') == 54
    some = text_of(client.get(f"{PAGE}/{report.pk}", {"outcome": "not_applicable"}))
    assert some.count('<th scope="row" class="nw">') == 1
    assert "No requirement fits" in text_of(client.get(f"{PAGE}/{report.pk}", {"q": "zebra"}))
    assert client.get(f"{PAGE}/{report.pk}", {"outcome": "zebra"}).status_code == 200
    assert client.get(f"{PAGE}/{report.pk}/pdf").content.startswith(b"%PDF-")
    assert client.get(f"{PAGE}/{report.pk}/xlsx").content.startswith(b"PK")
    assert client.get(f"{PAGE}/{report.pk}/exe").status_code == 404
    for shown in (page, whole):
        assert "compliant" not in shown.lower()


def test_evidence_is_given_on_the_page_of_a_report(cast, signed_in):
    client, report = signed_in(keeper(cast, "security.view", "security.manage")), made()
    today = now().date()
    values = {
        "do": "evidence",
        "evidence-requirement": "13",
        "evidence-title": "Notice",
        "evidence-kept_at": "Folder",
    }
    values |= {"evidence-valid_from": today, "evidence-valid_until": today - timedelta(days=1)}
    page = f"{PAGE}/{report.pk}"
    refused = text_of(client.post(page, values | {"evidence-key": uuid.uuid4()}))
    assert "three years at most" in refused
    assert not ComplianceEvidence.objects.exists()
    values["evidence-valid_until"] = today
    assert "it counts in the next report" in text_of(
        client.post(page, values | {"evidence-key": uuid.uuid4()}, follow=True)
    )
    assert ComplianceEvidence.objects.get().requirement == "13"


def test_who_sees_a_part_of_the_hotels_sees_no_report(cast, signed_in):
    report = made()
    partly = signed_in(keeper(cast, "security.view", "security.manage", places=[cast.alpha]))
    assert "shown to who may see security at every one of them" in text_of(partly.get(PAGE))
    for path in (f"{PAGE}/{report.pk}", f"{PAGE}/{report.pk}/pdf"):
        assert partly.get(path).status_code == 404
    assert partly.post(PAGE, {"do": "report", "report-framework": "asvs"}).status_code == 403
    assert ComplianceReport.objects.count() == 1
