from django.db import connection

from hotel.stays.simulation.scratch import copied_database


def databases():
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_database(), array_agg(datname) FROM pg_database")
        return cursor.fetchone()


def test_work_is_done_in_a_copy_that_goes_away_again(django_db_setup, django_db_blocker, monkeypatch):
    monkeypatch.setitem(connection.settings_dict, "NAME", connection.settings_dict["NAME"])
    with django_db_blocker.unblock():
        with copied_database("template1", "7"):
            here, _ = databases()
        _, left = databases()
        connection.close()

    assert here == "template1_7"
    assert here not in left
