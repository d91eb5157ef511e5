"""What an interrupted load of the demo said is not lost; data of an older draft are not touched."""

import pytest
from django.db.migrations.recorder import MigrationRecorder

from config.stack.prepare import DemoVoice, apps_of_older_drafts, logins_keep
from tests.structure import by_owner


def test_the_voice_shows_progress_and_keeps_log_ins(capsys):
    voice = DemoVoice()
    voice.write("  ALPHA: 3 rooms\n")
    voice.write("  log-in  ada   secret   Front desk\n")
    assert capsys.readouterr().out == "  ALPHA: 3 rooms\n"
    assert voice.logins() == ["ada   secret   Front desk"]


def test_log_ins_of_an_earlier_load_are_kept_and_none_comes_twice(tmp_path):
    file = tmp_path / "logins.txt"
    logins_keep(file, ["ada  secret", "API token: abg"])
    logins_keep(file, ["ada  secret", "bo   secret"])
    assert file.read_text() == "ada  secret\nAPI token: abg\nbo   secret\n"
    assert file.stat().st_mode & 0o777 == 0o600


@pytest.mark.django_db
def test_a_database_with_only_some_of_the_replaced_migrations_is_of_an_older_draft():
    assert apps_of_older_drafts() == []
    with by_owner():
        rows = MigrationRecorder.Migration.objects.filter(app="folios")
        rows.filter(name="0001_schema").delete()
        rows.filter(name="0006_allowances").delete()
        assert apps_of_older_drafts() == ["folios"]
        rows.all().delete()
    assert apps_of_older_drafts() == []
