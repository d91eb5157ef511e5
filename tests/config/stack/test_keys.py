import base64

from config.stack.keys import installation_secrets, read_assignments


def test_secrets_are_made_once_and_private(tmp_path):
    made = installation_secrets(tmp_path)
    assert installation_secrets(tmp_path) == made
    assert (tmp_path / "secrets.env").stat().st_mode & 0o777 == 0o600
    key_id, _, key = made["FIELD_KEYS"].partition(":")
    assert key_id == "k1"
    assert len(base64.b64decode(key)) == 32
    assert len(made["SECRET_KEY"]) >= 50
    assert min(len(made[name]) for name in ("SIMULATOR_API_KEY", "SIMULATOR_WEBHOOK_SECRET")) >= 32


def test_two_installations_differ(tmp_path):
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    a, b = installation_secrets(tmp_path / "a"), installation_secrets(tmp_path / "b")
    assert not set(a.values()) & set(b.values())


def test_existing_values_and_unknown_lines_are_kept(tmp_path):
    (tmp_path / "secrets.env").write_text("# mine\nFIELD_KEYS=k2:bbb=,k1:aaa=\nEMAIL_URL=smtp://x\n")
    made = installation_secrets(tmp_path)
    assert made["FIELD_KEYS"] == "k2:bbb=,k1:aaa="
    assert read_assignments(tmp_path / "secrets.env")["EMAIL_URL"] == "smtp://x"


def test_no_file_has_no_assignments(tmp_path):
    assert read_assignments(tmp_path / "absent") == {}
