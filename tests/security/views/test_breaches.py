"""The page of the register, and its files."""

import pytest

from hotel.accounts.models import User
from hotel.core.clock import now
from tests.factories.security import security_incident_make

PAGE = "/dashboard/security/breaches"


def text_of(response) -> str:
    return response.content.decode()


@pytest.mark.pdf
def test_an_empty_register_teaches_and_a_breach_is_told_whole(cast, signed_in):
    client = signed_in(User.objects.get(pk=cast.ada.pk))
    assert "No breach is known." in text_of(client.get(PAGE))
    security_incident_make(
        cast.alpha, title="A list was lost", is_breach=True, aware_at=now(), risk="unlikely",
        risk_reason="It was encrypted.", consequences="None.", measures="The key was changed.", people_affected=1,
    )  # fmt: skip
    security_incident_make(cast.alpha, title="A drill", is_drill=True, is_breach=True, aware_at=now())
    page = text_of(client.get(PAGE))
    for words in ("A list was lost", "It was encrypted.", "The key was changed.", "about 1 person", "None."):
        assert words in page, words
    assert "Not told: a risk is unlikely" in page
    assert "A drill" not in page
    assert client.get(f"{PAGE}/pdf").content.startswith(b"%PDF-")
    assert client.get(f"{PAGE}/xlsx").content.startswith(b"PK")
    assert client.get(f"{PAGE}/exe").status_code == 404


def test_who_sees_no_security_sees_no_register(cast, signed_in):
    client = signed_in(cast.bo)
    assert {client.get(path).status_code for path in (PAGE, f"{PAGE}/pdf")} == {403}
