"""Files of members are sent, checked, begun and reported by who manages the programme."""

import pytest

from hotel.core.exports import xlsx_bytes
from loyalty.models import LoyaltyMember, MemberImport
from loyalty.tasks import member_imports_run
from tests.contracts.base import assert_problem
from tests.contracts.crud import ReadContract
from tests.factories.loyalty import loyalty_program_make, member_import_make
from tests.loyalty.api.test_resources import MANAGE, URL, VIEW, post

CSV = "text/csv"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TABLE = "name;points\nAnna Moser;100\n=cmd;-5\n".encode("utf-8-sig")


class TestImports(ReadContract):
    model, url, area = MemberImport, f"{URL}/imports", "loyalty"

    def make(self, place, n):
        return member_import_make(place, f"name\nGuest {n}\n")


@pytest.fixture
def manager(stage):
    loyalty_program_make(stage.alpha)
    return stage.client_of((VIEW, MANAGE), stage.alpha)


def send(client, place, content, kind=CSV):
    return client.post(
        f"{URL}/imports?property={place.pk}&file_name=old.csv", data=content, content_type=kind
    )


def test_a_file_is_checked_begun_and_reported(stage, manager):
    sent = send(manager, stage.alpha, TABLE)
    made = sent.json()
    assert (sent.status_code, made["status"], made["total"], made["refused"]) == (201, "checking", 2, 1)
    path = f"imports/{made['id']}"
    assert_problem(post(manager, f"{path}/start"), 409, "import_checking")
    assert member_imports_run() == 1
    assert LoyaltyMember.objects.count() == 0
    begun = post(manager, f"{path}/start", key="2")
    assert (begun.status_code, begun.json()["status"], begun.json()["position"]) == (200, "running", 1)
    assert member_imports_run() == 1
    done = manager.get(f"{URL}/{path}").json()
    assert (done["status"], done["position"], done["fresh"], done["matched"]) == ("finished", 3, 1, 0)

    report = manager.get(f"{URL}/{path}/report")

    assert (report.status_code, report["Content-Type"]) == (200, "text/csv; charset=utf-8")
    assert report.content.decode("utf-8-sig").splitlines() == [
        "line,outcome,member,column,reason",
        f"2,new,{LoyaltyMember.objects.get().number},,",
        '3,refused,,points,"\'-5 is no whole number from 0 to 100,000,000."',
    ]


def test_a_workbook_is_taken_too(stage, manager):
    sent = send(manager, stage.alpha, xlsx_bytes([["name"], ["Anna Moser"]]), XLSX)
    assert (sent.status_code, sent.json()["total"]) == (201, 1)


def test_only_who_manages_there_sends_files(stage, manager):
    viewer = stage.client_of((VIEW,), stage.alpha)
    assert_problem(send(viewer, stage.alpha, TABLE), 403, "permission_denied")
    assert_problem(send(manager, stage.beta, TABLE), 400, "invalid")
    assert_problem(send(manager, stage.alpha, b""), 400, "mapping_unfit")
    assert_problem(send(manager, stage.alpha, b"{}", "application/json"), 415, "unsupported_media_type")
    run = member_import_make(stage.alpha)
    assert viewer.get(f"{URL}/imports/{run.pk}").status_code == 200
    assert_problem(viewer.get(f"{URL}/imports/{run.pk}/report"), 403, "permission_denied")
    assert MemberImport.objects.count() == 1
