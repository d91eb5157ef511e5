"""What pages of the floor draw."""

from uuid import uuid4

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag
def once(act: str, task: object = None) -> SafeString:
    """The hidden fields of a form of a task: its act, its key, and the task as it is seen."""
    fields = format_html(
        '<input type="hidden" name="do" value="{}"><input type="hidden" name="{}-key" value="{}">',
        act, act, uuid4(),
    )  # fmt: skip
    if task is None:
        return fields
    more = (
        '{}<input type="hidden" name="{}-task" value="{}"><input type="hidden" name="{}-version" value="{}">'
    )
    return format_html(more, fields, act, task.pk, act, task.version)  # type: ignore[attr-defined]
