"""Takes card data out of what channels send, before any of it is kept: a vault keeps the number, we keep its token.

Source: security reference §4.6; docs/guide/pci.md.
"""

import json
import secrets
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Protocol
from xml.etree.ElementTree import Element, tostring

from django.conf import settings
from django.utils.module_loading import import_string

from hotel.core.card_numbers import card_data_in, redacted
from hotel.core.safe_xml import XmlRefused, xml_read

# Elements and keys that hold a card code by their name, without signs and case.
# Of tokens: without digits and c, so that nothing in one reads like a number or a code of a card.
LETTERS = "abdefghjkmnpqrstuvwxyz"
CODES = frozenset({"cvv", "cvv2", "cvc", "cvc2", "cid", "csc", "seriescode", "securitycode", "cardsecuritycode",
                   "verificationvalue", "cardcode", "track1", "track2", "trackdata", "pin", "pinblock"})  # fmt: skip


class CardVault(Protocol):
    """Where numbers go that the house must never have."""

    def keep(self, number: str) -> str:
        """Take a number of 12 to 19 digits; returns a token that tells nothing of it."""
        ...


class DiscardingVault:
    """For trying the house out: gives a token and keeps nothing."""

    def keep(self, number: str) -> str:
        """See CardVault."""
        return "tok_" + "".join(secrets.choice(LETTERS) for _ in range(24))


@dataclass
class Redacted:
    """A payload that may be kept.

    Attributes:
        body: as sent, with a token in place of each number, and without codes.
        tokens: in the order found.
        codes: how many card codes were taken out.
    """

    body: bytes
    tokens: list[str] = field(default_factory=list)
    codes: int = 0


def card_vault() -> CardVault:
    """The vault that the settings name."""
    return import_string(settings.CARD_VAULT)()


def payload_redacted(raw: bytes, vault: CardVault | None = None) -> Redacted:
    """What may be kept of a payload in XML or JSON; anything else is redacted as plain text.

    Raises:
        XmlRefused: XML that is larger or deeper than what we read at all.
    """
    found, keeper = Redacted(b""), vault or card_vault()
    swap = partial(_swapped, found=found, vault=keeper)
    start = raw.lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    if start == b"<":
        try:
            root = xml_read(raw)
        except XmlRefused:
            if not card_data_in(raw.decode("utf-8", errors="replace")):
                raise
            found.body = redacted(raw.decode("utf-8", errors="replace")).encode()
            return found
        for element in root.iter():
            _element_cleaned(element, swap, found)
        found.body = tostring(root, encoding="utf-8")
        return found
    try:
        value = json.loads(raw)
    except (ValueError, RecursionError):
        found.body = redacted(raw.decode("utf-8", errors="replace")).encode()
        return found
    found.body = json.dumps(_value_cleaned(value, swap, found), ensure_ascii=False).encode()
    return found


def _swapped(text: str, *, found: Redacted, vault: CardVault) -> str:
    """The text with a token for each number and nothing for each code."""
    parts, at = [], 0
    for one in card_data_in(text):
        parts.append(text[at : one.start])
        if one.kind == "number":
            found.tokens.append(vault.keep("".join(filter(str.isdigit, text[one.start : one.end]))))
            parts.append(found.tokens[-1])
        else:
            found.codes += 1
        at = one.end
    return "".join([*parts, text[at:]])


def _is_code(name: Any) -> bool:
    plain = str(name).rpartition("}")[2]
    return "".join(sign for sign in plain.lower() if sign.isalnum()) in CODES


def _element_cleaned(element: Element, swap: Any, found: Redacted) -> None:
    for name, text in list(element.attrib.items()):
        if _is_code(name):
            del element.attrib[name]
            found.codes += 1
        else:
            element.attrib[name] = swap(text)
    if _is_code(element.tag) and element.text:
        element.text, found.codes = "", found.codes + 1
    element.text = swap(element.text) if element.text else element.text
    element.tail = swap(element.tail) if element.tail else element.tail


def _value_cleaned(value: Any, swap: Any, found: Redacted) -> Any:
    if isinstance(value, dict):
        cleaned = {}
        for key, item in value.items():
            if _is_code(key) and item not in (None, ""):
                found.codes += 1
            else:
                cleaned[swap(key)] = _value_cleaned(item, swap, found)
        return cleaned
    if isinstance(value, list):
        return [_value_cleaned(item, swap, found) for item in value]
    if isinstance(value, str):
        return swap(value)
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) > 10**11:
        text = swap(str(value))
        return value if text == str(value) else text
    return value
