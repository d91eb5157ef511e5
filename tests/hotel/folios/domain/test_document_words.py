"""The words of documents."""

import pytest

from hotel.folios.domain.codes import STANDARD
from hotel.folios.domain.document_words import LANGUAGES, code_text, language_chosen, words


def test_each_language_has_every_word():
    tables = [words(language) for language in LANGUAGES]
    assert all(table.keys() == tables[0].keys() for table in tables)
    assert all(text.strip() for table in tables for text in table.values())
    assert (tables[0]["invoice"], tables[1]["invoice"], tables[2]["invoice"]) == (
        "Invoice",
        "Rechnung",
        "Factura",
    )


def test_every_standard_code_has_a_text_in_each_language():
    assert [
        seed.code for seed in STANDARD for language in LANGUAGES if not code_text(seed.code, language)
    ] == []
    assert code_text("room_rebate", "de") == "Zimmer, Nachlass"
    assert code_text("MINIBAR", "de") == ""


@pytest.mark.parametrize(
    ("wanted", "chosen"),
    [(("de-AT", "es"), "de"), (("", "es"), "es"), (("fr", "de"), "de"), (("fr", ""), "en"), ((), "en")],
)
def test_the_first_language_that_is_printed_is_taken(wanted, chosen):
    assert language_chosen(*wanted) == chosen
