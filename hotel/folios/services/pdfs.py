"""Printing documents: issued ones once, drafts when asked for."""

import base64
import hashlib
import mimetypes
from typing import Any

from django.template.loader import render_to_string

from hotel.core.pdf import pdf_render
from hotel.folios.domain.documents import Draft, content
from hotel.folios.domain.printing import printable, printable_statement
from hotel.folios.models import Invoice, InvoicePdf
from hotel.properties.models import Property

STYLE = "folios/print.css"
COLOUR = "#374151"  # of properties without one


def invoice_pdf(*, invoice: Invoice) -> InvoicePdf:
    """The file of a document; printed when it is not there yet. Repeatable: it is stored once.

    The letterhead (logo, colour) is the property's when it is printed; all the rest is frozen in the document.

    Raises:
        PdfUnavailable: this machine cannot print.
    """
    found = InvoicePdf.objects.filter(invoice=invoice).first()
    if found is not None:
        return found
    printed = document_print(invoice.property, invoice.document)
    values = {
        "property_id": invoice.property_id,
        "content": printed,
        "content_hash": hashlib.sha256(printed).hexdigest(),
    }
    return InvoicePdf.objects.get_or_create(invoice=invoice, defaults=values)[0]


def draft_pdf(*, place: Property, draft: Draft) -> bytes:
    """The file of a document that is not issued, such as a pro forma; nothing is stored.

    Raises:
        PdfUnavailable: this machine cannot print.
    """
    return document_print(place, content(draft, ""))


def statement_pdf(*, place: Property, statement: dict[str, Any]) -> bytes:
    """The file of a debtor's statement, from ``city_statement``; nothing is stored.

    Raises:
        PdfUnavailable: this machine cannot print.
    """
    return page_print(place, "folios/statement.html", printable_statement(statement))


def document_print(place: Property, plain: dict[str, Any]) -> bytes:
    """Print frozen content with the letterhead of its property."""
    return page_print(place, "folios/document.html", printable(plain))


def page_print(place: Property, template: str, context: dict[str, Any]) -> bytes:
    """Print a page with the letterhead of its property.

    Raises:
        PdfUnavailable: this machine cannot print.
    """
    return pdf_render(render_to_string(template, {**context, "brand": brand_of(place)}), style=STYLE)


def brand_of(place: Property) -> dict[str, str]:
    """What a letterhead needs: the name as the guest knows it, the colour, and the logo as a ``data:`` URL or none."""
    return {
        "name": place.brand_name or place.name,
        "colour": place.brand_colour or COLOUR,
        "logo": _logo(place),
    }


def _logo(place: Property) -> str:
    """The logo as a ``data:`` URL; empty without one, or when its file is gone."""
    if not place.logo.name:
        return ""
    kind = mimetypes.guess_type(place.logo.name)[0] or "application/octet-stream"
    try:
        with place.logo.open("rb") as file:
            return f"data:{kind};base64,{base64.b64encode(file.read()).decode()}"
    except OSError:
        return ""
