"""What is encrypted, and that all of it is."""

from security.selectors.keys import coverage, data_key_figures, inventory, wrapping_keys
from tests.factories.guests import guest_make


def test_the_inventory_names_every_encrypted_column():
    lines = {line.column: (line.searched_by, line.tier) for line in inventory()}
    assert lines["guests.Guest.email"] == ("email_fingerprint", "T2")
    assert lines["guests.Guest.birth_date"] == ("birth_date_fingerprint", "T3")
    assert lines["folios.GatewayAccount.api_key"] == ("", "secret")
    assert len(lines) >= 22


def test_all_rows_are_ciphertext(cast):
    guest_make(cast.alpha, email="gus@example.com")
    lines = {line["column"]: line for line in coverage()}
    assert lines["guests.Guest.email"] == {"column": "guests.Guest.email", "v2": 1, "v1": 0, "clear": 0}
    assert {line["clear"] for line in lines.values()} == {0}


def test_keys_are_shown_by_their_names_and_numbers(cast):
    guest_make(cast.alpha, email="gus@example.com")
    assert wrapping_keys() == {"t1": data_key_figures()["alive"]}
