"""Card data in what channels send."""

import json

import pytest

from hotel.core.card_numbers import holds_card_data
from hotel.core.card_vault import DiscardingVault, payload_redacted
from hotel.core.safe_xml import XmlRefused
from tests.hostile.cards import TEST_CARDS, fuzzed

OTA = """<?xml version="1.0"?><OTA_HotelResNotifRQ xmlns="http://www.opentravel.org/OTA/2003/05"><GuestCount Count="2"/>
<PaymentCard CardNumber="{n}" SeriesCode="123" ExpireDate="1227" CardCode="VI"><CardHolderName>Gus</CardHolderName>
<CVV>999</CVV></PaymentCard><Comment>Late, please charge {n} cvv 123</Comment></OTA_HotelResNotifRQ>"""


class Remembering:
    def __init__(self):
        self.kept = []

    def keep(self, number):
        self.kept.append(number)
        return f"tok_{len(self.kept)}"


@pytest.mark.parametrize("number", TEST_CARDS)
def test_numbers_in_xml_become_tokens_and_codes_vanish(number):
    vault = Remembering()
    found = payload_redacted(OTA.format(n=number).encode(), vault)
    text = found.body.decode()
    assert vault.kept == [number, number]
    assert (found.tokens, found.codes) == (["tok_1", "tok_2"], 4)
    assert number not in text
    assert not any(part in text for part in ("123", "999"))
    assert 'CardNumber="tok_1"' in text
    assert "Gus" in text
    assert 'ExpireDate="1227"' in text


def test_numbers_in_json_become_tokens_and_codes_vanish():
    sent = {
        "card": {"number": "4111-1111-1111-1111", "cvv": "123", "exp": "12/27"},
        "raw": 5555555555554444,
        "rooms": [1, 2],
    }
    vault = Remembering()
    found = payload_redacted(json.dumps(sent).encode(), vault)
    assert json.loads(found.body) == {
        "card": {"number": "tok_1", "exp": "12/27"},
        "raw": "tok_2",
        "rooms": [1, 2],
    }
    assert vault.kept == ["4111111111111111", "5555555555554444"]
    assert found.codes == 1


def test_what_is_neither_is_redacted_as_text():
    assert (
        payload_redacted(b"NUMBER=4111111111111111&cvv=123").body
        == b"NUMBER=[card data removed]&cvv=[card data removed]"
    )
    assert b"4111" not in payload_redacted(b"<a>4111 1111 1111 1111</b>").body
    with pytest.raises(XmlRefused):
        payload_redacted(b"<a>" * 100)


def test_nothing_of_a_thousand_payloads_is_left():
    for text in fuzzed(1_000):
        for body in (
            json.dumps({"a": [text]}),
            f"<a b='x'><c>{text.replace('<', '').replace('&', '')}</c></a>",
            text,
        ):
            kept = payload_redacted(body.encode()).body.decode()
            assert not holds_card_data(kept), (body, kept)


def test_the_vault_for_trials_keeps_nothing():
    vault = DiscardingVault()
    tokens = {vault.keep("4111111111111111") for _ in range(100)}
    assert len(tokens) == 100
    assert all(token.startswith("tok_") and not holds_card_data(token) for token in tokens)
    assert vars(vault) == {}
