"""The page of figures is there for who knows the token."""

import pytest
from django.test import Client


def get(header=None):
    return Client().get("/metrics", headers={"Authorization": header} if header else {})


def test_without_a_token_in_the_settings_there_is_no_such_page(db, settings):
    settings.METRICS_TOKEN = ""
    assert [get().status_code, get("Bearer ").status_code] == [404, 404]


@pytest.mark.parametrize(
    "header", [None, "Bearer wrong", "Bearer sesame ", "sesame", "Basic sesame", "Bearer sésame"]
)
def test_with_a_wrong_one_nothing_is_told(db, settings, header):
    settings.METRICS_TOKEN = "sesame"
    answer = get(header)
    assert (answer.status_code, answer.content, answer["WWW-Authenticate"]) == (401, b"", "Bearer")


def test_who_knows_it_reads_the_figures_and_writes_nothing(db, settings):
    settings.METRICS_TOKEN = "sesame"
    answer = get("Bearer sesame")
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("text/plain")
    assert b"# HELP auberge_check_state" in answer.content
    assert Client().post("/metrics", headers={"Authorization": "Bearer sesame"}).status_code == 405
