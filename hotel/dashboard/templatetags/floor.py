"""What pages of the floor draw."""

from uuid import uuid4

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag
def once(act: str, row: object = None, name: str = "task") -> SafeString:
    """The hidden fields of a form: its act, its key, and the row that it is about as it is seen, under ``name``."""
    fields = format_html(
        '<input type="hidden" name="do" value="{}"><input type="hidden" name="{}-key" value="{}">',
        act, act, uuid4(),
    )  # fmt: skip
    if row is None:
        return fields
    more = '{}<input type="hidden" name="{}-{}" value="{}"><input type="hidden" name="{}-version" value="{}">'
    return format_html(more, fields, act, name, row.pk, act, row.version)  # type: ignore[attr-defined]
