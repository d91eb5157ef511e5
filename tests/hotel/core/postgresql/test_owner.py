"""The owner is connected for commands only, and everything is as before afterwards."""

import pytest
from django.db import connection

from hotel.core.postgresql.owner import as_owner, owner


@pytest.fixture(autouse=True)
def apart(db):
    if connection.settings_dict["USER"] == owner().get("USER", connection.settings_dict["USER"]):
        pytest.skip("one role does everything here")


def who() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT session_user")
        return cursor.fetchone()[0]


@pytest.mark.django_db(transaction=True)
def test_the_owner_is_connected_within_the_block_only():
    assert who() == "auberge_tests"
    with as_owner():
        assert who() == "auberge"
        with as_owner():
            assert who() == "auberge"
        assert who() == "auberge"
    assert who() == "auberge_tests"


@pytest.mark.django_db(transaction=True)
def test_an_error_inside_leaves_nobody_the_owner():
    with pytest.raises(ZeroDivisionError), as_owner():
        raise ZeroDivisionError
    assert who() == "auberge_tests"


def test_one_role_may_do_everything(settings, db):
    settings.DATABASE_OWNER = {}
    with as_owner():
        assert who() == "auberge_tests"
    assert owner() == {}
