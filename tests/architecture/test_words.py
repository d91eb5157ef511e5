"""Every word that people read on a page is marked for translation, and every choice has a marked label."""

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db import models
from django.utils.functional import Promise

TEMPLATES = settings.BASE_DIR / "templates"
# Letters have catalogues of their own by language; reports of compliance are of the house, in English, and say so.
OTHERS = ("email/", "messaging/", "papers/", "folios/print", "api_docs.html", "admin/")
# Names, units and signs that are the same in every language, and the names of people in examples.
NAMES = """
    ADR Auberge CTA CTD Ctrl EUR Enter Excel GDPR K PDF RevPAR SHA-256 UTC h kB min ms p50 p95 p99
    AUB-1204 14 Mar 2027 Anna Moser María José Fernández de la Torre danuta haruto helena jonas
""".split()  # noqa: SIM905  (one name a line would hide the rest)
QUIET = re.compile(
    r"{%\s*comment.*?endcomment\s*%}|{#.*?#}|{%\s*blocktrans(?:late)?\b.*?{%\s*endblocktrans(?:late)?\s*%}"
    r"|{%\s*block (?:live|here|layout|classes)\b.*?%}.*?{%\s*endblock",
    re.S,
)
TAG = re.compile(r"{%.*?%}|{{.*?}}", re.S)
MARKUP = re.compile(r"<(script|style)\b.*?</\1>|<[^>]*>", re.S)
SPOKEN = re.compile(r'(?:aria-label|title|placeholder|alt)="([^"]*)"')
PASSED = re.compile(r'\b(?:hint|empty|title|words|label|text|caption)="([^"]*[A-Za-z][^"]*)"')


def unmarked(source):
    """Texts of a template that no catalogue can translate."""
    source = QUIET.sub(" ", source)
    bare = TAG.sub(" ", source)
    passed = PASSED.findall(" ".join(re.findall(r"{%\s*(?:include|with)\b.*?%}", source)))
    texts = [*MARKUP.sub("\n", bare).split("\n"), *SPOKEN.findall(bare), *passed]
    return [text for text in map(str.strip, texts) if _has_words(text)]


def _has_words(text):
    words = re.sub(r"&\w+;", " ", text).replace(":", " ").split()
    return any(re.search("[A-Za-z]{2}", word) and word.strip("·,.()") not in NAMES for word in words)


PAGES = [
    path
    for path in sorted(TEMPLATES.rglob("*.html"))
    if not str(path.relative_to(TEMPLATES)).startswith(OTHERS) and not path.name.endswith("_pdf.html")
]


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(TEMPLATES)))
def test_a_page_has_no_word_that_cannot_be_translated(path):
    assert unmarked(path.read_text(encoding="utf-8")) == []


def test_what_is_not_marked_is_found():
    source = """
        {% trans "Marked" %} {% blocktrans %}too{% endblocktrans %} {# not said #}
        <p title="Said by nobody">Bare {{ word }}</p> {% include "x.html" with hint="Passed on" id="quiet" %} ADR · 14 PDF
    """
    assert unmarked(source) == ["Bare", "Said by nobody", "Passed on"]


def test_every_choice_of_a_column_can_be_translated():
    """An own choice, not one of a library: its label is lazy, so that each reader has his own."""
    bare = {
        f"{model._meta.label}.{field.name}: {label}"
        for model in apps.get_models()
        if model.__module__.startswith(("hotel.", "loyalty.", "security."))
        for field in model._meta.local_fields
        for _value, label in _flat(field)
        if not isinstance(label, Promise)
    }
    assert bare == set()


def _flat(field: models.Field):
    return [pair for pair in field.choices or [] if pair[0] not in ("", None)]


def test_a_language_that_is_offered_has_a_catalogue():
    folder = Path(settings.LOCALE_PATHS[0])
    assert {code for code, _name in settings.LANGUAGES} - {"en"} <= {path.name for path in folder.iterdir()}
