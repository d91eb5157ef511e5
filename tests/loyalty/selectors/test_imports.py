"""What became of the lines of an import, as a table."""

from loyalty.selectors.imports import report_rows
from tests.factories.loyalty import member_import_make


def test_each_line_with_what_became_of_it(cast):
    run = member_import_make(cast.alpha, "name,points\nKim Berger,1\nAnna Moser,-1\n")
    assert list(report_rows(run)) == [
        ("line", "outcome", "member", "column", "reason"),
        (2, "waits", "", "", ""),
        (3, "refused", "", "points", "-1 is no whole number from 0 to 100,000,000."),
    ]
