"""The substituter: exact results, hostile templates, laws."""

import html
import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from hotel.messaging.domain.rendering import (
    MAX_RESULT_LENGTH,
    MAX_TEMPLATE_LENGTH,
    MAX_VALUE_LENGTH,
    Escape,
    TemplateError,
    check,
    names_in,
    render,
)

ALLOWED = {"guest.first_name", "guest.last_name", "property.name"}
VALUES = {"guest.first_name": "Gus", "guest.last_name": "Grandet", "property.name": "Alpha"}
CANARY = "canary-8c1f"


def filled(template, values=VALUES, escape=Escape.TEXT):
    return render(template, values, allowed=ALLOWED, escape=escape)


@pytest.mark.parametrize(
    ("template", "result"),
    [
        ("", ""),
        ("no variable", "no variable"),
        ("Dear {{ guest.first_name }} {{guest.last_name}},", "Dear Gus Grandet,"),
        ("{{ guest.first_name }}{{ guest.first_name }}", "GusGus"),
        ("{{ guest.first_name | friend }}", "Gus"),
        ("a { b } c {x} % #", "a { b } c {x} % #"),
    ],
)
def test_values_are_put_in(template, result):
    assert filled(template) == result


@pytest.mark.parametrize(
    ("template", "result"),
    [
        ("Dear {{ guest.first_name | friend }},", "Dear friend,"),
        ("Dear {{ guest.first_name|dear friend }},", "Dear dear friend,"),
        ("Tel. {{ guest.first_name | }}.", "Tel. ."),
    ],
)
@pytest.mark.parametrize("values", [{}, {"guest.first_name": ""}])
def test_a_fallback_stands_in_for_a_missing_or_empty_value(template, result, values):
    assert filled(template, values) == result


def test_a_missing_value_without_fallback_is_named():
    with pytest.raises(TemplateError) as caught:
        filled("{{ guest.first_name }} {{ guest.last_name }} {{ property.name | x }}", {})
    assert (caught.value.code, caught.value.names) == (
        "variable_missing",
        ("guest.first_name", "guest.last_name"),
    )


def test_a_name_needs_a_value_when_one_of_its_places_has_no_fallback():
    assert names_in("{{ guest.first_name | x }} {{ guest.first_name }}") == {"guest.first_name": False}
    assert names_in("{{ guest.first_name | x }} {{ guest.first_name | y }}") == {"guest.first_name": True}


def test_an_empty_value_without_fallback_is_a_value():
    assert filled("[{{ guest.first_name }}]", {"guest.first_name": ""}) == "[]"


@pytest.mark.parametrize("name", ["guest.password", "user.email", "guest.first_name.upper", "guest"])
def test_an_unknown_variable_is_named(name):
    with pytest.raises(TemplateError) as caught:
        check(f"Hello {{{{ {name} }}}}", ALLOWED)
    assert (caught.value.code, caught.value.names) == ("variable_unknown", (name,))


HOSTILE = [
    "{{ guest.__class__ }}",
    "{{ guest.first_name.__class__.__mro__ }}",
    "{{ ''.__class__ }}",
    "{{ guest['first_name'] }}",
    "{{ guest.first_name() }}",
    "{{ guest.first_name | default:'x' | safe }}",
    "{{ 7*7 }}",
    "{{ settings.SECRET_KEY }}",
    "{{ request.user.password }}",
    "{% debug %}",
    "{% include 'email/messaging/letter.html' %}",
    "{% for x in y %}{% endfor %}",
    "{# comment #}",
    "{{{{ guest.first_name }}}}",
    "{{ {{ guest.first_name }} }}",
    "{{ guest.first_name",
    "guest.first_name }}",
    "{{}}",
    "{{ }}",
    "{{ .guest }}",
    "{{ guest. }}",
    "{{ guest..name }}",
    "{{ GUEST.FIRST_NAME }}",
    "{{\nguest.first_name\n}}",
    "{{ guest.first_name | a{b }}",
    "{{ gue\u200bst.first_name }}",
    "{{ ɡuest.first_name }}",
    "${guest.first_name} {{ self._TemplateReference__context }}",
]


