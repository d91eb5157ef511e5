"""Sends the newest head to people outside: proof that nobody who administers the machines can take back."""

from django.conf import settings
from django.core.mail import send_mail

from security.models import AuditSeal
from security.seal_keys import seal_keys
from security.selectors.seals import head_of_seal

TEXT = """This is the signed head of the trail of all changes. Keep this mail: with it anybody can prove later whether
something before it was changed.

{line}

Public keys: {keys}
"""


def head_mail_send() -> int:
    """One mail to all of ``settings.AUDIT_HEADS_MAIL_TO``; returns to how many people. Repeatable.

    It is plain mail and no message of a hotel: it belongs to no property, and must leave when their queue stands still.
    """
    newest = AuditSeal.objects.order_by("-number").first()
    people = list(settings.AUDIT_HEADS_MAIL_TO)
    if newest is None or not people:
        return 0
    keys = ", ".join(f"{name}:{key}" for name, key in seal_keys().published().items())
    text = TEXT.format(line=head_of_seal(newest).line(), keys=keys)
    send_mail(f"Trail sealed up to {newest.last_id} (seal {newest.number})", text, None, people)
    return len(people)
