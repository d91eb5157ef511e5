"""Which templates can be stored."""

import pytest
from django.core.exceptions import ValidationError

from hotel.messaging.models import MessageTemplate


def template(**over):
    values = {"code": "x", "channel": "email", "language": "en", "subject": "Hello", "body": "Text", **over}
    return MessageTemplate(**values)


@pytest.mark.parametrize(
    ("over", "field", "text"),
    [
        ({"subject": " "}, "subject", "An e-mail needs a subject."),
        ({"body": " \n"}, "body", "Write a text; e-mail programs without HTML show it."),
        ({"channel": "sms", "body_html": "<p>"}, "body_html", "Only e-mail has HTML."),
        ({"body": "x" * 20_001}, "body", "Keep the text under 20000 characters."),
        ({"body_html": "{{ a.b }}"}, "body_html", "Unknown variables: a.b."),
    ],
)
def test_what_could_not_be_sent_is_refused(over, field, text):
    assert template(**over).text_errors() == {field: text}
    with pytest.raises(ValidationError):
        template(**over).clean()


@pytest.mark.parametrize(
    "over", [{}, {"channel": "sms", "subject": ""}, {"body_html": "<p>{{ guest.name }}</p>"}]
)
def test_good_templates_pass(over):
    template(**over).clean()