@pytest.mark.parametrize("template", HOSTILE)
def test_injection_is_refused_as_a_whole(template):
    with pytest.raises(TemplateError) as caught:
        filled(template, {**VALUES, "settings.SECRET_KEY": CANARY, "request.user.password": CANARY})
    assert caught.value.code in {"template_syntax", "variable_unknown"}


def test_a_value_is_never_read_as_a_template():
    values = {"guest.first_name": "{{ guest.last_name }} {% debug %}", "guest.last_name": CANARY}
    assert filled("Dear {{ guest.first_name }}", values) == "Dear {{ guest.last_name }} {% debug %}"


def test_html_values_are_escaped_and_the_markup_stays():
    values = {"guest.first_name": "<script>alert('x')</script>&"}
    assert filled("<b>{{ guest.first_name }}</b>", values, Escape.HTML) == (
        "<b>&lt;script&gt;alert(&#x27;x&#x27;)&lt;/script&gt;&amp;</b>"
    )
    assert filled("{{ guest.last_name | <i>you</i> }}", {}, Escape.HTML) == "&lt;i&gt;you&lt;/i&gt;"


def test_a_subject_stays_one_line():
    values = {"guest.first_name": "Gus\r\nBcc: all@example.com\u2028x"}
    assert filled("Hello\n{{ guest.first_name }} ", values, Escape.LINE) == "Hello Gus Bcc: all@example.com x"


def test_control_and_direction_signs_are_removed():
    assert filled("{{ guest.first_name }}", {"guest.first_name": "G\x00u\x1b[1ms\u202e\nx"}) == "Gu[1ms\nx"


def test_lengths_are_limited():
    with pytest.raises(TemplateError) as caught:
        names_in("x" * (MAX_TEMPLATE_LENGTH + 1))
    assert caught.value.code == "text_too_long"
    values = {"guest.first_name": "x" * (MAX_VALUE_LENGTH + 500)}
    assert len(filled("{{ guest.first_name }}", values)) == MAX_VALUE_LENGTH
    with pytest.raises(TemplateError) as caught:
        filled("{{guest.first_name}}" * (MAX_RESULT_LENGTH // MAX_VALUE_LENGTH + 1), values)
    assert caught.value.code == "text_too_long"


@given(st.text(max_size=200), st.text(max_size=60))
@example("{{ guest.first_name }}", "{{ guest.last_name }}")
@example("{{ guest.first_name | {{ }}", "")
def test_any_text_renders_or_is_refused_and_leaks_nothing(template, value):
    values = {"guest.first_name": value, "secret.word": CANARY}
    assert CANARY not in outcome(template, values)


def outcome(template, values):
    """The filled text, or the code of the refusal."""
    try:
        return filled(template, values)
    except TemplateError as error:
        return {"template_syntax": "", "variable_unknown": "", "variable_missing": ""}[error.code]


@given(
    st.lists(
        st.one_of(
            st.sampled_from([f"{{{{ {name} }}}}" for name in sorted(ALLOWED)]),
            st.text(alphabet="abc <>&\n", max_size=8),
        ),
        max_size=12,
    )
)
def test_parts_are_rendered_independently(parts):
    assert filled("".join(parts)) == "".join(filled(part) for part in parts)


@given(st.text(max_size=200))
def test_html_values_can_always_be_read_back_and_hold_no_markup(value):
    result = filled("{{ guest.first_name }}", {"guest.first_name": value}, Escape.HTML)
    assert not set("<>\"'") & set(result)
    assert html.unescape(result) == filled("{{ guest.first_name }}", {"guest.first_name": value})


@pytest.mark.parametrize("piece", ["{{ ", "{{ a", "{{ guest.first_name |", "{{" + " " * 50, "{{ a.b.c.d"])
def test_no_template_keeps_it_busy(piece):
    began = time.thread_time()
    with pytest.raises(TemplateError):
        filled((piece * MAX_TEMPLATE_LENGTH)[:MAX_TEMPLATE_LENGTH])
    assert time.thread_time() - began < 60
