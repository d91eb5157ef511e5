"""Django's way to the mail server, behind a circuit: a server that does not answer is left in peace for a while."""

import smtplib
from typing import Any

from django.core.mail.backends import smtp

from hotel.core.breakers import NotAsked, breakers


class EmailBackend(smtp.EmailBackend):
    """See the module."""

    def open(self) -> Any:
        """As Django's.

        Raises:
            ConnectionError: the server has not answered lately, and was not asked.
        """
        if self.connection:
            return False
        server = f"smtp://{self.host}:{self.port}"
        try:
            with breakers.guarded(server, "mail server", (OSError,)) as call:
                try:
                    opened = super().open()
                except smtplib.SMTPResponseException as error:  # an OSError, and yet an answer
                    if isinstance(error, smtplib.SMTPConnectError):
                        raise
                    refused = error
                else:
                    if opened is None:  # failed silently
                        call.unanswered()
                    return opened
            raise refused
        except NotAsked as error:
            if self.fail_silently:
                return None
            raise ConnectionError(str(error)) from error
