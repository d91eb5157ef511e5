"""Each catalogue is of its folder's language, compiled as it is written, and loses no placeholder."""

import ast
import gettext
import re
from pathlib import Path

import pytest
from django.conf import settings

FOLDERS = sorted(folder for path in settings.LOCALE_PATHS for folder in Path(path).glob("*/LC_MESSAGES"))
STRING = re.compile(r'"(?:[^"\\\n]|\\.)*"')
# A line of a removed or commented entry begins with #, and is none.
FIELD = re.compile(rf"^(msgctxt|msgid|msgid_plural|msgstr)(?:\[(\d)\])? ((?:{STRING.pattern}\s*)+)", re.M)
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%%|\{\w*\}|</?\w+")


def written(folder):
    """(key in the compiled catalogue, msgid, msgid of the plural, translation) of all that is translated.

    Not the header, of which msgfmt leaves lines out. A fuzzy entry is among them, although none is compiled of it.
    """
    found, context, one, many = [], "", "", ""
    for field, form, quoted in FIELD.findall((folder / "django.po").read_text(encoding="utf-8")):
        text = "".join(ast.literal_eval(part) for part in STRING.findall(quoted))
        if field == "msgctxt":
            context = f"{text}\x04"
        elif field == "msgid":
            key, one, many, context = context + text, text, text, ""
        elif field == "msgid_plural":
            many = text
        elif text and one:
            found.append(((key, int(form)) if form else key, one, many, text))
    return found


def compiled(folder):
    """The language of the compiled catalogue, and its texts by key: the msgid, or (msgid, form) of a plural."""
    with (folder / "django.mo").open("rb") as file:
        catalogue = gettext.GNUTranslations(file)
    return catalogue.info()["language"], {key: text for key, text in catalogue._catalog.items() if key}


def placeholders(text):
    return sorted(PLACEHOLDER.findall(text))


def test_a_catalogue_of_german_is_there():
    assert "de" in [folder.parent.name for folder in FOLDERS]


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.parent.name)
def test_a_catalogue_translates_something_to_the_language_of_its_folder(folder):
    language, texts = compiled(folder)

    assert language == folder.parent.name
    assert texts != {}


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.parent.name)
def test_a_catalogue_is_compiled_as_it_is_written(folder):
    """Red: compile it anew with msgfmt, and take the fuzzy flags off what was looked at."""
    assert compiled(folder)[1] == {key: text for key, *_, text in written(folder)}


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.parent.name)
def test_a_translation_keeps_the_placeholders_and_tags_of_its_message(folder):
    """The first form may leave out the number, as its message does: *a second*, *%(n)s seconds*."""
    lost = [
        (one, text)
        for key, one, many, text in written(folder)
        if placeholders(text)
        not in [placeholders(many), *([placeholders(one)] if not (isinstance(key, tuple) and key[1]) else [])]
    ]
    assert lost == []
