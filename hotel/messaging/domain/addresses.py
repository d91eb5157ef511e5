"""Addresses of the channels: one written form per address, so that a suppression finds it."""

import re

from hotel.core.words import _

_LABEL = r"[^\s@.<>\"(),:;\\\[\]\x00-\x1f\x7f]{1,63}"
_EMAIL = re.compile(rf"[^\s@<>\"(),:;\\\[\]\x00-\x1f\x7f]{{1,64}}@(?:{_LABEL}\.){{1,8}}{_LABEL}")
_PHONE = re.compile(r"\+[1-9][0-9]{6,14}")
_PUSH_TOKEN = re.compile(r"[\x21-\x7e]{8,512}")


def normalised(address: str, channel: str) -> str:
    """The address in the form it is compared in: e-mail in lower case, a number without its separators."""
    address = address.strip()
    if channel == "email":
        return address.lower()
    if channel == "sms":
        return re.sub(r"[ ()./-]", "", address)
    return address


def address_problem(address: str, channel: str) -> str:
    """What is wrong with a normalised address; empty when nothing is."""
    if channel == "email" and (len(address) > 254 or not _EMAIL.fullmatch(address)):
        return _("Give an e-mail address such as gus@example.com.")
    if channel == "sms" and not _PHONE.fullmatch(address):
        return _("Give a telephone number with country code, such as +4315550100.")
    if channel == "push" and not _PUSH_TOKEN.fullmatch(address):
        return _("Give the device token of the app.")
    return ""
