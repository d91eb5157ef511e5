"""The substituter of message templates: ``{{ guest.first_name }}`` or ``{{ guest.first_name | guest }}``.

It is no template language: a placeholder names one entry of a flat mapping, the text after ``|`` stands in when
the value is missing or empty, and values are inserted in one pass, so a value is never read as a template.
Linear in the length of the template.

Source: security reference §4.11 and D13.
"""

import html
import re
from collections.abc import Collection, Mapping
from enum import Enum

from hotel.core.words import _
from hotel.messaging.domain.variables import NAME

MAX_TEMPLATE_LENGTH = 20_000
MAX_VALUE_LENGTH = 2_000
MAX_RESULT_LENGTH = 100_000

_PLACEHOLDER = re.compile(
    r"\{\{ {0,8}(?P<name>[a-z0-9_.]{1,200}) {0,8}(?:\|(?P<fallback>[^{}|\n]{0,200}))?\}\}"
)
_LEFT_OVER = re.compile(r"\{\{|\}\}|\{%|%\}|\{#|#\}")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]")
_LINE_BREAK = re.compile(r"[\r\n\u0085\u2028\u2029\t]+")


class Escape(Enum):
    """How values are made safe for the place they are put in."""

    TEXT = "text"
    HTML = "html"
    LINE = "line"


class TemplateError(ValueError):
    """A template that cannot be understood or filled.

    Attributes:
        code: ``template_syntax``, ``variable_unknown``, ``variable_missing`` or ``text_too_long``.
        names: the variables it is about, sorted; empty for syntax and length.
    """

    def __init__(self, code: str, message: str, names: Collection[str] = ()) -> None:
        super().__init__(message)
        self.code = code
        self.names = tuple(sorted(names))


def names_in(template: str) -> dict[str, bool]:
    """The variables a template uses.

    Returns:
        Name to whether every placeholder of it has a fallback.

    Raises:
        TemplateError: ``template_syntax`` or ``text_too_long``.
    """
    if len(template) > MAX_TEMPLATE_LENGTH:
        raise TemplateError(
            "text_too_long",
            _("Keep the text under %(max_template_length)s characters.")
            % {"max_template_length": MAX_TEMPLATE_LENGTH},
        )
    found: dict[str, bool] = {}
    for match in _PLACEHOLDER.finditer(template):
        found[match["name"]] = found.get(match["name"], True) and match["fallback"] is not None
    malformed = sorted(name for name in found if not NAME.fullmatch(name))
    rest = _PLACEHOLDER.sub("", template)
    left_over = _LEFT_OVER.search(rest)
    if malformed or left_over:
        shown = malformed[0] if malformed else rest[left_over.start() if left_over else 0 :][:40]
        raise TemplateError(
            "template_syntax",
            _("Not understood: %(shown)r. Write {{ guest.first_name }} or {{ guest.first_name | guest }}.")
            % {"shown": shown},
        )
    return found


def check(template: str, allowed: Collection[str]) -> None:
    """Accept a template or say what is wrong with it.

    Raises:
        TemplateError: bad syntax, too long, or variables outside ``allowed`` (each is named).
    """
    unknown = sorted(set(names_in(template)) - set(allowed))
    if unknown:
        raise TemplateError(
            "variable_unknown",
            _("Unknown variables: %(unknown)s.") % {"unknown": ", ".join(unknown)},
            unknown,
        )


def render(template: str, values: Mapping[str, str], *, allowed: Collection[str], escape: Escape) -> str:
    """Fill a template.

    Args:
        template: text with placeholders.
        values: flat mapping of dotted names to text; more than the template uses is fine.
        allowed: the whitelist.
        escape: TEXT keeps line breaks, HTML escapes values (the template itself may hold markup), LINE also
            folds everything into one line (subjects: no header can be smuggled in).

    Returns:
        The filled text, at most ``MAX_RESULT_LENGTH`` characters; control characters in values are removed.

    Raises:
        TemplateError: as ``check``; ``variable_missing`` when a value is absent and has no fallback.
    """
    check(template, allowed)
    used = names_in(template)
    missing = sorted(name for name, has_fallback in used.items() if not has_fallback and name not in values)
    if missing:
        raise TemplateError(
            "variable_missing", _("No value for: %(missing)s.") % {"missing": ", ".join(missing)}, missing
        )

    def value_of(match: re.Match[str]) -> str:
        return _safe(values.get(match["name"], "") or (match["fallback"] or "").strip(), escape)

    result = _PLACEHOLDER.sub(value_of, template)
    if len(result) > MAX_RESULT_LENGTH:
        raise TemplateError(
            "text_too_long",
            _("The filled text is longer than %(max_result_length)s characters.")
            % {"max_result_length": MAX_RESULT_LENGTH},
        )
    return _LINE_BREAK.sub(" ", result).strip() if escape is Escape.LINE else result


def _safe(value: str, escape: Escape) -> str:
    """One value, cut, without control characters, escaped for its place."""
    value = _CONTROL.sub("", value.replace("\r\n", "\n")[:MAX_VALUE_LENGTH])
    return html.escape(value) if escape is Escape.HTML else value
