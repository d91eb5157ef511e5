"""HTML to PDF by WeasyPrint: one style for all documents of the house, nothing fetched from anywhere.

WeasyPrint is imported when the first document is printed: it takes a second, and needs Pango, which a house without
PDF documents may lack.
"""

import atexit
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders

from hotel.core.exceptions import ExternalFailure, InvalidInput
from hotel.core.words import _

MAX_HTML = 4_000_000
FONT = "unfold/fonts/inter/Inter-{weight}.woff2"
WEIGHTS = {"Regular": 400, "SemiBold": 600}
TAGGED = {"pdf_variant": "pdf/ua-1"}


class PdfUnavailable(ExternalFailure):
    """This machine cannot print (503)."""

    status = 503
    code = "pdf_unavailable"


class PdfTooLong(InvalidInput):
    """A document with more lines than anybody prints (400)."""

    code = "pdf_too_long"


def pdf_render(html: str, *, style: str) -> bytes:
    """Print a page; see ``pdf_tagged``, which also tells readers of screens what is what."""
    return bytes(_laid_out(html, style).write_pdf())


def pdf_tagged(html: str, *, style: str) -> tuple[bytes, int]:
    """Print a page as PDF/UA-1: headings, tables and their heads are told to those who hear it read.

    Args:
        html: a whole document; images as ``data:`` URLs, anything else is not fetched.
        style: path of the style sheet below the templates; read once.

    Returns:
        The file, and how many pages it has.

    Raises:
        PdfTooLong: more than 4 million characters; setting them would keep a worker for minutes.
        PdfUnavailable: the Pango library is missing.
    """
    document = _laid_out(html, style, **TAGGED)
    return bytes(document.write_pdf(**TAGGED)), len(document.pages)


def _laid_out(html: str, style: str, **options: Any) -> Any:
    """A document in pages, not yet written."""
    if len(html) > MAX_HTML:
        raise PdfTooLong(_("This document is too long to be printed. Choose a shorter period."))
    weasyprint = _weasyprint()
    fetcher = weasyprint.urls.URLFetcher(allowed_protocols=["data"])
    css, fonts = _style(style)
    document = weasyprint.HTML(string=html, url_fetcher=fetcher)
    return document.render(stylesheets=[css], font_config=fonts, **options)


def _weasyprint() -> Any:
    try:
        import weasyprint
    except OSError as error:
        text = _(
            "PDF documents are off: the Pango library is missing on this machine; the start says how to get it."
        )
        raise PdfUnavailable(text) from error
    return weasyprint


@cache
def _style(path: str) -> tuple[Any, Any]:
    """The style sheet with the fonts, both read once for each process."""
    weasyprint = _weasyprint()
    from weasyprint.text.fonts import FontConfiguration

    fonts = FontConfiguration()
    text = (Path(settings.BASE_DIR) / "templates" / path).read_text(encoding="utf-8")
    faces = "".join(_face(weight) for weight in WEIGHTS)
    fetcher = weasyprint.urls.URLFetcher(allowed_protocols=["file"])
    return weasyprint.CSS(string=faces + text, font_config=fonts, url_fetcher=fetcher), fonts


atexit.register(_style.cache_clear)  # fonts are closed while their library is still there


def _face(weight: str) -> str:
    found = finders.find(FONT.format(weight=weight))
    url = Path(str(found)).as_uri()
    return f"@font-face {{ font-family: Inter; font-weight: {WEIGHTS[weight]}; src: url('{url}') }}\n"
