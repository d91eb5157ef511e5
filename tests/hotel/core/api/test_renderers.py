"""A caller who asks for a file gets refusals as JSON."""

import json

from hotel.core.api.renderers import PdfRenderer


def test_a_refusal_to_a_caller_who_wants_a_pdf_is_json():
    refusal = {"code": "not_found", "status": 404}

    rendered = PdfRenderer().render(refusal)

    assert json.loads(rendered) == refusal
    assert (PdfRenderer.media_type, PdfRenderer.format) == ("application/pdf", "pdf")
