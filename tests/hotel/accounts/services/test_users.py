import pytest
from django.core.exceptions import ValidationError

from hotel.accounts.models import StaffProfile, User
from hotel.accounts.services.users import (
    own_password_change,
    owner_create,
    user_change,
    user_create,
    user_deactivate,
    user_password_set,
)
from hotel.core.exceptions import Conflict, InvalidInput
from tests.factories.accounts import token_make, user_make

PASSWORD = "a-quite-long-phrase"


def test_a_person_is_made_with_a_staff_file_and_no_role(cast):
    user = user_create(
        home=cast.alpha,
        values={"username": "mia", "email": "mia@example.com", "job_title": "Night porter", "phone": "1"},
        password=PASSWORD,
    )
    user = User.objects.get(pk=user.pk)
    assert (user.chain, user.is_staff, user.is_superuser, user.is_machine) == (
        cast.chain,
        False,
        False,
        False,
    )
    assert user.check_password(PASSWORD)
    profile = StaffProfile.objects.get(user=user)
    assert (profile.home_property, profile.job_title, profile.phone) == (cast.alpha, "Night porter", "1")
    assert not user.role_assignments.exists()


def test_without_a_password_nobody_signs_in(cast):
    assert not user_create(home=cast.alpha, values={"username": "mia"}).has_usable_password()


def test_a_machine_has_no_password(cast):
    machine = user_create(home=cast.alpha, values={"username": "kiosk"}, is_machine=True)
    assert machine.is_machine
    assert not machine.has_usable_password()
    for act in (
        lambda: user_create(home=cast.alpha, values={"username": "k2"}, is_machine=True, password=PASSWORD),
        lambda: user_password_set(user=machine, password=PASSWORD),
    ):
        with pytest.raises(InvalidInput) as refused:
            act()
        assert refused.value.code == "machine_password"
    assert not User.objects.filter(username="k2").exists()


@pytest.mark.parametrize(
    ("field", "values", "password"),
    [
        ("username", {"username": "bo"}, PASSWORD),
        ("username", {"username": ""}, PASSWORD),
        ("email", {"username": "mia", "email": "no address"}, PASSWORD),
        ("password", {"username": "mia"}, "short"),
        ("password", {"username": "mia-the-porter"}, "mia-the-porter"),
        ("password", {"username": "mia"}, "password1234"),
    ],
)
def test_malformed_users_and_weak_passwords_are_refused(cast, field, values, password):
    before = User.objects.count()
    with pytest.raises(ValidationError) as refused:
        user_create(home=cast.alpha, values=values, password=password)
    assert field in refused.value.message_dict
    assert User.objects.count() == before


def test_a_change_reaches_user_and_staff_file(cast):
    user = user_make(cast.alpha)
    changed = user_change(
        user=user, changes={"display_name": "Mia", "job_title": "Porter", "home_property": cast.beta}
    )
    assert (changed.display_name, changed.staff_profile.job_title) == ("Mia", "Porter")
    assert changed.staff_profile.home_property == cast.beta


def test_a_user_without_a_staff_file_gets_one_with_his_home(cast):
    changed = user_change(user=cast.ida, changes={"home_property": cast.alpha})
    assert changed.staff_profile.home_property == cast.alpha
    with pytest.raises(ValidationError):
        user_change(user=cast.bo, changes={"job_title": "Porter"})


def test_deactivating_ends_sessions_and_tokens_for_good(cast, client):
    token = token_make(cast.alpha, user=cast.bo)
    revoked = token_make(
        cast.alpha, user=cast.bo, prefix="p2", digest="1" * 64, revoked_at="2027-01-01T00:00Z"
    )
    client.force_login(cast.bo)
    assert client.get("/api/v1/me").status_code == 200

    user_deactivate(user=cast.bo)

    assert client.get("/api/v1/me").status_code == 401
    token.refresh_from_db()
    revoked.refresh_from_db()
    assert token.revoked_at is not None
    assert revoked.revoked_at.isoformat() == "2027-01-01T00:00:00+00:00"
    assert user_deactivate(user=cast.bo).is_active is False


def test_ones_own_password_takes_the_old_one(cast):
    user = user_make(cast.alpha, password=PASSWORD)
    with pytest.raises(InvalidInput) as refused:
        own_password_change(user=user, old="wrong", new="another-long-phrase")
    assert refused.value.code == "password_wrong"
    assert own_password_change(user=user, old=PASSWORD, new="another-long-phrase").check_password(
        "another-long-phrase"
    )


def test_there_is_one_first_owner(db):
    owner = owner_create(username="owner", email="o@example.com", password=PASSWORD)
    assert (owner.is_superuser, owner.is_staff) == (True, True)
    with pytest.raises(Conflict) as refused:
        owner_create(username="second", email="", password=PASSWORD)
    assert refused.value.code == "owner_exists"
    assert User.objects.count() == 1
