"""Files given to browsers."""

import pytest

from hotel.core.downloads import download, safe_name


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("Invoice INV-2027-1.pdf", "Invoice INV-2027-1.pdf"),
        ("../../etc/passwd", "passwd"),
        ("..\\..\\boot.ini", "boot.ini"),
        ("/etc/cron.d/x", "x"),
        ('a"; filename="b.exe', "a_ filename_b.exe"),
        ("a\r\nSet-Cookie: x=1.csv", "aSet-Cookie_ x_1.csv"),
        ("a\x00.png", "a.png"),
        ("report\u202efdp.exe", "reportfdp.exe"),
        ("Größe 客房.csv", "Größe 客房.csv"),
        ("...", "file"),
        ("", "file"),
        ("x" * 300 + ".csv", "x" * 109 + ".csv"),
    ],
)
def test_names_lose_what_could_harm(name, kept):
    assert safe_name(name) == kept


def test_a_file_is_saved_and_never_guessed():
    answer = download(b"a,b", "Gäste.csv", "text/csv")
    assert answer["Content-Disposition"] == "attachment; filename*=utf-8''G%C3%A4ste.csv"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert answer["Cache-Control"] == "private, no-store"


def test_a_document_may_be_shown():
    answer = download(b"%PDF-", 'a".pdf', "application/pdf", is_shown=True, ETag='"x"')
    assert answer["Content-Disposition"] == 'inline; filename="a_.pdf"'
    assert answer["ETag"] == '"x"'
    assert "Content-Security-Policy" not in answer
