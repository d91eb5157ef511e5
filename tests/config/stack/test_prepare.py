"""What an interrupted load of the demo said is not lost."""

from config.stack.prepare import DemoVoice, logins_keep


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
