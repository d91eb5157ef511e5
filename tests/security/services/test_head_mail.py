"""The newest head by mail."""

from security.domain.heads import head_of_line
from security.seal_keys import seal_keys
from security.services.head_mail import head_mail_send
from tests.security.trail import trail_made


def test_the_newest_head_goes_to_those_who_keep_it(db, monkeypatch, settings, mailoutbox):
    settings.AUDIT_HEADS_MAIL_TO = ["dpo@example.com", "auditor@example.com"]
    assert head_mail_send() == 0
    heads = trail_made(25, monkeypatch)
    assert head_mail_send() == 2
    (mail,) = mailoutbox
    assert mail.to == ["dpo@example.com", "auditor@example.com"]
    assert mail.subject == "Trail sealed up to 25 (seal 3)"
    (line,) = [line for line in mail.body.splitlines() if line.startswith("{")]
    assert head_of_line(line) == heads[-1]
    assert f"s1:{seal_keys().published()['s1']}" in mail.body


def test_nobody_to_send_to_is_no_mail(db, monkeypatch, settings, mailoutbox):
    settings.AUDIT_HEADS_MAIL_TO = []
    trail_made(5, monkeypatch)
    assert (head_mail_send(), mailoutbox) == (0, [])
