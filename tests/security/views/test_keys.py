"""The page of keys: state, progress, what is encrypted; a change is begun once."""

import uuid

from django.test import Client

from hotel.accounts.models import User
from hotel.accounts.services.roles import role_assign
from security.models import KeyRotation
from security.services.key_register import keys_register
from tests.factories.accounts import role_make, user_make
from tests.factories.guests import guest_make
from tests.factories.security_keys import key_rotation_make
from tests.security.keys import NEW, OLD, forget_what_is_cached, install

PAGE = "/dashboard/security/keys"


def text_of(response) -> str:
    return response.content.decode()


def keeper(cast, *rights, places):
    user = user_make(cast.alpha, username=f"keeper{User.objects.count()}")
    role = role_make(cast.chain, *rights, code=f"keeper{User.objects.count()}")
    for place in places:
        role_assign(user=user, role=role, place=place)
    return User.objects.get(pk=user.pk)


def whole(cast, *rights):
    return keeper(cast, *(rights or ("security.view", "security.manage")), places=[cast.alpha, cast.beta])


def test_the_page_shows_state_progress_and_columns(cast, signed_in, django_assert_max_num_queries):
    guest_make(cast.alpha, email="gus@example.com")
    keys_register()
    key_rotation_make(cast.alpha, status="running", ended_at=None, total=8, done=2, target="t1")
    client = signed_in(whole(cast))
    with django_assert_max_num_queries(30):
        page = text_of(client.get(PAGE))
    assert '<th scope="row">t1</th><td><span class="tag ok">Wraps</span>' in page
    assert '<progress max="100" value="25"' in page
    assert "<td>email_fingerprint</td>" in page
    assert "In clear" not in page
    counted = text_of(client.get(PAGE, {"count": 1}))
    assert "In clear" in counted
    assert 'class="tag bad"' not in counted


def test_an_empty_page_says_what_to_do(cast, signed_in):
    page = text_of(signed_in(whole(cast)).get(PAGE))
    assert "if this stays empty, no worker runs" in page
    assert "Put a new key before the old ones in FIELD_KEYS" in page


def test_who_sees_a_part_of_the_hotels_is_told_why_nothing_is_shown(cast, signed_in):
    keys_register()
    partly = signed_in(keeper(cast, "security.view", "security.manage", places=[cast.alpha]))
    page = text_of(partly.get(PAGE))
    assert "shown to who may see security at every one of them" in page
    assert "t1</th>" not in page
    assert partly.post(PAGE, {"do": "rotate", "rotate-kind": "index"}).status_code == 403
    assert Client().get(PAGE).status_code == 302
    assert not KeyRotation.objects.exists()


def test_a_change_is_begun_once_and_then_no_longer_offered(cast, signed_in, monkeypatch):
    guest_make(cast.alpha, email="gus@example.com")
    install(monkeypatch, NEW, OLD)
    client, key = signed_in(whole(cast)), uuid.uuid4()
    values = {"do": "rotate", "rotate-kind": "wrapping", "rotate-key": key}
    assert "Begun. A worker does it in batches" in text_of(client.post(PAGE, values, follow=True))
    page = text_of(client.post(PAGE, values, follow=True))
    assert "the second time did nothing" in page
    assert '<option value="wrapping">' not in page
    assert '<option value="index">' in page
    assert KeyRotation.objects.count() == 1
    forget_what_is_cached()


def test_who_may_only_look_is_offered_nothing(cast, signed_in):
    client = signed_in(whole(cast, "security.view"))
    assert "Change keys" not in text_of(client.get(PAGE))
    assert client.post(PAGE, {"do": "rotate", "rotate-kind": "index"}).status_code == 403
