"""Answers that are files."""

from typing import ClassVar

from rest_framework.renderers import JSONRenderer


class PdfRenderer(JSONRenderer):
    """Lets callers ask for a PDF. The view answers the file itself; what is rendered are refusals, as JSON."""

    media_type: ClassVar[str] = "application/pdf"
    format: ClassVar[str] = "pdf"
