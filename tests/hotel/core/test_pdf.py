"""Printing HTML."""

import builtins

import pytest

from hotel.core.pdf import PdfUnavailable, pdf_render

STYLE = "folios/print.css"


@pytest.mark.pdf
def test_a_page_is_printed():
    assert pdf_render("<!DOCTYPE html><p>Hello", style=STYLE)[:5] == b"%PDF-"


@pytest.mark.pdf
def test_nothing_is_fetched(monkeypatch):
    opened = []
    real = builtins.open
    monkeypatch.setattr(
        builtins, "open", lambda name, *rest, **more: opened.append(str(name)) or real(name, *rest, **more)
    )
    page = '<!DOCTYPE html><img src="file:///etc/hostname"><img src="http://127.0.0.1:9/x.png">'
    assert pdf_render(page, style=STYLE)[:5] == b"%PDF-"
    assert "/etc/hostname" not in opened


def test_without_pango_the_refusal_says_what_is_missing(monkeypatch):
    real = builtins.__import__

    def without(name, *rest, **more):
        if name == "weasyprint":
            raise OSError("cannot load library 'libpango-1.0-0'")
        return real(name, *rest, **more)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(PdfUnavailable) as refused:
        pdf_render("<p>Hello", style=STYLE)
    assert (refused.value.status, refused.value.code) == (503, "pdf_unavailable")
    assert "Pango" in refused.value.message
