"""Keys over the API: figures and changes for who holds the right everywhere, and never a key."""

import base64

from django.conf import settings

from hotel.core.crypto import key_ring
from hotel.core.models import DataKey
from security.models import KeyRotation
from security.services.key_register import keys_register
from tests.contracts.base import assert_problem, ids_of
from tests.contracts.crud import HOSTILE, HOSTILE_QUERIES
from tests.factories.guests import guest_make
from tests.factories.security_keys import data_encryption_make, key_rotation_make
from tests.security.keys import NEW, OLD, forget_what_is_cached, install

KEYS = "/api/v1/security/data-encryption"
ROTATIONS = f"{KEYS}/rotations"
LOOKS = (f"{KEYS}/inventory", f"{KEYS}/coverage", f"{KEYS}/figures")
VIEW, MANAGE = {"view_security_area"}, {"view_security_area", "manage_security_area"}


def everywhere(stage, rights=VIEW):
    return stage.client_of(rights, stage.alpha, stage.beta)


def test_who_holds_the_right_at_a_part_of_the_hotels_sees_no_key(stage):
    key, row = data_encryption_make(stage.alpha), key_rotation_make(stage.alpha)
    partly = stage.client_of(MANAGE, stage.alpha)
    assert (ids_of(partly.get(KEYS)), ids_of(partly.get(ROTATIONS))) == ([], [])
    assert_problem(partly.get(f"{KEYS}/{key.pk}"), 404, "not_found")
    assert_problem(partly.get(f"{ROTATIONS}/{row.pk}"), 404, "not_found")
    for path in LOOKS:
        assert_problem(partly.get(path), 403, "permission_denied")
        assert_problem(stage.client().get(path), 401, "not_authenticated")
        assert_problem(stage.client_of({"view_rooms_area"}).get(path), 403, "permission_denied")
    whole = everywhere(stage)
    assert (ids_of(whole.get(KEYS)), ids_of(whole.get(ROTATIONS))) == ([key.pk], [row.pk])
    assert whole.get(f"{KEYS}/{key.pk}").json()["state"] == "retired"
    assert whole.get(f"{ROTATIONS}/{row.pk}").json()["percent"] == 100


def test_the_figures_say_what_is_encrypted_under_what(stage):
    guest_make(stage.alpha, email="gus@example.com")
    keys_register()
    client, alive = everywhere(stage), DataKey.objects.count()
    assert client.get(f"{KEYS}/figures").json() == {
        "alive": alive, "destroyed": 0, "by_wrapping_key": {"t1": alive}, "left_to_wrap": 0,
    }  # fmt: skip
    lines = {line["column"]: line for line in client.get(f"{KEYS}/coverage").json()}
    assert lines["guests.Guest.email"] == {"column": "guests.Guest.email", "v2": 1, "v1": 0, "clear": 0}
    found = {line["column"]: line for line in client.get(f"{KEYS}/inventory").json()}
    assert found.keys() == lines.keys()
    assert found["guests.GuestDocument.number"]["searched_by"] == "number_fingerprint"


def test_no_answer_holds_a_key(stage):
    guest_make(stage.alpha, email="gus@example.com")
    keys_register()
    client = everywhere(stage)
    text = "".join(client.get(path).content.decode() for path in (KEYS, ROTATIONS, *LOOKS))
    raw = base64.b64decode(settings.FIELD_KEYS[0].partition(":")[2])
    wrapped = [bytes(key.wrapped) for key in DataKey.objects.all()]
    for secret in (raw, key_ring().house.index_key, *wrapped):
        assert secret.hex() not in text
        assert base64.b64encode(secret).decode() not in text
    assert "t1" in text


def test_a_change_is_begun_by_who_manages_security_everywhere(stage, monkeypatch):
    guest_make(stage.alpha, email="gus@example.com")
    install(monkeypatch, NEW, OLD)
    body = {"kind": "wrapping"}
    assert_problem(stage.client_of(MANAGE, stage.alpha).post(ROTATIONS, body), 403, "permission_denied")
    assert_problem(everywhere(stage).post(ROTATIONS, body), 403, "permission_denied")
    assert not KeyRotation.objects.exists()
    answer = everywhere(stage, MANAGE).post(ROTATIONS, body)
    assert answer.status_code == 201, answer.content
    assert (answer.json()["target"], answer.json()["status"]) == ("t2", "running")
    assert_problem(everywhere(stage, MANAGE).post(ROTATIONS, body), 409, "key_rotation_runs")
    forget_what_is_cached()


def test_hostile_input_is_refused_and_begins_nothing(stage):
    client = everywhere(stage, MANAGE)
    for value in HOSTILE:
        assert 400 <= client.post(ROTATIONS, {"kind": value}, format="json").status_code < 500, value
    for query in HOSTILE_QUERIES:
        assert client.get(f"{KEYS}?{query}").status_code < 500
        assert client.get(f"{ROTATIONS}?{query}").status_code < 500
    assert not KeyRotation.objects.exists()


def test_lists_cost_the_same_for_many_rows(stage, django_assert_max_num_queries):
    for number in range(12):
        data_encryption_make(stage.alpha)
        key_rotation_make(stage.alpha, target=f"t{number}")
    client = everywhere(stage)
    for path in (KEYS, ROTATIONS):
        with django_assert_max_num_queries(8):
            assert len(ids_of(client.get(path))) == 12
