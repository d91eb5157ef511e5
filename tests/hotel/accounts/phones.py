"""A telephone with an app that shows codes, and people who have one."""

import time

from allauth.mfa.totp.internal.auth import format_hotp_value, generate_totp_secret, hotp_value

from hotel.accounts.services.second_factors import totp_activate


class Phone:
    """Shows what an app would show now, or some steps from now."""

    def __init__(self, secret: str) -> None:
        self.secret = secret

    def code(self, steps: int = 0) -> str:
        return format_hotp_value(hotp_value(self.secret, int(time.time()) // 30 + steps))


def phone_of(user) -> tuple[Phone, list[str]]:
    """Set up an app for a person, with the code of the step before; the phone and the recovery codes."""
    phone = Phone(generate_totp_secret())
    return phone, totp_activate(user=user, secret=phone.secret, code=phone.code(-1))
