"""Templates are chosen and filled; the standard ones are added once."""

import pytest

from hotel.messaging.models import MessageTemplate
from hotel.messaging.services.templates import (
    MessageNotRenderable,
    TemplateMissing,
    property_values,
    sample_values,
    template_choose,
    template_render,
    templates_seed,
)
from tests.factories.messaging import message_template_make


def test_own_html_is_put_into_the_letter_with_escaped_values(cast):
    template = message_template_make(cast.alpha, body_html="<h1>{{ guest.name }}</h1>")
    text = template_render(template=template, place=cast.alpha, context={"guest.name": "<script>"})
    assert "<h1>&lt;script&gt;</h1>" in text.body_html
    assert "<script>" not in text.body_html
    assert text.body == "Dear <script>"


def test_standard_templates_fill_with_samples_at_any_property(cast):
    assert templates_seed(place=cast.beta) == 36
    template = MessageTemplate.objects.get(
        property=cast.beta, code="pre_arrival", channel="sms", language="en"
    )
    template.body = "Ours, {{ property.name }}"
    template.save()
    assert templates_seed(place=cast.beta) == 0
    template.refresh_from_db()
    assert template.body == "Ours, {{ property.name }}"
    for row in MessageTemplate.objects.at(cast.beta.pk):
        assert row.text_errors() == {}
        text = template_render(template=row, place=cast.beta, context=sample_values())
        assert "{{" not in text.subject + text.body + text.body_html
        bare = {name: value for name, value in sample_values().items() if not name.startswith("property.")}
        assert "Beta" in template_render(template=row, place=cast.beta, context=bare).body


@pytest.mark.parametrize(
    ("wanted", "present", "chosen"),
    [("de-AT", ["en", "de"], "de"), ("fr", ["en", "de"], "de"), ("fr", ["en"], "en")],
    ids=["base language", "the house's language", "English"],
)
def test_the_language_falls_back(cast, wanted, present, chosen):
    for language in present:
        message_template_make(cast.alpha, language=language)
    found = template_choose(place=cast.alpha, code="welcome", channel="email", language=wanted)
    assert found.language == chosen


def test_a_property_uses_its_own_active_templates_only(cast):
    message_template_make(cast.beta)
    message_template_make(cast.alpha, is_active=False)
    with pytest.raises(TemplateMissing) as refused:
        template_choose(place=cast.alpha, code="welcome", channel="email", language="en")
    assert refused.value.extra == {"template_code": "welcome", "channel": "email", "language": "en"}


def test_a_value_that_is_no_variable_is_refused_by_name(cast):
    template = message_template_make(cast.alpha)
    with pytest.raises(MessageNotRenderable) as refused:
        template_render(
            template=template, place=cast.alpha, context={"guest.name": "Gus", "user.password": "x"}
        )
    assert (refused.value.code, refused.value.extra["variables"]) == ("variable_unknown", ["user.password"])


def test_the_property_speaks_with_its_brand_and_its_local_times(cast):
    cast.alpha.brand_name, cast.alpha.address = "Alpha Grand", "Ring 1\n1010 Wien\n"
    assert property_values(cast.alpha) == {
        "property.name": "Alpha Grand",
        "property.address": "Ring 1, 1010 Wien",
        "property.phone": "",
        "property.email": "",
        "property.check_in_time": "15:00",
        "property.check_out_time": "11:00",
    }
