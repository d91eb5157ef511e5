"""Message templates per property, channel and language."""

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models

from hotel.messaging.choices import Channel
from hotel.messaging.domain.rendering import TemplateError, check
from hotel.messaging.domain.variables import variable_names
from hotel.properties.scoping import PropertyScopedModel

CODE = RegexValidator(r"^[a-z][a-z0-9_]{1,59}$", "Use lower-case letters, digits and _, such as pre_arrival.")
LANGUAGE = RegexValidator(r"^[a-z]{2,3}(-[A-Z]{2})?$", "Use a language such as de or de-AT.")


class MessageTemplate(PropertyScopedModel):
    """The words of one message in one language on one channel.

    Placeholders are ``{{ guest.first_name }}`` or, with words for an empty value, ``{{ guest.first_name | guest }}``;
    only the names of ``hotel.messaging.domain.variables`` exist.
    """

    code = models.CharField(
        max_length=60, validators=[CODE], help_text="What it is for, such as pre_arrival."
    )
    channel = models.CharField(max_length=8, choices=Channel.choices)
    language = models.CharField(max_length=8, validators=[LANGUAGE])
    subject = models.CharField(max_length=200, blank=True, help_text="E-mail and push only.")
    body = models.TextField(help_text="Plain text; an empty line parts paragraphs.")
    body_html = models.TextField(
        blank=True, help_text="E-mail only: the letter's inner HTML. Empty: made from the plain text."
    )
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering = ["property_id", "code", "channel", "language"]
        constraints = [
            models.UniqueConstraint(
                fields=["property", "code", "channel", "language"], name="message_template_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.code} ({self.channel}, {self.language})"

    def clean(self) -> None:
        """Refuse text that could not be filled later; unknown variables are named."""
        errors = self.text_errors()
        if errors:
            raise ValidationError(errors)

    def text_errors(self) -> dict[str, str]:
        """Field name to what is wrong with its text; empty when the template can be used."""
        errors = {}
        for field in ("subject", "body", "body_html"):
            try:
                check(getattr(self, field), variable_names())
            except TemplateError as error:
                errors[field] = str(error)
        if self.channel == Channel.EMAIL and not self.subject.strip():
            errors.setdefault("subject", "An e-mail needs a subject.")
        if self.channel != Channel.EMAIL and self.body_html:
            errors.setdefault("body_html", "Only e-mail has HTML.")
        if not self.body.strip():
            errors.setdefault("body", "Write a text; e-mail programs without HTML show it.")
        return errors
