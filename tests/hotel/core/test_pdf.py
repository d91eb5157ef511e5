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


def _page(inner: str) -> str:
    return f'<!DOCTYPE html><meta charset="utf-8">{inner}<p>Hello'


ASKING = {
    "an attached file": '<link rel="attachment" href="file:///etc/passwd">',
    "an attached link": '<a rel="attachment" href="file:///etc/passwd">x</a>',
    "a style sheet": '<link rel="stylesheet" href="http://127.0.0.1:{port}/a.css">',
    "an imported style sheet": "<style>@import url(http://127.0.0.1:{port}/a.css);</style>",
    "a font": "<style>@font-face {{ font-family: X; src: url(http://127.0.0.1:{port}/x.woff) }} p {{ font-family: X }}</style>",
    "a background": "<p style=\"background: url('http://127.0.0.1:{port}/a.png')\">x",
    "a list mark": "<ul style='list-style-image: url(http://127.0.0.1:{port}/a.png)'><li>x</ul>",
    "an image": '<img src="http://127.0.0.1:{port}/a.png">',
    "an image of a file": '<img src="file:///etc/passwd">',
    "an image over FTP": '<img src="ftp://127.0.0.1:{port}/a.png">',
    "SVG that asks": '<svg xmlns="http://www.w3.org/2000/svg"><image href="http://127.0.0.1:{port}/a.png" width="9" height="9"/></svg>',
    "SVG as data that asks": "<img src=\"data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg'><image href='http://127.0.0.1:{port}/a.png' width='9' height='9'/></svg>\">",
    "SVG with an entity": "<img src=\"data:image/svg+xml,<!DOCTYPE s [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><svg xmlns='http://www.w3.org/2000/svg'><text>&x;</text></svg>\">",
    "an object": '<object data="http://127.0.0.1:{port}/a.png"></object>',
    "an embed": '<embed src="http://127.0.0.1:{port}/a.png">',
    "a base": '<base href="http://127.0.0.1:{port}/"><img src="a.png">',
}


@pytest.mark.pdf
@pytest.mark.parametrize("inner", ASKING.values(), ids=ASKING.keys())
def test_whatever_a_page_asks_for_it_gets_nothing(inner, monkeypatch):
    import socket

    opened = []
    real = builtins.open
    monkeypatch.setattr(
        builtins, "open", lambda name, *rest, **more: opened.append(str(name)) or real(name, *rest, **more)
    )
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0.01)
        printed = pdf_render(_page(inner.format(port=listener.getsockname()[1])), style=STYLE)
        with pytest.raises(TimeoutError):
            listener.accept()
    assert "/etc/passwd" not in opened
    assert b"/EmbeddedFile" not in printed


def test_a_document_without_end_is_not_printed():
    from hotel.core.pdf import PdfTooLong

    with pytest.raises(PdfTooLong):
        pdf_render("<tr><td>x</td></tr>" * 300_000, style=STYLE)
