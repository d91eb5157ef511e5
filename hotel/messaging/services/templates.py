"""Choosing and filling message templates."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction
from django.template.loader import render_to_string

from hotel.core.exceptions import RuleBroken
from hotel.core.words import _
from hotel.messaging.choices import Channel
from hotel.messaging.domain.rendering import Escape, TemplateError, render
from hotel.messaging.domain.standard_templates import STANDARD
from hotel.messaging.domain.variables import variable_names, variables
from hotel.messaging.models import MessageTemplate
from hotel.properties.models import Property

FALLBACK_LANGUAGE = "en"


class TemplateMissing(RuleBroken):
    """The property has no active template with this code for the channel."""

    code = "message_template_missing"


class MessageNotRenderable(RuleBroken):
    """A template cannot be filled; ``code`` and ``extra["variables"]`` say why."""

    code = "message_not_renderable"


@dataclass(frozen=True)
class RenderedText:
    """The words of a message: one-line subject, plain text, and a whole HTML document for e-mail."""

    subject: str
    body: str
    body_html: str


def template_choose(*, place: Property, code: str, channel: str, language: str) -> MessageTemplate:
    """The active template in the wanted language, else its base, the property's, or English.

    Raises:
        TemplateMissing: none of these.
    """
    wanted = [language, language.partition("-")[0], place.language, FALLBACK_LANGUAGE]
    found = {
        template.language: template
        for template in MessageTemplate.objects.at(place.pk).filter(
            code=code, channel=channel, language__in=wanted, is_active=True
        )
    }
    for candidate in wanted:
        if candidate in found:
            return found[candidate]
    raise TemplateMissing(
        _("There is no active %(channel)s template %(code)r in %(language)s here. Add one.")
        % {"channel": channel, "code": code, "language": language or FALLBACK_LANGUAGE},
        extra={"template_code": code, "channel": channel, "language": language},
    )


def template_render(
    *, template: MessageTemplate, place: Property, context: Mapping[str, str]
) -> RenderedText:
    """Fill a template with the caller's values and the property's own.

    Raises:
        MessageNotRenderable: ``variable_missing``, ``variable_unknown``, ``template_syntax`` or ``text_too_long``.
    """
    values = {**property_values(place), **context}
    allowed = variable_names()
    unknown = sorted(set(context) - allowed)
    try:
        if unknown:
            raise TemplateError(
                "variable_unknown",
                _("Unknown variables: %(unknown)s.") % {"unknown": ", ".join(unknown)},
                unknown,
            )
        subject = render(template.subject, values, allowed=allowed, escape=Escape.LINE)
        body = render(template.body, values, allowed=allowed, escape=Escape.TEXT)
        inner = render(template.body_html, values, allowed=allowed, escape=Escape.HTML)
    except TemplateError as error:
        raise MessageNotRenderable(
            str(error), code=error.code, extra={"variables": list(error.names), "template": str(template)}
        ) from error
    page = ""
    if template.channel == Channel.EMAIL:
        page = render_to_string(
            "email/messaging/letter.html",
            {"place": place, "language": template.language, "subject": subject, "text": body, "inner": inner},
        )
    return RenderedText(subject[:400], body, page)


def property_values(place: Property) -> dict[str, str]:
    """The values of ``property.*`` variables; times are local, ``HH:MM``."""
    return {
        "property.name": place.brand_name or place.name,
        "property.address": ", ".join(line.strip() for line in place.address.splitlines() if line.strip()),
        "property.phone": place.phone,
        "property.email": place.email,
        "property.check_in_time": place.check_in_time.strftime("%H:%M"),
        "property.check_out_time": place.check_out_time.strftime("%H:%M"),
    }


def sample_values() -> dict[str, str]:
    """A believable value for every variable, for previews."""
    return {variable.name: variable.sample for variable in variables()}


@transaction.atomic
def templates_seed(*, place: Property) -> int:
    """Add the standard templates that the property lacks; those it has are left as they are.

    Repeatable. Returns how many were added.
    """
    rows = [MessageTemplate(property=place, **values) for values in STANDARD]
    before = MessageTemplate.objects.at(place.pk).count()
    MessageTemplate.objects.bulk_create(rows, ignore_conflicts=True)
    return MessageTemplate.objects.at(place.pk).count() - before
