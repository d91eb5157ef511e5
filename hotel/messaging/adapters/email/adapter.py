"""E-mail by Django's mail connection: real SMTP where EMAIL_URL names a server."""

import re
import smtplib
from email.utils import formataddr, parseaddr

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection

from hotel.messaging.adapters.base import Parcel, PermanentFailure, TemporaryFailure

_ENHANCED = re.compile(r"\b([245]\.\d{1,3}\.\d{1,3})\b")
_NO_SUCH_MAILBOX = {550, 551, 553}


class EmailAdapter:
    """Sends one letter per connection; the Message-ID is the message's reference, also when it is repeated."""

    def send(self, parcel: Parcel) -> str:
        """See Adapter. Returns the Message-ID."""
        letter = self.letter(parcel)
        try:
            with get_connection(fail_silently=False) as connection:
                connection.send_messages([letter])
        except smtplib.SMTPRecipientsRefused as error:
            code, answer = next(iter(error.recipients.values()))
            raise _failure(code, answer, at_recipient=True) from error
        except smtplib.SMTPAuthenticationError as error:
            raise TemporaryFailure(
                str(error.smtp_code), f"The mail server refuses our log-in: {_text(error.smtp_error)}"
            ) from error
        except smtplib.SMTPResponseException as error:
            raise _failure(error.smtp_code, error.smtp_error) from error
        except (smtplib.SMTPException, OSError) as error:
            raise TemporaryFailure("unreachable", f"{type(error).__name__}: {error}") from error
        except ValueError as error:
            raise PermanentFailure("unsendable", f"{type(error).__name__}: {error}") from error
        return letter.extra_headers["Message-ID"]

    def letter(self, parcel: Parcel) -> EmailMultiAlternatives:
        """The mail as Django sends it."""
        address = parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
        letter = EmailMultiAlternatives(
            subject=parcel.subject,
            body=parcel.body,
            from_email=formataddr((parcel.sender_name, address)),
            to=[formataddr((parcel.recipient_name, parcel.address))],
            reply_to=[parcel.reply_to] if parcel.reply_to else None,
            headers={
                "Message-ID": f"<{parcel.reference}@{address.rpartition('@')[2]}>",
                "Content-Language": parcel.language,
                "Auto-Submitted": "auto-generated",
            },
        )
        if parcel.body_html:
            letter.attach_alternative(parcel.body_html, "text/html")
        for name, media_type, content in parcel.files:
            letter.attach(name, content, media_type)
        return letter


def _failure(code: int, answer: bytes | str, *, at_recipient: bool = False) -> Exception:
    """Judge an SMTP answer: 5xx will not change; 5.1.x, or a bare 550 to RCPT, means the mailbox is not there."""
    text = _text(answer)
    if not 500 <= code < 600:
        return TemporaryFailure(str(code), text)
    enhanced = _ENHANCED.search(text)
    is_bounce = enhanced[1].startswith("5.1.") if enhanced else at_recipient and code in _NO_SUCH_MAILBOX
    return PermanentFailure(str(code), text, is_bounce=is_bounce)


def _text(answer: bytes | str) -> str:
    return answer.decode(errors="replace") if isinstance(answer, bytes) else str(answer)
