"""Every module that makes or gives out a file asks whether exports are frozen, or carries no personal data in bulk."""

import re

from tests.architecture.survey import ROOT, modules, product, shown

MAKES = re.compile(
    r"\b(csv_bytes|csv_write|xlsx_bytes|workbook_bytes|pdf_render|pdf_tagged|sheets_bytes|FileResponse|download)\("
)
ASKS = {
    "security/api/trail_views.py",
    "security/services/bundles.py",
    "security/services/trail_jobs.py",
}
ASKED_BEFORE = {
    "hotel/dashboard/views/papers.py": "gives out what paper_give allowed",
    "hotel/papers/services/printing.py": "prints what hotel/papers/services/papers.py asked for",
    "hotel/papers/services/workbooks.py": "writes what hotel/papers/services/papers.py asked for",
    "security/selectors/bundles.py": "turns a bundle that security/services/bundles.py gives out into another format",
    "security/views/privacy_file.py": "gives out what bundle_hand_out allowed",
}
NOT_BULK = {
    "hotel/core/downloads.py": "defines it",
    "hotel/core/exports.py": "defines it",
    "hotel/core/pdf.py": "defines it",
    "hotel/dashboard/views/promo_sheet.py": "codes that a hotel gives out, and nobody's data",
    "hotel/dashboard/views/room_sheet.py": "rooms, and nobody's data",
    "hotel/folios/api/views/invoices.py": "one document of one guest, who gets it at the desk",
    "hotel/folios/services/pdfs.py": "one document of one guest, who gets it at the desk",
    "hotel/properties/management/commands/dataset.py": "sums of days and kinds, at a shell",
    "hotel/rates/services/promo_sheet.py": "codes that a hotel gives out, and nobody's data",
    "hotel/rooms/services/room_sheet.py": "rooms, and nobody's data",
    "hotel/reservations/management/commands/import_reservations.py": "lines of a file that was brought in, at a shell",
    "loyalty/api/imports.py": "lines of a file that was brought in, without names",
    "loyalty/management/commands/import_members.py": "lines of a file that was brought in, at a shell",
    "loyalty/api/statements.py": "one account of one member, who gets it at the desk",
    "security/api/breach_views.py": "the register of breaches names nobody",
    "security/api/compliance_views.py": "checks and their evidence",
    "security/services/breach_files.py": "the register of breaches names nobody",
    "security/services/compliance_files.py": "checks and their evidence",
    "security/services/record_files.py": "kinds of data, not data",
    "security/views/breaches.py": "the register of breaches names nobody",
    "security/views/compliance.py": "checks and their evidence",
    "security/views/privacy_record.py": "kinds of data, not data",
}


def test_each_door_through_which_files_leave_is_known():
    found = {shown(path) for path in modules(*product()) if MAKES.search(path.read_text(encoding="utf-8"))}
    assert found == ASKS | ASKED_BEFORE.keys() | NOT_BULK.keys()


def test_those_that_must_ask_do():
    for name in {*ASKS, "hotel/papers/services/papers.py"}:
        assert re.search(r"require_exports?\(", (ROOT / name).read_text(encoding="utf-8")), name
